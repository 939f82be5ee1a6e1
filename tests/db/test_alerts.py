"""Alerts on a verdict: each once, to whom the owner chose, and never in a customer's words."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from casework.alerts import AlertKind
from casework.criteria import Criterion, LaunchCriteria, Metric, Profile
from casework.errors import Invalid, NotAllowed
from casework.feedback import Answer
from casework.gates import GateName, GateReview
from casework.messages import Event, PostState, WebhookFormat
from db import alerts, clock, criteria, feedback, reviews
from db.engine import reading, transaction
from db.outbox import OutboxRow
from db.webhooks import NoticeRow, WebhookRow
from tests.betas import NOW, OWNER, Beta, a_beta, a_tester

NORA = "nora@studio.example"
WORDS = "The Grinch hurt my children."


@pytest.fixture
def beta(session: Session) -> Beta:
    running = a_beta(session)
    criteria.register(session, OWNER, running.study, plan(NOW), now=NOW)
    return running


def plan(now: datetime) -> LaunchCriteria:
    return LaunchCriteria(
        study="santa-run",
        build="0.9.0",
        profile=Profile.staged,
        answers=60,
        closes_at=now + timedelta(days=3),
        criteria=(
            Criterion(metric=Metric.csat, threshold=0.70),
            Criterion(metric=Metric.offended, threshold=0.10),
        ),
        loyalty_policy="rfm-1",
        scorer_version="1.0",
    )


def hours(count: float) -> datetime:
    return NOW + timedelta(hours=count)


def answered(session: Session, beta: Beta, name: str, after: float, *, offended: bool) -> None:
    tester, actor = a_tester(session, beta.activity, name)
    words = WORDS if offended else ""
    told = Answer(csat=5, offended=offended, offended_by=words)
    feedback.receive(session, actor, tester.id or 0, told, now=hours(after))


def looked(session: Session, beta: Beta, after: float) -> list[AlertKind]:
    found = alerts.look(session, beta.study, now=hours(after))
    if found is None:
        return []
    return [one.kind for one in alerts.note(session, beta.study, found, now=hours(after))]


def letters(session: Session) -> list[OutboxRow]:
    return list(session.exec(select(OutboxRow)))


def hook(session: Session, form: WebhookFormat = WebhookFormat.SLACK) -> None:
    facts = {"url": "https://hooks.example.com/x", "secret": "s", "format": form, "made_by": "Nora"}
    events = (Event.VERDICT_CHANGED, Event.OFFENCE_ALERT)
    session.add(WebhookRow.model_validate(facts | {"events": events, "made_at": NOW}))
    session.flush()


def test_offence_is_told_once_by_letter_and_webhook(session: Session, beta: Beta) -> None:
    alerts.tell(session, OWNER, beta.study, NORA, now=NOW)
    hook(session)
    assert looked(session, beta, 0.1) == []
    answered(session, beta, "Bo", 1, offended=True)
    assert looked(session, beta, 1.1) == [AlertKind.OFFENCE]
    answered(session, beta, "Cy", 2, offended=True)
    assert looked(session, beta, 2.1) == [AlertKind.OUTCOME]  # two loyal voices: HOLD
    assert looked(session, beta, 2.2) == []
    first, second = letters(session)
    assert (first.email, first.state) == (NORA, PostState.QUEUED)
    assert "1 of 1 testers were upset or offended" in first.body
    assert "the verdict is HOLD, after NOT ENOUGH EVIDENCE" in second.body
    notices = session.exec(select(NoticeRow)).all()
    assert [one.event for one in notices] == [Event.OFFENCE_ALERT, Event.VERDICT_CHANGED]
    assert notices[1].body.startswith('{"text": "santa-run, build 0.9.0: the verdict is HOLD')
    bodies = [one.body for one in letters(session)] + [one.body for one in notices]
    assert all(WORDS not in body for body in bodies)


def test_without_an_address_no_letter_is_written_and_webhooks_hear_all_the_same(
    session: Session, beta: Beta
) -> None:
    hook(session)
    answered(session, beta, "Bo", 1, offended=True)
    assert looked(session, beta, 2) == [AlertKind.OFFENCE]
    assert letters(session) == []
    assert len(session.exec(select(NoticeRow)).all()) == 1


def test_a_review_that_ends_a_hold_is_told_although_no_answer_came(
    session: Session, beta: Beta
) -> None:
    answered(session, beta, "Bo", 1, offended=True)
    answered(session, beta, "Cy", 1, offended=True)
    looked(session, beta, 2)
    judgement = GateReview(
        gate=GateName.VALUES, reviewer="Nora", reason="Scene removed.", reviewed_at=hours(3)
    )
    reviews.review(session, OWNER, beta.study, judgement, now=hours(3))
    assert looked(session, beta, 4) == [AlertKind.OUTCOME]


def test_the_closing_alone_is_looked_at_too(session: Session, beta: Beta) -> None:
    assert looked(session, beta, 1) == []
    assert alerts.look(session, beta.study, now=hours(2)) is None
    assert alerts.look(session, beta.study, now=hours(72)) is not None


def test_a_new_attempt_begins_from_nothing(session: Session, beta: Beta) -> None:
    answered(session, beta, "Bo", 1, offended=True)
    assert looked(session, beta, 2) == [AlertKind.OFFENCE]
    again = plan(NOW).model_copy(update={"answers": 70})
    criteria.register(session, OWNER, beta.study, again, now=hours(3))
    assert looked(session, beta, 4) == []
    answered(session, beta, "Cy", 5, offended=True)
    assert AlertKind.OFFENCE in looked(session, beta, 6)


def test_an_address_is_checked_and_an_empty_one_ends_the_letters(
    session: Session, beta: Beta
) -> None:
    assert alerts.addressee(session, beta.study) == ""
    with pytest.raises(Invalid, match="not an e-mail address"):
        alerts.tell(session, OWNER, beta.study, "nora", now=NOW)
    alerts.tell(session, OWNER, beta.study, f" {NORA} ", now=NOW)
    assert alerts.addressee(session, beta.study) == NORA
    alerts.tell(session, OWNER, beta.study, "", now=NOW)
    assert alerts.addressee(session, beta.study) == ""
    with pytest.raises(NotAllowed):
        alerts.tell(session, beta.actor, beta.study, NORA, now=NOW)


def test_the_worker_looks_only_where_somebody_wants_to_hear(installation: object) -> None:
    now = clock.now()
    with transaction() as session:
        beta = a_beta(session, now - timedelta(hours=2))
        criteria.register(session, OWNER, beta.study, plan(now), now=now - timedelta(hours=1))
        told = Answer(offended=True)
        feedback.receive(session, beta.actor, beta.tester.id or 0, told, now=now)
    assert alerts.turn(transaction) is False
    with reading() as session:
        assert session.exec(select(alerts.SeenRow)).all() == []
    with transaction() as session:
        alerts.tell(session, OWNER, beta.study, NORA, now=now)
    alerts.turn(transaction)
    alerts.turn(transaction)
    with reading() as session:
        assert len(letters(session)) == 1
