"""Facts are picked up, two activities planned, and every change is kept at once."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from casework.case.exercise import Exercise, Method
from casework.case.story import NOT_IN_THE_CASE, STORY
from casework.roles import Role
from tests.casework.case.samples import BETA, GROUP, WHOLE
from tests.conftest import Page
from tests.pages.student.desk import keep, stored


def words(shown: AppTest) -> str:
    return "\n".join(each.value for each in [*shown.markdown, *shown.caption, *shown.info])


def test_the_story_is_told_whole_with_what_the_case_leaves_out(page: Page) -> None:
    shown = page(Role.STUDENT, "student/read_case.py")
    assert not shown.exception
    assert all(paragraph.text in words(shown) for paragraph in STORY)
    assert all(each in words(shown) for each in NOT_IN_THE_CASE)


def test_a_picked_fact_is_collected_and_kept(page: Page) -> None:
    shown = page(Role.STUDENT, "student/read_case.py")
    shown.pills(key="chips-paragraph-1").set_value(["F5"]).run()
    shown.pills(key="chips-paragraph-4").set_value(["F12", "F11"]).run()
    assert stored().facts == ("F5", "F12", "F11")
    assert "Your facts (3)" in [each.value for each in shown.subheader]
    shown.pills(key="chips-paragraph-4").set_value(["F12"]).run()
    assert stored().facts == ("F5", "F12")


def test_choosing_a_method_begins_an_activity_and_its_fields_are_kept_one_by_one(
    page: Page,
) -> None:
    shown = page(Role.STUDENT, "student/plan_activities.py")
    shown.button_group(key="activity-0-method").set_value(Method.OTHER).run()
    shown.text_input(key="activity-0-own_name").input("A letter to Santa").run()
    shown.number_input(key="activity-0-how_many").set_value(40).run()
    shown.number_input(key="activity-0-weeks_before_release").set_value(2.5).run()
    shown.multiselect(key="activity-0-facts").set_value(["F13"]).run()
    (activity,) = stored().activities
    assert (activity.name, activity.how_many) == ("A letter to Santa", 40)
    assert (activity.weeks_before_release, activity.facts) == (2.5, ("F13",))


def test_checks_follow_the_plan_and_say_what_to_do(installation: Path, page: Page) -> None:
    few = GROUP.model_copy(update={"how_many": 3})
    keep(Exercise(activities=(few, BETA)))
    shown = page(Role.STUDENT, "student/plan_activities.py")
    assert "a focus group has 5 to 10 seats, not 3" in words(shown)
    shown.number_input(key="activity-0-how_many").set_value(7).run()
    assert "The focus group has 5 to 10 seats." in words(shown)


def test_a_change_in_another_tab_is_shown_and_not_undone(installation: Path, page: Page) -> None:
    keep(Exercise(activities=(GROUP, BETA)))
    shown = page(Role.STUDENT, "student/plan_activities.py")
    elsewhere = GROUP.model_copy(update={"who": "Somebody else"})
    keep(Exercise(facts=("F8",), activities=(elsewhere, BETA)))
    shown.text_area(key="activity-0-rule").input("If two object, we stop.").run()
    first = stored().activities[0]
    assert (first.who, first.rule) == ("Somebody else", "If two object, we stop.")
    assert shown.text_input(key="activity-0-who").value == "Somebody else"


def test_work_that_is_handed_in_cannot_be_typed_over(study: None, page: Page) -> None:
    keep(WHOLE, predicted=True, handed_in=True)
    shown = page(Role.STUDENT, "student/plan_activities.py")
    assert shown.text_area(key="activity-0-rule").disabled
    assert "Your work is handed in" in words(shown)


def test_a_stale_tab_is_told_that_the_work_is_handed_in(study: None, page: Page) -> None:
    keep(WHOLE)
    shown = page(Role.STUDENT, "student/plan_activities.py")
    keep(WHOLE, predicted=True, handed_in=True)
    shown.text_area(key="activity-0-rule").input("Too late.").run()
    assert "handed in" in shown.error[0].value
    assert stored().activities[0].rule == GROUP.rule


def test_two_changes_that_arrive_together_are_both_kept(installation: Path, page: Page) -> None:
    keep(Exercise(activities=(GROUP, BETA)))
    shown = page(Role.STUDENT, "student/plan_activities.py")
    shown.text_area(key="activity-0-rule").input("If one objects, we stop.")
    shown.text_area(key="activity-1-because").input("It was too late.")
    shown.run()
    first, second = stored().activities
    assert (first.rule, second.because) == ("If one objects, we stop.", "It was too late.")


def test_what_was_typed_while_leaving_the_page_is_kept(installation: Path, page: Page) -> None:
    keep(Exercise(activities=(GROUP, BETA)))
    shown = page(Role.STUDENT, "student/plan_activities.py")
    shown.text_area(key="activity-0-rule").input("If one objects, we stop.")
    shown.switch_page("student/predict.py").run()
    assert stored().activities[0].rule == "If one objects, we stop."
