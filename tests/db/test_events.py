"""Facts about what webhooks hear of the daily work: that it happened, and nobody's words."""

import json
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from casework.decisions import Decision, Intent
from casework.feedback import Answer
from casework.meetings import Meeting
from casework.messages import Event, WebhookFormat
from db import decisions, feedback, meetings, webhooks
from db.webhooks import NoticeRow
from tests.betas import NOW, OWNER, a_beta
from tests.recruits import a_group

WORDS = "Seeing the Grinch catch Santa was offensive."


@pytest.fixture
def listening(session: Session) -> None:
    events = [event for event in Event if event is not Event.TEST]
    url = "https://example.org/hook"
    webhooks.subscribe(
        session, OWNER, url, events, WebhookFormat.JSON, private_allowed=False, now=NOW
    )


def told(session: Session) -> list[dict[str, object]]:
    rows = session.exec(select(NoticeRow).order_by(col(NoticeRow.id))).all()
    return [json.loads(row.body) for row in rows]


def test_an_answer_is_told_by_its_number_and_a_changed_one_not_again(
    session: Session, listening: None
) -> None:
    beta = a_beta(session)
    for stars in (1, 2):
        answer = Answer(csat=stars, change_first=WORDS)
        feedback.receive(session, beta.actor, beta.tester.id or 0, answer, now=NOW)
    (notice,) = told(session)
    assert notice["event"] == "answer.received"
    assert notice["data"] == {
        "study": "santa-run",
        "activity": "Beta santa-run",
        "build": "0.9.0",
        "answers": 1,
        "text": "Santa Run, build 0.9.0: 1 answered.",
    }
    assert "Ada" not in json.dumps(notice)


def test_a_meeting_is_told_with_its_time_and_how_many_are_expected(
    session: Session, listening: None
) -> None:
    _, activity, people = a_group(session)
    meeting = Meeting(title="Round one", held_at=NOW + timedelta(days=1), place="At Ada's, 4 Elm")
    meetings.hold(session, OWNER, activity, meeting, now=NOW)
    (notice,) = told(session)
    assert notice["data"] == {
        "study": "santa-run",
        "activity": "Group",
        "meeting": "Round one",
        "held_at": "2026-10-02T12:00:00Z",
        "expected": len(people),
        "text": "Santa Run: “Round one” on 02 Oct 2026, 12:00 UTC.",
    }


def test_a_decision_is_told_with_the_verdict_it_was_taken_on_and_without_its_reasons(
    session: Session, listening: None
) -> None:
    beta = a_beta(session)
    later = (NOW + timedelta(days=60)).date()
    intent = Intent(
        decision=Decision.POSTPONE, decider="Nora", reason="A secret reason.", recheck_on=later
    )
    decisions.decide(session, OWNER, beta.study, intent, now=NOW)
    (notice,) = told(session)
    assert notice["data"] == {
        "study": "santa-run",
        "build": "0.9.0",
        "decision": "Postpone",
        "verdict": "INVALID",
        "text": "Santa Run, build 0.9.0: Postpone. The verdict was INVALID.",
    }


def test_where_nobody_listens_nothing_is_kept(session: Session) -> None:
    beta = a_beta(session)
    feedback.receive(session, beta.actor, beta.tester.id or 0, Answer(csat=1), now=NOW)
    assert told(session) == []
