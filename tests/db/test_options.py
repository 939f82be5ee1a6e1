"""The ways out that an owner writes down."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from casework.errors import NotAllowed
from casework.options import LaunchOption, OptionKind
from casework.roles import Actor, Role
from db import audit, options
from tests.betas import NOW, OWNER, a_study


def option(kind: OptionKind, cost: int | None = None) -> LaunchOption:
    return LaunchOption(
        kind=kind, owner="Olive", due_on=date(2026, 11, 1), cost=cost, entered_at=NOW
    )


def test_the_latest_of_each_kind_is_in_force_and_other_studies_keep_their_own(
    session: Session,
) -> None:
    study, other = a_study(session), a_study(session, "other")
    options.enter(session, OWNER, study, option(OptionKind.SHIP, 1), now=NOW)
    options.enter(session, OWNER, study, option(OptionKind.STAGE), now=NOW)
    later = NOW + timedelta(hours=1)
    options.enter(session, OWNER, study, option(OptionKind.SHIP, 2), now=later)
    options.enter(session, OWNER, other, option(OptionKind.POSTPONE), now=NOW)
    found = options.of_study(session, study.id)
    assert {kind: row.cost for kind, row in found.items()} == {
        OptionKind.SHIP: 2,
        OptionKind.STAGE: None,
    }
    assert found[OptionKind.SHIP].entered_at == later
    assert len(audit.of_study(session, study.id or 0)) == 3


def test_only_an_owner_enters_one(session: Session) -> None:
    study = a_study(session)
    with pytest.raises(NotAllowed):
        options.enter(
            session,
            Actor(role=Role.STUDENT, name="Sam"),
            study,
            option(OptionKind.SHIP),
            now=NOW,
        )
    assert options.of_study(session, study.id) == {}


def test_a_way_out_is_called_as_people_say_it() -> None:
    assert [kind.label for kind in OptionKind] == ["Ship", "Stage", "Fix and retest", "Postpone"]
