"""Checking a loyalty policy on the history in the database."""

from datetime import UTC, datetime

import numpy as np
from sqlmodel import Session, func, select

from casework import loyalty_backtest, roles
from casework.errors import NotEnough
from casework.loyalty import History, LoyaltyPolicy
from casework.loyalty_backtest import Backtest
from casework.roles import Act, Actor
from db.customers.rows import InteractionRow
from db.customers.standings import done_by_customer


def backtest(session: Session, actor: Actor, policy: LoyaltyPolicy) -> Backtest:
    """The policy, fitted on the first half of the history and checked on the second.

    The database adds up the rows, so that a million of them need not be fetched.

    Raises:
        NotEnough: for too few customers who came back, or who did not.
    """
    roles.require(actor, Act.SEE_CUSTOMERS)
    first, last = session.exec(
        select(func.min(InteractionRow.at), func.max(InteractionRow.at)).where(
            InteractionRow.at <= policy.as_of
        )
    ).one()
    if first is None:
        raise NotEnough("There is no history yet. Import purchases or sessions first.")
    split_at = loyalty_backtest.halfway(_utc(first).timestamp(), _utc(last).timestamp())
    early = policy.model_copy(update={"as_of": split_at})
    done = done_by_customer(session, early)
    table = np.array(list(done.values())).reshape(-1, 3)
    history = History(last_at=table[:, 0], frequency=table[:, 1], spend=table[:, 2])
    later = set(
        session.exec(
            select(InteractionRow.customer_id)
            .where(InteractionRow.at > split_at, InteractionRow.at <= policy.as_of)
            .distinct()
        )
    )
    came_back = np.array([customer_id in later for customer_id in done], dtype=bool)
    return loyalty_backtest.check(early, history, came_back)


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
