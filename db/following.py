"""Following an activity: everybody's way, who is stuck, and steps noted for many at once."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casework import roles
from casework.errors import CaseworkError, Invalid
from casework.funnel import (
    CONFIRMED,
    LAST_SURE,
    LEFT,
    NOWHERE,
    PATH,
    TAKEN_BACK,
    ActivityKind,
    FunnelEvent,
    Stand,
    Step,
    StepCount,
    count_stands,
    is_over,
)
from casework.marking import mark_of
from casework.progress import Journey
from casework.roles import Act, Actor
from casework.visits import is_open
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


def funnel(session: Session, activity: ActivityRow, *, now: datetime) -> tuple[StepCount, ...]:
    """The funnel of an activity, from every step its participants reached.

    The database counts how many stand where; no participant's row is read.
    """
    kind = activity.kind
    here = [step for step in Step if is_over(kind, step, is_open=is_open(activity, now))]
    stand = (
        sa.select(
            _furthest(kind).label("far"),
            col(ParticipantRow.step).in_(here).label("over"),
        )
        .select_from(ParticipantRow)
        .outerjoin(FunnelEventRow, col(FunnelEventRow.participant_id) == ParticipantRow.id)
        .where(col(ParticipantRow.activity_id) == activity.id)
        .group_by(col(ParticipantRow.id))
        .subquery()
    )
    query = sa.select(stand.c.far, stand.c.over, sa.func.count().label("many"))
    found = session.execute(query.group_by(stand.c.far, stand.c.over))
    return count_stands(kind, {Stand(row.far, over=bool(row.over)): row.many for row in found})


def _furthest(kind: ActivityKind) -> sa.ColumnElement[int]:
    """`casework.funnel.stand_of` in SQL: the furthest step, unless it was taken back since."""
    path, step = PATH[kind], FunnelEventRow.step
    place = sa.case({there: i for i, there in enumerate(path)}, value=step)
    far = sa.func.coalesce(sa.func.max(place), NOWHERE)
    sure = path.index(LAST_SURE[kind])
    event = col(FunnelEventRow.id)
    back = sa.func.max(sa.case((col(step).in_(TAKEN_BACK), event), else_=0))
    good = sa.func.max(sa.case((col(step) == CONFIRMED[kind], event), else_=0))
    return sa.case(((back > good) & (far > sure), sure), else_=far)


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
