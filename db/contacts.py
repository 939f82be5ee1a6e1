"""Who has been asked before: what recruiting looks up so that nobody is asked too often."""

from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casework.funnel import SEAT_FREED, Step
from casework.recruiting import Standing
from db import contact_rules
from db.activities import ActivityRow
from db.customers import CustomerRow
from db.participants import ConsentRow, FunnelEventRow, ParticipantRow

THROUGH = SEAT_FREED | {Step.THANKED}
"""Whoever stands here is not busy with an activity any more."""


class Contacts(NamedTuple):
    """Ids of customers by what speaks against asking them.

    `here` are in this activity, `busy` in another running one, `invited` lately and when;
    `not_again` did not want to be asked again. Who was invited within `rest` is left in peace.
    """

    here: set[int]
    busy: set[int]
    invited: dict[int, datetime]
    not_again: set[int]
    rest: timedelta

    def standing_of(self, row: CustomerRow, *, loyal: bool) -> Standing:
        """What decides about one customer."""
        return Standing(
            reachable=row.email is not None,
            left_alone=row.left_alone,
            bounced=row.bounced,
            loyal=loyal,
            here=row.id in self.here,
            busy=row.id in self.busy,
            not_again=row.id in self.not_again,
            invited_at=self.invited.get(row.id or 0),
            rest=self.rest,
        )


def contacts_of(session: Session, activity: ActivityRow, now: datetime) -> Contacts:
    """Everybody's contacts as they are now, by the rule of contact in force."""
    rule = contact_rules.current(session)
    rest = rule.rest(activity.kind)
    asked = (Step.INVITED, Step.DRAWN) if rule.draws_count else (Step.INVITED,)
    here = select(ParticipantRow.customer_id).where(ParticipantRow.activity_id == activity.id)
    busy = (
        select(ParticipantRow.customer_id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .where(
            ActivityRow.id != activity.id,
            ActivityRow.closes_at > now,
            col(ParticipantRow.step).not_in(THROUGH),
        )
    )
    invited = (
        select(ParticipantRow.customer_id, sa.func.max(FunnelEventRow.at))
        .join(FunnelEventRow, col(FunnelEventRow.participant_id) == ParticipantRow.id)
        .where(col(FunnelEventRow.step).in_(asked), FunnelEventRow.at > now - rest)
        .group_by(col(ParticipantRow.customer_id))
    )
    return Contacts(
        here=set(session.exec(here)),
        busy=set(session.exec(busy)),
        invited=dict(session.exec(invited).all()),
        not_again=_not_again(session),
        rest=rest,
    )


def _not_again(session: Session) -> set[int]:
    """Whoever, when last asked, did not tick that they may be asked again."""
    query = (
        select(ParticipantRow.customer_id, ConsentRow.contact_again)
        .join(ConsentRow, col(ConsentRow.participant_id) == ParticipantRow.id)
        .where(col(ConsentRow.contact_again).is_not(None))
        .order_by(col(ConsentRow.id))
    )
    latest = dict(session.exec(query).all())
    return {customer_id for customer_id, again in latest.items() if not again}
