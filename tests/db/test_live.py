"""A look at a verdict is kept until something has come, and never a moment longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.criteria import Criterion, LaunchCriteria, Metric, Profile
from casework.feedback import Answer
from casework.gates import GateName, GateReview
from casework.roles import Actor, Role
from casework.verdict import Outcome
from db import clock, criteria, feedback, live, participants, reviews
from db.engine import Session, reading, transaction
from db.feedback import FeedbackRow
from db.live import Look
from tests.betas import OWNER, Beta, a_beta, a_tester

BEFORE = timedelta(hours=3)


@pytest.fixture
def beta(installation: object) -> Beta:
    now = clock.now()
    with transaction() as session:
        running = a_beta(session, now - BEFORE)
        criteria.register(session, OWNER, running.study, plan(), now=now - BEFORE)
        _answered(session, running, "Bo")
    return running


def plan(answers: int = 60) -> LaunchCriteria:
    return LaunchCriteria(
        study="santa-run",
        build="0.9.0",
        profile=Profile.staged,
        answers=answers,
        closes_at=clock.now() + timedelta(days=3),
        criteria=(Criterion(metric=Metric.csat, threshold=0.70),),
        loyalty_policy="rfm-1",
        scorer_version="1.0",
    )


def _answered(session: Session, beta: Beta, name: str) -> FeedbackRow:
    tester, actor = a_tester(session, beta.activity, name)
    return feedback.receive(session, actor, tester.id or 0, Answer(csat=5), now=clock.now())


def looked(beta: Beta, ahead: timedelta = timedelta(0)) -> Look:
    with reading() as session:
        return live.look(session, OWNER, beta.study, "0.9.0", now=clock.now() + ahead)


def test_the_same_look_is_shown_again_while_nothing_came(beta: Beta) -> None:
    assert looked(beta) is looked(beta)


def answer_comes(session: Session, beta: Beta) -> None:
    _answered(session, beta, "Cy")


def answer_is_edited(session: Session, beta: Beta) -> None:
    (row,) = session.scalars(sa.select(FeedbackRow))
    again = Actor(role=Role.CUSTOMER, name="Bo", participant_id=row.participant_id)
    feedback.receive(session, again, row.participant_id, Answer(csat=1), now=clock.now())


def answer_is_taken_out(session: Session, beta: Beta) -> None:
    (row,) = session.scalars(sa.select(FeedbackRow))
    feedback.mark_invalid(session, OWNER, row, "A robot.", now=clock.now())


def somebody_withdraws(session: Session, beta: Beta) -> None:
    (row,) = session.scalars(sa.select(FeedbackRow))
    actor = Actor(role=Role.CUSTOMER, name="Bo", participant_id=row.participant_id)
    tester = participants.get(session, row.participant_id)
    participants.withdraw(session, actor, tester, now=clock.now())


def gate_is_reviewed(session: Session, beta: Beta) -> None:
    judgement = GateReview(
        gate=GateName.VALUES, reviewer="Nora", reason="Read it.", reviewed_at=clock.now()
    )
    reviews.review(session, OWNER, beta.study, judgement, now=clock.now())


def criteria_are_registered_anew(session: Session, beta: Beta) -> None:
    criteria.register(session, OWNER, beta.study, plan(answers=70), now=clock.now())


def criteria_are_tampered_with(session: Session, beta: Beta) -> None:
    session.execute(sa.text("UPDATE criteria SET text = replace(text, '0.7', '0.5')"))


@pytest.mark.parametrize(
    "happens",
    [
        answer_comes,
        answer_is_edited,
        answer_is_taken_out,
        somebody_withdraws,
        gate_is_reviewed,
        criteria_are_registered_anew,
        criteria_are_tampered_with,
    ],
)
def test_whatever_a_verdict_depends_on_brings_a_new_look(
    beta: Beta, happens: Callable[[Session, Beta], None]
) -> None:
    before = looked(beta)
    with transaction() as session:
        happens(session, beta)
    after = looked(beta)
    assert after is not before
    if happens is criteria_are_tampered_with:
        assert after.material.verdict.outcome is Outcome.INVALID


def test_the_closing_time_alone_brings_a_new_look(beta: Beta) -> None:
    before = looked(beta)
    assert not before.counted.evidence.closed
    with reading() as session:
        assert before.counted.criteria is not None
        at = before.counted.criteria.closes_at
        after = live.look(session, OWNER, beta.study, "0.9.0", now=at)
    assert after.counted.evidence.closed


def test_since_a_moment_before_the_answer_it_is_the_news(beta: Beta) -> None:
    (csat,) = live.since(looked(beta), beta.study, clock.now() - timedelta(hours=1))
    assert (csat.answers_then, csat.answers_now, csat.now) == (0, 1, 1.0)
    (csat,) = live.since(looked(beta), beta.study, clock.now() + timedelta(hours=1))
    assert csat.came == 0
