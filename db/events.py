"""What webhooks are told of the daily work: figures and names of studies, nobody's words."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casework.funnel import Step
from casework.meetings import Meeting
from casework.messages import Event
from casework.record import Line, Moment, Record
from db import webhooks
from db.activities import ActivityRow
from db.builds import BuildRow
from db.participants import ParticipantRow
from db.studies import StudyRow

ANSWERED = (Step.ANSWERED, Step.VALID, Step.INVALID, Step.THANKED)


class AnswerReceived(Record):
    """Somebody answered about a build; `answers` counts the people of the activity who have."""

    study: str
    activity: Line
    build: str
    answers: int
    text: str


class MeetingScheduled(Record):
    """A focus group has a meeting."""

    study: str
    activity: Line
    meeting: Line
    held_at: Moment
    expected: int
    text: str


class DecisionMade(Record):
    """A decision was recorded; `verdict` is the outcome it was taken on."""

    study: str
    build: str | None
    decision: str
    verdict: str
    text: str


def answer_received(
    session: Session, activity: ActivityRow, build_id: int, answer_id: int | None, *, now: datetime
) -> None:
    """Tell that there is one answer more; nothing is worked out where nobody listens."""
    if not webhooks.listening(session, Event.ANSWER_RECEIVED):
        return
    study = session.get_one(StudyRow, activity.study_id)
    build = session.get_one(BuildRow, build_id).version
    answers = _count(session, activity, ANSWERED)
    fact = AnswerReceived(
        study=study.slug,
        activity=activity.name,
        build=build,
        answers=answers,
        text=f"{study.title}, build {build}: {answers:,} answered.",
    )
    webhooks.publish(session, Event.ANSWER_RECEIVED, fact, key=f"answer {answer_id}", now=now)


def meeting_scheduled(
    session: Session,
    activity: ActivityRow,
    meeting: Meeting,
    meeting_id: int | None,
    *,
    now: datetime,
) -> None:
    """Tell when a group meets and how many are expected."""
    if not webhooks.listening(session, Event.MEETING_SCHEDULED):
        return
    study = session.get_one(StudyRow, activity.study_id)
    fact = MeetingScheduled(
        study=study.slug,
        activity=activity.name,
        meeting=meeting.title,
        held_at=meeting.held_at,
        expected=_count(session, activity, (Step.SCHEDULED,)),
        text=f"{study.title}: “{meeting.title}” on {meeting.held_at:%d %b %Y, %H:%M} UTC.",
    )
    webhooks.publish(session, Event.MEETING_SCHEDULED, fact, key=f"meeting {meeting_id}", now=now)


def decision_made(
    session: Session,
    study: StudyRow,
    *,
    build: str | None,
    decision: str,
    verdict: str,
    key: str,
    now: datetime,
) -> None:
    """Tell what was decided and on which verdict; the reasons stay in the house."""
    about = f"{study.title}, build {build}" if build else study.title
    fact = DecisionMade(
        study=study.slug,
        build=build,
        decision=decision,
        verdict=verdict,
        text=f"{about}: {decision}. The verdict was {verdict}.",
    )
    webhooks.publish(session, Event.DECISION_MADE, fact, key=key, now=now)


def _count(session: Session, activity: ActivityRow, steps: tuple[Step, ...]) -> int:
    query = select(sa.func.count(col(ParticipantRow.id))).where(
        ParticipantRow.activity_id == activity.id, col(ParticipantRow.step).in_(steps)
    )
    return session.exec(query).one()
