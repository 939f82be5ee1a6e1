"""Facts about who may do what."""

import pytest

from casework.errors import NotAllowed
from casework.roles import MATRIX, Act, Actor, Role, may, require

CUSTOMER_ACTS = {Act.ANSWER, Act.DOWNLOAD_BUILD, Act.WITHDRAW, Act.JOIN_PANEL}
CASE_ACTS = {Act.WORK_CASE, Act.INSPECT_STUDY}


def someone(role: Role) -> Actor:
    return Actor(role=role, name="Somebody")


def test_a_customer_answers_downloads_withdraws_and_joins_the_panel_and_does_nothing_else() -> None:
    assert {act for act in Act if may(someone(Role.CUSTOMER), act)} == CUSTOMER_ACTS


@pytest.mark.parametrize("role", [Role.STUDENT, Role.INSTRUCTOR])
def test_who_works_the_case_looks_at_a_study_and_changes_none(role: Role) -> None:
    assert {act for act in Act if may(someone(role), act)} == CASE_ACTS


def test_an_owner_runs_the_whole_study_but_never_answers_in_a_customers_place() -> None:
    refused = {act for act in Act if not may(someone(Role.OWNER), act)}
    assert refused == CUSTOMER_ACTS | {Act.WORK_CASE}


def test_every_role_has_a_row_and_every_act_belongs_to_somebody() -> None:
    assert set(MATRIX) == set(Role)
    assert frozenset().union(*MATRIX.values()) == set(Act)


def test_a_refusal_names_the_act_and_the_role_it_takes() -> None:
    with pytest.raises(NotAllowed, match=r"read verdict.*role owner; you are here as customer"):
        require(someone(Role.CUSTOMER), Act.READ_VERDICT)


def test_what_is_allowed_passes_in_silence() -> None:
    require(someone(Role.STUDENT), Act.INSPECT_STUDY)
