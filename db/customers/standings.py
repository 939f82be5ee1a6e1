"""Everybody's loyalty, ranked anew from the history."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from sqlmodel import Session, col, func, select

from casework import loyalty
from casework.loyalty import History, Loyalties, Loyalty, LoyaltyPolicy
from db.customers.rows import CustomerRow, InteractionRow

_NO_HISTORY = (-np.inf, 0.0, 0.0)


class Standings(Mapping[int, Loyalty]):
    """Everybody's loyalty by customer id; the sentence is made only for who is looked at."""

    def __init__(self, ids: Sequence[int], ranked: Loyalties) -> None:
        self.ranked = ranked
        self._places = {customer_id: place for place, customer_id in enumerate(ids)}

    def __getitem__(self, customer_id: int) -> Loyalty:
        return self.ranked.of(self._places[customer_id])

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def is_loyal(self, customer_id: int) -> bool:
        """Whether the policy makes this customer loyal."""
        return bool(self.ranked.loyal[self._places[customer_id]])

    def score(self, customer_id: int) -> float:
        """This customer's score in (0, 1)."""
        return float(self.ranked.score[self._places[customer_id]])


def loyalties(session: Session, policy: LoyaltyPolicy) -> Standings:
    """The loyalty of every customer by their id, from the history as it is now."""
    ids = [row_id for row_id in session.exec(select(CustomerRow.id)) if row_id is not None]
    done = done_by_customer(session, policy)
    table = np.array([done.get(row_id, _NO_HISTORY) for row_id in ids]).reshape(-1, 3)
    history = History(last_at=table[:, 0], frequency=table[:, 1], spend=table[:, 2])
    return Standings(ids, loyalty.score(policy, history))


def done_by_customer(
    session: Session, policy: LoyaltyPolicy
) -> dict[int, tuple[float, float, float]]:
    """Last second, times and cents of everybody who did something in the policy's window."""
    query = (
        select(
            InteractionRow.customer_id,
            func.max(InteractionRow.at),
            func.count(col(InteractionRow.id)),
            func.sum(InteractionRow.spend_cents),
        )
        .where(InteractionRow.at <= policy.as_of)
        .group_by(col(InteractionRow.customer_id))
    )
    if policy.since is not None:
        query = query.where(InteractionRow.at > policy.since)
    return {
        customer_id: (last_at.timestamp(), float(times), float(cents))
        for customer_id, last_at, times, cents in session.exec(query)
    }
