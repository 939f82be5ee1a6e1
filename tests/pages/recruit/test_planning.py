"""Planning an activity on the recruiting page."""

from datetime import timedelta

import pytest

from casework.funnel import ActivityKind
from casework.roles import Role
from db import activities
from db.clock import now
from db.engine import reading, transaction
from tests.betas import OWNER
from tests.conftest import Page
from tests.pages.recruit.stage import PAGE, planned, press, said
from tests.pages.test_study import a_study
from tests.recruits import drafted_activity


def test_without_activities_the_form_to_plan_one_is_open(page: Page) -> None:
    a_study()
    shown = page(Role.OWNER, PAGE)
    assert not shown.exception
    assert [one.label for one in shown.expander if one.proto.expanded] == ["Plan an activity"]
    assert "Plan it" in [one.label for one in shown.button]


def test_a_planned_focus_group_is_chosen_at_once(page: Page) -> None:
    a_study()
    shown = page(Role.OWNER, PAGE)
    next(one for one in shown.text_input if one.label == "Name").input("Evening group")
    press(shown, "Plan it")
    assert not shown.exception
    assert [one.value for one in shown.header] == ["Evening group"]


@pytest.mark.parametrize(
    ("name", "seats", "says"),
    [("", 8, "Give the activity a name"), ("Group", 11, "5 to 10 seats; 11 is outside")],
)
def test_a_plan_that_cannot_be_says_what_to_mend_and_keeps_what_was_typed(
    page: Page, name: str, seats: int, says: str
) -> None:
    study = a_study()
    shown = page(Role.OWNER, PAGE)
    next(one for one in shown.text_input if one.label == "Name").input(name)
    next(one for one in shown.number_input if one.label == "Seats").set_value(seats)
    press(shown, "Plan it")
    assert says in said(shown.error)
    assert next(one for one in shown.number_input if one.label == "Seats").value == seats
    with reading() as session:
        assert activities.of_study(session, study) == []


def test_an_activity_that_ends_too_late_warns_whenever_the_page_is_seen(page: Page) -> None:
    planned(a_study(), days=80)
    shown = page(Role.OWNER, PAGE)
    assert "its answers would come too late" in said(shown.warning)
    assert "its answers would come too late" in said(shown.run().warning)


def test_what_people_are_called_is_shown_as_text(page: Page) -> None:
    study = a_study()
    with transaction() as session:
        draft = drafted_activity(
            ActivityKind.BETA, now(), now() + timedelta(days=3), name="# **Beta** <b>"
        )
        activities.open_activity(session, OWNER, study, draft, now=now())
    shown = page(Role.OWNER, PAGE)
    assert shown.header[0].value == r"\# \*\*Beta\*\* &lt;b&gt;"


def test_a_student_has_no_recruiting_page(page: Page) -> None:
    with pytest.raises(ValueError, match="owner/recruit"):
        page(Role.STUDENT, PAGE)
