"""Testers' answers, each with the reading of its text."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework.corrections import offence_in_force, polarity_in_force
from casework.errors import Closed, Invalid, NotAllowed
from casework.feedback import Answer, Feedback
from casework.funnel import LEFT, ActivityKind, Step, may_follow
from casework.languages import tongue_of
from casework.roles import Act, Actor, require
from casework.sentiment import Label, Reading
from casework.visits import is_open
from db import audit, events, own_terms, participants
from db.activities import ActivityRow
from db.participants import ParticipantRow
from db.table import Table, change

_HAS_PROBLEM = sa.text("problem_severity IS NOT NULL")


class FeedbackRow(Feedback, Table, table=True):
    """One version of one participant's answer about one build.

    `polarity` is the reading's, copied so that a verdict reads numbers and never texts; None where
    the text holds no evidence. Where a person corrected the reading, `polarity` and `offence` are
    theirs; `reading` stays as `read_by` made it.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        sa.UniqueConstraint("participant_id", "build_id", "version"),
        sa.Index("ix_feedback_receipt", "build_id", "received_at", "version"),
        # Gates ask for the few answers that raise a concern among very many that do not.
        sa.Index("ix_feedback_offence", "offence"),
        sa.Index(
            "ix_feedback_problem_severity",
            "problem_severity",
            sqlite_where=_HAS_PROBLEM,
            postgresql_where=_HAS_PROBLEM,
        ),
    )
    participant_id: int = Field(foreign_key="participant.id", index=True)
    build_id: int = Field(foreign_key="build.id")
    reading: Reading | None = None
    polarity: float | None = None
    offence: bool = False
    human_label: Label | None = None
    human_offence: bool | None = None
    read_by: str = Field(default="", index=True, sa_column_kwargs={"server_default": ""})


class DraftRow(Table, table=True):
    """What a participant has typed but not sent; survives a reload."""

    __tablename__ = "draft"
    __table_args__ = (sa.UniqueConstraint("participant_id", "build_id"),)
    participant_id: int = Field(foreign_key="participant.id", index=True)
    build_id: int = Field(foreign_key="build.id")
    values: dict[str, str | int | bool | None]


def receive(
    session: Session,
    actor: Actor,
    participant_id: int,
    answer: Answer,
    *,
    now: datetime,
    build_id: int | None = None,
) -> FeedbackRow:
    """File one answer about the released build, with the reading of its text.

    Sending the same again returns what is filed; sending something else files the next version.
    `build_id` is the build the tester was looking at, where that is known.

    Raises:
        NotAllowed: for somebody else's answer, or without consent.
        Invalid: for an empty answer.
        Closed: after the beta's end, before a build is out, or when a newer build has replaced it.
    """
    participant = _own(session, actor, participant_id)
    activity = participants.activity_of(session, participant)
    _require_taking_part(session, participant)
    current = _require_open(activity, build_id, now)
    if answer.is_empty:
        raise Invalid("Nothing is filled in yet. Answer at least one question, then send.")
    latest = next(iter(of_participant(session, participant_id, current)), None)
    if latest is not None and _same(latest, answer):
        return latest
    version = latest.version + 1 if latest else 1
    filed = Feedback(**answer.model_dump(), version=version, received_at=now)
    row = _file(session, participant, current, filed)
    for step in (Step.ANSWERED, Step.VALID):
        if may_follow(activity.kind, participant.step, step):
            participants.advance(session, participant, step, now=now, detail=f"build {current}")
    if version == 1:
        events.answer_received(session, activity, current, row.id, now=now)
    return row


def _own(session: Session, actor: Actor, participant_id: int) -> ParticipantRow:
    require(actor, Act.ANSWER)
    if actor.participant_id != participant_id:
        raise NotAllowed("This answer belongs to another tester. Use your own invitation link.")
    return participants.hold(session, participant_id)


def _require_taking_part(session: Session, participant: ParticipantRow) -> None:
    if participant.step in LEFT:
        raise Closed("You are no longer in this test, so nothing was sent.")
    given = participants.consent_of(session, participant.id or 0)
    if given is None or participants.is_outdated(session, participant):
        raise NotAllowed("Say first that you want to take part, then answer.")


def _require_open(activity: ActivityRow, seen: int | None, now: datetime) -> int:
    """The build that answers are about now. Raises: Closed."""
    if activity.kind is not ActivityKind.BETA:
        raise Closed("A focus group answers in its meeting, not here.")
    if not is_open(activity, now):
        raise Closed("This test has ended, so your answer can no longer be counted. Thank you.")
    if activity.build_id is None:
        raise Closed("There is no build to test yet. We will let you know when there is.")
    if seen not in (None, activity.build_id):
        raise Closed("A newer build has come out. Load the page again and tell us about that one.")
    return activity.build_id


def _same(row: FeedbackRow, answer: Answer) -> bool:
    return row.model_dump(include=set(Answer.model_fields)) == answer.model_dump()


def _file(
    session: Session, participant: ParticipantRow, build_id: int, filed: Feedback
) -> FeedbackRow:
    reader = own_terms.reader(session)
    readable = bool(filed.text) and tongue_of(filed.text).readable
    reading = reader.read(filed.text) if readable else None
    row = FeedbackRow.model_validate(
        filed,
        update={
            "participant_id": participant.id,
            "build_id": build_id,
            "reading": reading,
            "polarity": polarity_in_force(reading, None),
            "offence": offence_in_force(reading, human=None, told=bool(filed.offended)),
            "read_by": reader.read_by if reading else "",
        },
    )
    session.add(row)
    session.flush()
    return row


def of_participant(
    session: Session, participant_id: int, build_id: int | None = None
) -> list[FeedbackRow]:
    """What somebody sent, the newest version first; about one build where it is given."""
    query = select(FeedbackRow).where(FeedbackRow.participant_id == participant_id)
    if build_id is not None:
        query = query.where(FeedbackRow.build_id == build_id)
    return list(session.exec(query.order_by(col(FeedbackRow.id).desc())))


def mark_invalid(
    session: Session, actor: Actor, feedback: FeedbackRow, reason: str, *, now: datetime
) -> None:
    """Take an answer out of the evidence, saying why; it stays on file. Raises: Invalid."""
    _mark(session, actor, feedback, reason, valid=False, now=now)


def mark_valid(
    session: Session, actor: Actor, feedback: FeedbackRow, reason: str, *, now: datetime
) -> None:
    """Put an answer back into the evidence, saying why. Raises: Invalid."""
    _mark(session, actor, feedback, reason, valid=True, now=now)


def _mark(
    session: Session,
    actor: Actor,
    feedback: FeedbackRow,
    reason: str,
    *,
    valid: bool,
    now: datetime,
) -> None:
    require(actor, Act.MARK_FEEDBACK)
    if not reason.strip():
        raise Invalid("Say why, so that others can follow the decision.")
    change(feedback, valid=valid, invalid_reason="" if valid else reason)
    session.add(feedback)
    session.flush()
    _follow(session, feedback, now)
    audit.record(
        session,
        actor,
        "mark valid" if valid else "mark invalid",
        f"feedback {feedback.id}",
        now=now,
        study_id=participants.activity_of(session, _who(session, feedback)).study_id,
        detail=reason,
    )


def _who(session: Session, feedback: FeedbackRow) -> ParticipantRow:
    return participants.get(session, feedback.participant_id)


def _follow(session: Session, feedback: FeedbackRow, now: datetime) -> None:
    """Take the tester along: invalid only when no version of theirs counts any more."""
    participant = participants.hold(session, feedback.participant_id)
    counts = any(row.valid for row in of_participant(session, feedback.participant_id))
    step = Step.VALID if counts else Step.INVALID
    if may_follow(ActivityKind.BETA, participant.step, step):
        participants.advance(session, participant, step, now=now)
