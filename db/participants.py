"""Customers in an activity, the steps they have reached, and what they consented to."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework.activities import Participant
from casework.consent import Consent
from casework.errors import NotFound
from casework.funnel import ActivityKind, FunnelEvent, Step, StepCount, count_steps, require_step
from db.activities import ActivityRow
from db.table import Table, change


class ParticipantRow(Participant, Table, table=True):
    """One customer in one activity; `step` is the last event's, kept here to be found quickly."""

    __tablename__ = "participant"
    __table_args__ = (sa.UniqueConstraint("activity_id", "customer_id"),)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    step: Step = Step.DRAWN


class FunnelEventRow(FunnelEvent, Table, table=True):
    """One participant reached one step."""

    __tablename__ = "funnel_event"
    participant_id: int = Field(foreign_key="participant.id", index=True)


class ConsentRow(Consent, Table, table=True):
    """A participant's consent; the latest row is the one in force."""

    __tablename__ = "consent"
    participant_id: int = Field(foreign_key="participant.id", index=True)


def get(session: Session, participant_id: int) -> ParticipantRow:
    """One participant. Raises: NotFound."""
    row = session.get(ParticipantRow, participant_id)
    if row is None:
        raise NotFound("This participant is not in any activity.")
    return row


def hold(session: Session, participant_id: int | None) -> ParticipantRow:
    """One participant, kept to this transaction so that two tabs act one after the other.

    Raises: NotFound.
    """
    row = session.get(ParticipantRow, participant_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound("This participant is not in any activity.")
    return row


def activity_of(session: Session, participant: ParticipantRow) -> ActivityRow:
    """The activity a participant belongs to. Raises: NotFound."""
    row = session.get(ActivityRow, participant.activity_id)
    if row is None:
        raise NotFound("This activity no longer exists.")
    return row


def of_activity(session: Session, activity_id: int) -> list[ParticipantRow]:
    """Everybody in an activity, in the order they were chosen."""
    query = (
        select(ParticipantRow)
        .where(ParticipantRow.activity_id == activity_id)
        .order_by(col(ParticipantRow.id))
    )
    return list(session.exec(query))


def advance(
    session: Session, participant: ParticipantRow, step: Step, *, now: datetime, detail: str = ""
) -> None:
    """Take a participant to their next step and stamp it. Raises: Invalid for an illegal step."""
    kind = activity_of(session, participant).kind
    require_step(kind, participant.step, step)
    change(participant, step=step)
    event = FunnelEvent(step=step, at=now, detail=detail)
    session.add(participant)
    session.add(FunnelEventRow.model_validate(event, update={"participant_id": participant.id}))
    session.flush()


def history(session: Session, participant_id: int) -> list[FunnelEventRow]:
    """A participant's steps, oldest first."""
    query = (
        select(FunnelEventRow)
        .where(FunnelEventRow.participant_id == participant_id)
        .order_by(col(FunnelEventRow.id))
    )
    return list(session.exec(query))


def funnel(session: Session, activity_id: int, kind: ActivityKind) -> tuple[StepCount, ...]:
    """The funnel of an activity, from every step its participants ever reached."""
    query = (
        select(FunnelEventRow.participant_id, FunnelEventRow.step)
        .join(ParticipantRow, col(ParticipantRow.id) == FunnelEventRow.participant_id)
        .where(ParticipantRow.activity_id == activity_id)
    )
    reached: dict[int, set[Step]] = {
        row.id: set() for row in of_activity(session, activity_id) if row.id is not None
    }
    for participant_id, step in session.exec(query):
        reached[participant_id].add(Step(step))
    return count_steps(kind, [frozenset(steps) for steps in reached.values()])


def consent_of(session: Session, participant_id: int) -> ConsentRow | None:
    """The consent in force: the latest, unless it was withdrawn."""
    query = (
        select(ConsentRow)
        .where(ConsentRow.participant_id == participant_id)
        .order_by(col(ConsentRow.id).desc())
    )
    latest = session.exec(query).first()
    return latest if latest and latest.withdrawn_at is None else None
