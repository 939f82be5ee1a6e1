"""From whom a draw was made: the rule of contact, the segment, and why others were not in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework import roles
from casework.contact_rule import ContactRule
from casework.funnel import Step
from casework.recruiting import Candidate, Refusal
from casework.roles import Act, Actor
from casework.segments import Segment
from db import contact_rules
from db.activities import ActivityRow
from db.draws import DrawRow
from db.participants import FunnelEventRow, ParticipantRow
from db.table import Table

Left = Mapping[Refusal, tuple[int, ...]]


class DrawPoolRow(Table, table=True):
    """Kept beside a draw; `left_out` lists the customers each reason kept out."""

    __tablename__ = "draw_pool"
    draw_id: int = Field(foreign_key="draw.id", unique=True, index=True)
    contact_rule: ContactRule
    segment: Segment | None = None
    customers: int
    left_out: Mapping[Refusal, tuple[int, ...]]


def keep(
    session: Session,
    actor: Actor,
    draw: DrawRow,
    everybody: Sequence[Candidate],
    *,
    segment: Segment | None = None,
) -> DrawPoolRow:
    """Keep beside a draw just made whom it could not reach and by which rule."""
    roles.require(actor, Act.RECRUIT)
    session.flush()
    row = DrawPoolRow(
        draw_id=draw.id or 0,
        contact_rule=contact_rules.current(session),
        segment=segment,
        customers=len(everybody),
        left_out=_left_out(everybody),
    )
    session.add(row)
    session.flush()
    return row


def _left_out(everybody: Sequence[Candidate]) -> Left:
    found: dict[Refusal, list[int]] = {}
    for one in everybody:
        for reason in one.refusals:
            found.setdefault(reason, []).append(one.customer_id)
    return {reason: tuple(ids) for reason, ids in found.items()}


def of_draw(session: Session, draw: DrawRow) -> DrawPoolRow | None:
    """What is kept beside a draw; None for one made before this was kept."""
    return session.exec(select(DrawPoolRow).where(DrawPoolRow.draw_id == draw.id)).first()


def in_words(session: Session, draw: DrawRow, activity: ActivityRow) -> str:
    """From whom a draw was made, and by which rule of contact; empty where nothing is kept."""
    pool = of_draw(session, draw)
    if pool is None:
        return ""
    among = f" among {draw.among}" if draw.among else ""
    return (
        f"Drawn from {draw.mixture.eligible:,} of {pool.customers:,} customers{among}. "
        f"{pool.contact_rule.described(activity.kind)}"
    )


def reasons(session: Session, draw: DrawRow, customer_id: int) -> tuple[str, ...]:
    """Why a customer had no chance in a draw, in sentences; empty when nothing is kept of it."""
    pool = of_draw(session, draw)
    if pool is None:
        return ()
    found = [one for one, ids in pool.left_out.items() if customer_id in ids]
    said = [
        _rested(session, draw, pool.contact_rule, customer_id)
        if one is Refusal.CONTACTED
        else f"{one.label.capitalize()}."
        for one in found
    ]
    if not said:
        among = f": {draw.among}" if draw.among else ""
        said = [f"Nothing spoke against asking them, but the draw was among others{among}."]
    return tuple(said)


def _rested(session: Session, draw: DrawRow, rule: ContactRule, customer_id: int) -> str:
    activity = session.get_one(ActivityRow, draw.activity_id)
    at = _asked_before(session, customer_id, draw.at, draws_count=rule.draws_count)
    when = f" They were last asked on {at.day} {at:%B %Y}." if at else ""
    return f"{rule.described(activity.kind)}{when}"


def _asked_before(
    session: Session, customer_id: int, moment: datetime, *, draws_count: bool
) -> datetime | None:
    steps = (Step.INVITED, Step.DRAWN) if draws_count else (Step.INVITED,)
    query = (
        select(sa.func.max(FunnelEventRow.at))
        .join(ParticipantRow, col(ParticipantRow.id) == FunnelEventRow.participant_id)
        .where(
            ParticipantRow.customer_id == customer_id,
            col(FunnelEventRow.step).in_(steps),
            FunnelEventRow.at < moment,
        )
    )
    return session.exec(query).one()
