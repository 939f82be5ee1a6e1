"""A student's draft is kept, the study opens after the prediction, handing in is final."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from casework.case.exercise import Decision, Exercise, Guess, Prediction, Recommendation
from casework.criteria import Metric
from casework.errors import Closed, NotAllowed, NotEnough, NotFound
from casework.roles import Actor, Role
from casework.verdict import Outcome
from db import accounts, case_study, exercises
from tests.casework.case.samples import BETA, GROUP
from tests.santa_run import (
    ANSWERS,
    HURT,
    IDEA,
    OFFENDED,
    VETO,
    a_santa_run,
    the_group_may_be_quoted,
)

PREDICTION = Prediction(share_offended=0.1, share_satisfied=0.8, outcome=Guess.GO)


@pytest.fixture
def student(session: Session, now: datetime) -> Actor:
    return accounts.demo_actor(session, Role.STUDENT, now=now)


def predicted(session: Session, student: Actor, now: datetime) -> Exercise:
    work = Exercise(facts=("F12",), activities=(GROUP, BETA), prediction=PREDICTION)
    exercises.save(session, student, work, now=now)
    exercises.lock_prediction(session, student, now=now)
    return work


def recommended(session: Session, student: Actor, now: datetime) -> Exercise:
    a_santa_run(session, now)
    work = predicted(session, student, now)
    known = sorted(case_study.answer_numbers(session, student, now=now + timedelta(hours=1)))
    decided = Recommendation(
        decision=Decision.FIX_AND_RETEST, reason="Families are hurt.", cited=tuple(known[:2])
    )
    work = work.model_copy(update={"recommendation": decided})
    exercises.save(session, student, work, now=now)
    return work


def test_the_first_visit_begins_an_attempt_and_the_second_finds_it(
    session: Session, student: Actor, now: datetime
) -> None:
    begun = exercises.current(session, student, now=now)
    found = exercises.current(session, student, now=now + timedelta(days=1))
    assert found.id == begun.id
    assert found.started_at == now
    assert exercises.work_of(found) == Exercise()


def test_a_saved_draft_comes_back_as_it_was(
    session: Session, student: Actor, now: datetime
) -> None:
    work = Exercise(facts=("F5", "F12"), activities=(GROUP, BETA), prediction=PREDICTION)
    exercises.save(session, student, work, now=now)
    session.expire_all()
    assert exercises.work_of(exercises.current(session, student, now=now)) == work


def test_a_draft_belongs_to_one_student(session: Session, student: Actor, now: datetime) -> None:
    exercises.save(session, student, Exercise(facts=("F5",)), now=now)
    other = accounts.demo_actor(session, Role.INSTRUCTOR, now=now)
    assert exercises.current(session, other, now=now).facts == ()


def test_saving_cannot_hand_in(session: Session, student: Actor, now: datetime) -> None:
    row = exercises.save(session, student, Exercise(submitted=True), now=now)
    assert not row.submitted
    assert row.submitted_at is None


@pytest.mark.parametrize("role", [Role.OWNER, Role.CUSTOMER])
def test_only_students_and_instructors_work_on_the_case(
    session: Session, role: Role, now: datetime
) -> None:
    with pytest.raises(NotAllowed, match="student or instructor"):
        exercises.current(session, Actor(role=role, name="Somebody", account_id=1), now=now)


def test_without_an_account_no_draft_can_be_kept(session: Session, now: datetime) -> None:
    with pytest.raises(NotAllowed, match="account"):
        exercises.current(session, Actor(role=Role.STUDENT, name="Nobody"), now=now)


def test_a_prediction_is_locked_only_when_whole_and_then_stays(
    session: Session, student: Actor, now: datetime
) -> None:
    half = Exercise(prediction=Prediction(share_offended=0.1))
    exercises.save(session, student, half, now=now)
    with pytest.raises(NotEnough, match="three questions"):
        exercises.lock_prediction(session, student, now=now)
    work = predicted(session, student, now)
    later = now + timedelta(hours=1)
    assert exercises.lock_prediction(session, student, now=later).predicted_at == now
    changed = work.model_copy(
        update={"prediction": PREDICTION.model_copy(update={"share_offended": 0.4})}
    )
    with pytest.raises(Closed, match="prediction is locked"):
        exercises.save(session, student, changed, now=later)
    exercises.save(session, student, work.model_copy(update={"facts": ("F8",)}), now=later)


def test_the_study_opens_after_the_prediction(
    session: Session, student: Actor, now: datetime
) -> None:
    a_santa_run(session, now)
    with pytest.raises(NotEnough, match="what you expect"):
        exercises.inspect(session, student, now=now)
    predicted(session, student, now)
    assert len(exercises.inspect(session, student, now=now + timedelta(hours=1)).answers) == ANSWERS


def test_a_missing_demonstration_is_named_as_missing(
    session: Session, student: Actor, now: datetime
) -> None:
    predicted(session, student, now)
    with pytest.raises(NotFound, match="santa-run"):
        exercises.inspect(session, student, now=now)


def test_a_student_sees_figures_and_words_but_no_name(
    session: Session, student: Actor, now: datetime
) -> None:
    a_santa_run(session, now)
    the_group_may_be_quoted(session)
    predicted(session, student, now)
    seen = exercises.inspect(session, student, now=now + timedelta(hours=1))
    assert len(seen.answers) == ANSWERS
    assert seen.share(Metric.offended) == pytest.approx(OFFENDED / ANSWERS)
    assert seen.share(Metric.csat) == pytest.approx(1 - OFFENDED / ANSWERS)
    assert seen.verdict.outcome is Outcome.NO_GO
    assert seen.group.vetoes == (VETO,)
    assert seen.group.ideas == ((IDEA, ""),)
    assert seen.group.attended == 2
    assert not any(name in seen.model_dump_json() for name in ("Tester", "Gina", "@example.com"))


def test_words_are_shown_only_of_testers_who_agreed_to_be_quoted(
    session: Session, student: Actor, now: datetime
) -> None:
    a_santa_run(session, now)
    seen = case_study.inspect(session, student, now=now + timedelta(hours=1))
    first, second = seen.answers[:2]
    assert (first.text, first.written) == (HURT, True)
    assert (second.text, second.written, second.words) == ("", True, ())
    assert second.polarity == first.polarity
    assert seen.words_of([first.number]) == {first.number: HURT}


def test_the_funnels_are_those_of_the_group_and_of_the_beta_that_tested_the_build(
    session: Session, student: Actor, now: datetime
) -> None:
    a_santa_run(session, now)
    seen = case_study.inspect(session, student, now=now + timedelta(hours=1))
    reached = {each.kind.value: [step.reached for step in each.steps] for each in seen.funnels}
    # drawn, invited, opened, accepted, attended, thanked
    assert reached["focus_group"] == [2, 2, 2, 2, 2, 0]
    # …, accepted, link opened, downloaded, answered, valid, thanked
    assert reached["beta"] == [ANSWERS] * 8 + [0]


def test_handing_in_takes_two_answers_of_the_study(
    session: Session, student: Actor, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    work = recommended(session, student, now)
    assert work.recommendation is not None
    stray = work.recommendation.model_copy(update={"cited": (999_998, 999_999)})
    update = {"recommendation": stray}
    exercises.save(session, student, work.model_copy(update=update), now=later)
    with pytest.raises(NotEnough, match="at least two different answers"):
        exercises.submit(session, student, now=later)
    exercises.save(session, student, work, now=later)
    row = exercises.submit(session, student, now=later)
    assert (row.submitted, row.submitted_at) == (True, later)


def test_handing_in_takes_a_prediction(session: Session, student: Actor, now: datetime) -> None:
    with pytest.raises(NotEnough, match="what you expect"):
        exercises.submit(session, student, now=now)


def test_what_is_handed_in_stays_and_a_second_click_changes_nothing(
    session: Session, student: Actor, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    work = recommended(session, student, now)
    exercises.submit(session, student, now=later)
    again = exercises.submit(session, student, now=later + timedelta(hours=1))
    assert again.submitted_at == later
    with pytest.raises(Closed, match="handed in"):
        exercises.save(session, student, Exercise(), now=later)
    with pytest.raises(Closed, match="handed in"):
        exercises.lock_prediction(session, student, now=later)
    assert exercises.work_of(again) == work.model_copy(update={"submitted": True})


def test_starting_again_keeps_the_old_attempt(
    session: Session, student: Actor, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    recommended(session, student, now)
    assert exercises.start_again(session, student, now=later).submitted_at is None
    assert len(exercises.all_of(session, student)) == 1
    exercises.submit(session, student, now=later)
    fresh = exercises.start_again(session, student, now=later)
    assert exercises.work_of(fresh) == Exercise()
    assert exercises.current(session, student, now=later).id == fresh.id
    assert [row.submitted for row in exercises.all_of(session, student)] == [False, True]


def test_a_reflection_comes_after_handing_in_and_is_kept_as_typed(
    session: Session, student: Actor, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    with pytest.raises(NotEnough, match="Hand in first"):
        exercises.reflect(session, student, "Luck.", now=now)
    recommended(session, student, now)
    exercises.submit(session, student, now=later)
    exercises.reflect(session, student, "<b>Luck</b> is **not** a method.", now=later)
    session.expire_all()
    kept = exercises.current(session, student, now=later)
    assert kept.reflection == "<b>Luck</b> is **not** a method."
