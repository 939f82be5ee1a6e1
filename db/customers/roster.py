"""Who the customers are and how loyal: ranked anew from the history, looked through by page."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import sqlalchemy as sa
from pydantic import Field
from sqlmodel import Session, col, func, select

from casework import loyalty, roles
from casework.customers import Attribute
from casework.errors import NotFound
from casework.loyalty import History, Loyalties, Loyalty, LoyaltyPolicy
from casework.record import Record
from casework.roles import Act, Actor
from db.customers.rows import CustomerRow, InteractionRow

_ATTRIBUTES = {
    Attribute.SEGMENT: col(CustomerRow.segment),
    Attribute.PLATFORM: col(CustomerRow.platform),
    Attribute.REGION: col(CustomerRow.region),
    Attribute.AGE_BAND: col(CustomerRow.age_band),
}
_NO_HISTORY = (-np.inf, 0.0, 0.0)


class RosterOrder(StrEnum):
    """What a roster is sorted by."""

    LOYALTY = "loyalty"
    NAME = "name"

    @property
    def label(self) -> str:
        """As shown to people."""
        return "Most loyal first" if self is RosterOrder.LOYALTY else "Name"


class RosterSearch(Record):
    """Which customers to show: `text` is looked for in name, e-mail and id, any case.

    `values` lists, per attribute, the values wanted; an attribute without any is not filtered by.
    """

    text: str = ""
    values: Mapping[Attribute, tuple[str, ...]] = Field(default_factory=dict)
    loyal_only: bool = False
    reachable_only: bool = False
    order: RosterOrder = RosterOrder.LOYALTY


@dataclass(frozen=True)
class RosterEntry:
    """One customer with their loyalty."""

    customer: CustomerRow
    loyalty: Loyalty


@dataclass(frozen=True)
class RosterPage:
    """One page of those found; `page` counts from 1 and is never beyond the last."""

    entries: tuple[RosterEntry, ...]
    found: int
    page: int
    pages: int


@dataclass(frozen=True)
class RosterTotals:
    """The whole roster in four figures."""

    customers: int
    with_history: int
    loyal: int
    reachable_loyal: int


@dataclass(frozen=True)
class GroupCount:
    """How many customers share one value of an attribute, and how many of them are loyal."""

    value: str
    customers: int
    loyal: int


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


def count(session: Session) -> int:
    """How many customers there are."""
    return session.exec(select(func.count(col(CustomerRow.id)))).one()


def get(session: Session, actor: Actor, customer_id: int) -> CustomerRow:
    """One customer. Raises: NotFound."""
    roles.require(actor, Act.SEE_CUSTOMERS)
    row = session.get(CustomerRow, customer_id)
    if row is None:
        raise NotFound("There is no such customer.")
    return row


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


def roster(
    session: Session,
    actor: Actor,
    standings: Standings,
    *,
    search: RosterSearch | None = None,
    page: int = 1,
    page_size: int = 25,
) -> RosterPage:
    """One page of the customers a search finds, with their loyalty."""
    roles.require(actor, Act.SEE_CUSTOMERS)
    wanted = search or RosterSearch()
    ids = _found(session, wanted, standings)
    pages = max(-(-len(ids) // page_size), 1)
    here = min(max(page, 1), pages)
    shown = ids[(here - 1) * page_size : here * page_size]
    rows = session.exec(select(CustomerRow).where(col(CustomerRow.id).in_(shown)))
    by_id = {row.id: row for row in rows}
    entries = tuple(RosterEntry(by_id[row_id], standings[row_id]) for row_id in shown)
    return RosterPage(entries=entries, found=len(ids), page=here, pages=pages)


def _found(session: Session, search: RosterSearch, standings: Standings) -> list[int]:
    query = select(CustomerRow.id).where(*_conditions(search))
    by_name = query.order_by(func.lower(CustomerRow.name), col(CustomerRow.id))
    ids = [row_id for row_id in session.exec(by_name) if row_id is not None]
    if search.loyal_only:
        ids = [row_id for row_id in ids if standings.is_loyal(row_id)]
    if search.order is RosterOrder.LOYALTY:
        ids.sort(key=standings.score, reverse=True)
    return ids


def _conditions(search: RosterSearch) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [
        _ATTRIBUTES[name].in_(wanted) for name, wanted in search.values.items() if wanted
    ]
    if text := search.text.strip():
        places = (CustomerRow.name, CustomerRow.email, CustomerRow.ref)
        found.append(sa.or_(*(col(place).icontains(text, autoescape=True) for place in places)))
    if search.reachable_only:
        found += _reachable()
    return found


def _reachable() -> list[sa.ColumnElement[bool]]:
    email, bounced = col(CustomerRow.email), col(CustomerRow.bounced_email)
    return [
        col(CustomerRow.may_contact).is_(True),
        col(CustomerRow.opted_out_at).is_(None),
        email.is_not(None),
        sa.or_(bounced.is_(None), bounced != email),
    ]


def totals(session: Session, actor: Actor, standings: Standings) -> RosterTotals:
    """The roster in four figures."""
    roles.require(actor, Act.SEE_CUSTOMERS)
    reachable = session.exec(select(CustomerRow.id).where(*_reachable()))
    return RosterTotals(
        customers=len(standings),
        with_history=int(standings.ranked.has_history.sum()),
        loyal=int(standings.ranked.loyal.sum()),
        reachable_loyal=sum(standings.is_loyal(row_id) for row_id in reachable if row_id),
    )


def values_of(session: Session, attribute: Attribute) -> tuple[str, ...]:
    """The values customers have of an attribute, in alphabetical order."""
    column = _ATTRIBUTES[attribute]
    return tuple(session.exec(select(column).distinct().order_by(column)))


def groups(
    session: Session, actor: Actor, standings: Standings, attribute: Attribute
) -> tuple[GroupCount, ...]:
    """Customers and loyal customers per value of an attribute, largest group first."""
    roles.require(actor, Act.SEE_CUSTOMERS)
    everybody: Counter[str] = Counter()
    loyal: Counter[str] = Counter()
    for row_id, value in session.exec(select(CustomerRow.id, _ATTRIBUTES[attribute])):
        everybody[value] += 1
        loyal[value] += row_id is not None and standings.is_loyal(row_id)
    return tuple(
        GroupCount(value=value, customers=n, loyal=loyal[value])
        for value, n in everybody.most_common()
    )
