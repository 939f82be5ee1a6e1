"""Who came when asked, from the events of the funnel."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casework.funnel import ActivityKind, Step
from casework.reliability import Reliability, Turnout, reliabilities
from db.activities import ActivityRow
from db.participants import FunnelEventRow, ParticipantRow
from db.sending import CAME_BACK

OVER = (Step.DECLINED, Step.EXPIRED, Step.NO_SHOW)
"""Where somebody stands whose invitation came to nothing, also while the activity runs."""

NOT_COUNTED = (Step.WITHDRAWN, Step.SCREENED_OUT)
"""Withdrawing is a right and not fitting nobody's failing: neither is held against anybody."""


def of_everybody(session: Session, *, now: datetime) -> dict[int, Reliability]:
    """Everybody's reliability by customer id; whoever was never invited is not in it."""
    return reliabilities(turnouts(session, now=now))


def turnouts(session: Session, *, now: datetime) -> dict[int, Turnout]:
    """Invitations with a known outcome, per customer."""
    each = _participations(now).subquery()
    query = sa.select(
        each.c.customer_id,
        sa.func.count(),
        sa.func.sum(each.c.came),
        sa.func.sum(each.c.joined),
    ).group_by(each.c.customer_id)
    return {
        customer_id: Turnout(invited=invited, came=came, joined=joined)
        for customer_id, invited, came, joined in session.execute(query)
    }


def _participations(now: datetime) -> sa.Select[int, int, int]:
    """One row per invitation whose outcome is known: whether they came, whether they joined."""
    came = sa.case(
        (
            col(ActivityRow.kind) == ActivityKind.FOCUS_GROUP,
            _last(Step.ATTENDED) > _last(Step.NO_SHOW),
        ),
        else_=_last(Step.ANSWERED) > 0,
    )
    undelivered = sa.func.max(sa.case((col(FunnelEventRow.detail) == CAME_BACK, 1), else_=0))
    known = sa.or_(came, col(ActivityRow.closes_at) <= now, col(ParticipantRow.step).in_(OVER))
    return (
        sa.select(
            col(ParticipantRow.customer_id),
            sa.cast(came, sa.Integer).label("came"),
            sa.cast(sa.or_(came, _last(Step.ACCEPTED) > 0), sa.Integer).label("joined"),
        )
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .join(FunnelEventRow, col(FunnelEventRow.participant_id) == ParticipantRow.id)
        .where(col(ParticipantRow.step).not_in(NOT_COUNTED))
        .group_by(col(ParticipantRow.id), col(ActivityRow.id))
        .having(sa.and_(_last(Step.INVITED) > 0, undelivered == 0, known))
    )


def _last(step: Step) -> sa.ColumnElement[int]:
    """The number of a participant's last event of this step; 0 where there is none."""
    event = sa.case((col(FunnelEventRow.step) == step, col(FunnelEventRow.id)), else_=0)
    return sa.func.max(event)


def last_asked(session: Session) -> dict[int, datetime]:
    """When each customer was last invited, by their id."""
    query = (
        select(ParticipantRow.customer_id, sa.func.max(FunnelEventRow.at))
        .join(FunnelEventRow, col(FunnelEventRow.participant_id) == ParticipantRow.id)
        .where(col(FunnelEventRow.step) == Step.INVITED)
        .group_by(col(ParticipantRow.customer_id))
    )
    return dict(session.exec(query).all())
