"""A focus group drawn from customers who are all alike: where tests of reserves begin."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session

from casework import lottery
from casework.customers import Interaction, InteractionKind
from casework.loyalty import LoyaltyPolicy
from casework.quotas import Quota, Trait
from db import customers, draws, participants, recruiting
from db.activities import ActivityRow
from db.customers import CustomerRow, InteractionRow
from db.draws import DrawRow
from db.participants import ParticipantRow
from tests.betas import NOW, OWNER, a_study
from tests.recruits import an_activity_for, some_customers

POLICY = LoyaltyPolicy(as_of=NOW)
QUOTAS = (Quota(attribute=Trait.REGION, value="LATAM", minimum=3, maximum=4),)


class Drawn(NamedTuple):
    """The group, its draw of eight and who holds its seats."""

    group: ActivityRow
    row: DrawRow
    people: list[ParticipantRow]


def with_history(session: Session, rows: list[CustomerRow], at: datetime) -> None:
    """The same purchase for everybody: all are equally loyal, and ties are loyal."""
    for place, row in enumerate(rows):
        bought = Interaction(
            ref=f"bought {place}",
            customer_ref=row.ref,
            kind=InteractionKind.PURCHASE,
            at=at,
            spend_cents=999,
        )
        session.add(InteractionRow.model_validate(bought, update={"customer_id": row.id}))
    session.flush()


def a_drawn_group(session: Session, customers_: int = 20, *, reply_days: int | None = 7) -> Drawn:
    rows = some_customers(session, customers_)
    with_history(session, rows, NOW - timedelta(days=50))
    group = an_activity_for(session, a_study(session), reply_days=reply_days)
    loyal = customers.loyalties(session, POLICY)
    pool = recruiting.candidates(session, group, loyal, now=NOW)
    mixture = lottery.solve(pool, QUOTAS, 8)
    draws.announce(session, OWNER, group, nonce="17", now=NOW)
    row = draws.draw_seats(session, OWNER, group, mixture, pool, policy=POLICY, now=NOW)
    session.flush()
    return Drawn(group, row, participants.of_activity(session, group.id or 0))
