"""Two cited answers and a reason make a recommendation; only then are the answers shown."""

import pytest

from casework.case.exercise import Decision, Exercise, Method, Recommendation
from casework.case.story import WHY_IT_FAILED
from casework.case.suggestions import SUGGESTIONS
from casework.roles import Role
from db import clock, exercises
from db.engine import reading
from tests.casework.case.samples import GROUP, WHOLE
from tests.conftest import Page
from tests.pages.student.desk import keep, stored, student
from tests.pages.student.test_reading_and_planning import words
from tests.santa_run import HURT

CITING = Exercise(
    activities=(GROUP,),
    prediction=WHOLE.prediction,
    recommendation=Recommendation(cited=(1, 2)),
)


def test_decision_and_words_are_kept_and_the_cited_answers_shown(study: None, page: Page) -> None:
    keep(CITING, predicted=True)
    shown = page(Role.STUDENT, "student/recommend.py")
    shown.radio(key="recommend-decision").set_value(Decision.POSTPONE).run()
    shown.text_area(key="recommend-reason").input("Families are hurt.").run()
    kept = stored().recommendation
    assert kept is not None
    assert (kept.decision, kept.reason) == (Decision.POSTPONE, "Families are hurt.")
    assert HURT in words(shown)
    assert "did not agree to be quoted" in words(shown)
    assert "2 answers are cited." in words(shown)


def test_handing_in_is_confirmed_and_names_the_open_points_of_the_plan(
    study: None, page: Page
) -> None:
    whole = CITING.recommendation
    assert whole is not None
    decided = whole.model_copy(update={"decision": Decision.STOP, "reason": "It hurts."})
    keep(CITING.model_copy(update={"recommendation": decided}), predicted=True)
    shown = page(Role.STUDENT, "student/recommend.py")
    next(each for each in shown.button if each.label == "Hand in").click().run()
    assert "Plan two activities; there is one now." in words(shown)
    assert "Yes, hand in" in [each.label for each in shown.button]
    assert not stored().submitted


def test_nothing_can_be_handed_in_while_a_check_is_open(study: None, page: Page) -> None:
    keep(CITING, predicted=True)
    shown = page(Role.STUDENT, "student/recommend.py")
    assert next(each for each in shown.button if each.label == "Hand in").disabled


@pytest.mark.parametrize("file", ["student/compare.py", "student/recommend.py"])
def test_a_draft_sees_no_suggested_answer(study: None, page: Page, file: str) -> None:
    keep(CITING, predicted=True)
    shown = page(Role.STUDENT, file)
    assert not shown.exception
    assert SUGGESTIONS[0].text not in words(shown)
    assert WHY_IT_FAILED[0].text not in words(shown)


def test_handed_in_work_stands_beside_suggestions_study_and_inference(
    study: None, page: Page
) -> None:
    own = GROUP.model_copy(update={"own_name": "**Bold** <b>idea</b>", "method": Method.OTHER})
    keep(
        Exercise.model_validate(WHOLE.model_dump() | {"activities": (GROUP, own)}),
        predicted=True,
        handed_in=True,
    )
    shown = page(Role.STUDENT, "student/compare.py")
    assert not shown.exception
    assert words(shown).count("you planned it too") == 1
    assert r"\*\*Bold\*\* &lt;b&gt;idea&lt;/b&gt;" in words(shown)
    assert "You expected **HOLD**; the verdict is **NO-GO**" in words(shown)
    assert WHY_IT_FAILED[0].label in words(shown)
    table = shown.dataframe[0].value
    assert list(table["The study found"]) == ["40 %", "60 %"]
    assert list(table["Difference"]) == ["20 points more", "10 points fewer"]


def test_a_reflection_is_kept_and_starting_again_leaves_the_old_work_on_file(
    study: None, page: Page
) -> None:
    keep(WHOLE, predicted=True, handed_in=True)
    shown = page(Role.STUDENT, "student/compare.py")
    shown.text_area(key="reflection").input("<i>Ask first.</i>").run()
    next(each for each in shown.button if each.label == "Start again").click().run()
    assert stored() == Exercise()
    with reading() as session:
        rows = exercises.all_of(session, student())
    assert [(row.submitted, row.reflection) for row in rows] == [
        (False, ""),
        (True, "<i>Ask first.</i>"),
    ]
    assert rows[0].started_at <= clock.now()
