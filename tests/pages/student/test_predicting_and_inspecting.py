"""The study opens after a locked prediction, can be read and cited, and cannot be changed."""

from pathlib import Path

import pytest

import db.engine
from casework.case.exercise import Exercise, Guess, Prediction
from casework.roles import Role
from tests.casework.case.samples import WHOLE
from tests.conftest import Page
from tests.pages.student.desk import keep, stored
from tests.pages.student.test_reading_and_planning import words
from tests.santa_run import HURT, IDEA, VETO, the_group_may_be_quoted

READY = Exercise(prediction=WHOLE.prediction)


def test_a_prediction_is_kept_answer_by_answer_and_locked_when_whole(page: Page) -> None:
    shown = page(Role.STUDENT, "student/predict.py")
    shown.number_input(key="prediction-share_offended").set_value(15).run()
    assert stored().prediction == Prediction(share_offended=0.15)
    assert shown.button[-1].disabled
    shown.number_input(key="prediction-share_satisfied").set_value(60).run()
    shown.radio(key="prediction-outcome").set_value(Guess.HOLD).run()
    locking = next(each for each in shown.button if each.label == "Lock my prediction")
    locking.click().run()
    assert shown.number_input(key="prediction-share_offended").disabled
    assert shown.info[0].proto.title == "Your prediction is locked"


def test_an_emptied_share_is_open_again(installation: Path, page: Page) -> None:
    keep(READY)
    shown = page(Role.STUDENT, "student/predict.py")
    shown.number_input(key="prediction-share_offended").set_value(None).run()
    kept = stored().prediction
    assert kept is not None
    assert (kept.share_offended, kept.share_satisfied) == (None, 0.7)


def test_before_the_prediction_the_study_stays_shut(study: None, page: Page) -> None:
    shown = page(Role.STUDENT, "student/inspect_study.py")
    assert "Say first what you expect" in words(shown)
    assert HURT not in words(shown)


def test_without_the_demonstration_the_page_says_how_to_load_it(
    installation: Path, page: Page
) -> None:
    keep(READY, predicted=True)
    shown = page(Role.STUDENT, "student/inspect_study.py")
    assert not shown.exception
    assert "python cli.py demo" in words(shown)


def test_the_study_shows_words_group_funnel_and_verdict_but_no_names(
    study: None, page: Page
) -> None:
    keep(READY, predicted=True)
    shown = page(Role.STUDENT, "student/inspect_study.py")
    assert not shown.exception
    for part in (HURT, "offended: 12 of 30 testers", "teaching assumptions"):
        assert part in words(shown)
    assert "Verdict on 0.9.0: NO-GO" in [each.value for each in shown.subheader]
    funnel = shown.dataframe[-2].value
    assert list(funnel["Reached"]) == [30] * 8 + [0]
    assert "Tester" not in words(shown).replace("Testers", "")


def test_what_the_group_said_is_shown_once_it_may_be_quoted(study: None, page: Page) -> None:
    keep(READY, predicted=True)
    shown = words(page(Role.STUDENT, "student/inspect_study.py"))
    assert VETO not in shown
    assert IDEA not in shown
    with db.engine.transaction() as session:
        the_group_may_be_quoted(session)
    shown = words(page(Role.STUDENT, "student/inspect_study.py"))
    assert VETO in shown
    assert IDEA in shown


def test_an_answer_is_cited_and_taken_out_by_its_button(study: None, page: Page) -> None:
    keep(READY, predicted=True)
    shown = page(Role.STUDENT, "student/inspect_study.py")
    for number in (3, 1):
        shown.button(key=f"cite-{number}").click().run()
    recommendation = stored().recommendation
    assert recommendation is not None
    assert recommendation.cited == (3, 1)
    assert "You cite 2: answer 3, answer 1." in words(shown)
    shown.button(key="cite-3").click().run()
    assert "You cite 1: answer 1." in words(shown)


@pytest.mark.parametrize(("kind", "many"), [("Offended", 12), ("Happy", 18), ("Unhappy", 12)])
def test_answers_are_filtered_by_what_they_say(
    study: None, page: Page, kind: str, many: int
) -> None:
    keep(READY, predicted=True)
    shown = page(Role.STUDENT, "student/inspect_study.py")
    shown.button_group(key="answers-shown").set_value(kind).run()
    assert f"{many} of 30 answers" in words(shown)


def test_a_filter_that_finds_nothing_says_so(study: None, page: Page) -> None:
    keep(READY, predicted=True)
    shown = page(Role.STUDENT, "student/inspect_study.py")
    shown.button_group(key="answers-shown").set_value("Text and stars disagree").run()
    assert "No answer is of this kind." in words(shown)
