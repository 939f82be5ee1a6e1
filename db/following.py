"""Following an activity: everybody's way, who is stuck, and steps noted for many at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from casework import roles
from casework.errors import CaseworkError, Invalid
from casework.funnel import LEFT, FunnelEvent, Step
from casework.marking import mark_of
from casework.progress import Journey
from casework.roles import Act, Actor
from db import leaving, participants, reserves
from db.activities import ActivityRow
from db.customers import CustomerRow
from db.participants import FunnelEventRow, ParticipantRow


def journeys(session: Session, activity: ActivityRow) -> list[Journey]:
    """Everybody's steps, by participant in the order they were chosen."""
    query = (
        select(FunnelEventRow)
        .join(ParticipantRow, col(ParticipantRow.id) == FunnelEventRow.participant_id)
        .where(ParticipantRow.activity_id == activity.id)
        .order_by(col(FunnelEventRow.participant_id), col(FunnelEventRow.id))
    )
    found: dict[int, list[FunnelEvent]] = {}
    for row in session.exec(query):
        event = FunnelEvent(step=row.step, at=row.at, detail=row.detail)
        found.setdefault(row.participant_id, []).append(event)
    return [Journey(participant_id=who, events=tuple(steps)) for who, steps in found.items()]


def mark(
    session: Session,
    actor: Actor,
    activity: ActivityRow,
    people: Sequence[ParticipantRow],
    step: Step,
    *,
    now: datetime,
) -> int:
    """Note a step for everybody ticked, or for nobody; returns how many reserves came for them.

    Raises:
        Invalid: for a step that is not an owner's to note, or that somebody cannot take.
    """
    roles.require(actor, Act.RECRUIT)
    if mark_of(activity.kind, step) is None:
        raise Invalid(f"Only the customer can become “{step.label.lower()}”.")
    for person in people:
        _mark(session, actor, person, step, now)
    session.flush()
    return reserves.fill(session, activity, now=now) if step in LEFT else 0


def _mark(
    session: Session, actor: Actor, person: ParticipantRow, step: Step, now: datetime
) -> None:
    try:
        participants.advance(session, person, step, now=now, detail=f"noted by {actor.name}")
    except CaseworkError as wrong:
        name = session.get_one(CustomerRow, person.customer_id).name
        raise type(wrong)(f"{name}: {wrong} Nothing was noted.") from wrong
    if step in LEFT:
        participants.end_consent(session, person, now)
        leaving.drop_letters(session, person)
    participants.note(session, actor, f"mark {step.value}", person, now)
