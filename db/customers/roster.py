"""Who the customers are, looked through by page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import Session, col, func, select

from casework import roles
from casework.customers import Attribute
from casework.errors import NotFound
from casework.loyalty import Loyalty
from casework.panel import CameBy, Panelist
from casework.record import Record
from casework.reliability import Reliability
from casework.roles import Act, Actor
from db import panelists
from db.customers.rows import CustomerRow
from db.customers.standings import Standings

_ATTRIBUTES = {
    Attribute.SEGMENT: col(CustomerRow.segment),
    Attribute.PLATFORM: col(CustomerRow.platform),
    Attribute.REGION: col(CustomerRow.region),
    Attribute.AGE_BAND: col(CustomerRow.age_band),
}


class RosterOrder(StrEnum):
    """What a roster is sorted by."""

    LOYALTY = "loyalty"
    NAME = "name"
    RELIABILITY = "reliability"

    @property
    def label(self) -> str:
        """As shown to people."""
        return {
            RosterOrder.LOYALTY: "Most loyal first",
            RosterOrder.NAME: "Name",
            RosterOrder.RELIABILITY: "Most reliable first",
        }[self]


class RosterSearch(Record):
    """Which customers to show: `text` is looked for in name, e-mail and id, any case.

    `values` lists, per attribute, the values wanted; an attribute without any is not filtered by,
    as are interests and ways of coming into the panel.
    """

    text: str = ""
    values: Mapping[Attribute, tuple[str, ...]] = Field(default_factory=dict)
    loyal_only: bool = False
    reachable_only: bool = False
    interests: tuple[str, ...] = ()
    came_by: tuple[CameBy, ...] = ()
    order: RosterOrder = RosterOrder.LOYALTY


@dataclass(frozen=True)
class RosterEntry:
    """One customer with their loyalty; `reliability` is None for who was never invited."""

    customer: CustomerRow
    loyalty: Loyalty
    reliability: Reliability | None = None
    panel: Panelist = field(default_factory=Panelist)


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


def roster(
    session: Session,
    actor: Actor,
    standings: Standings,
    *,
    search: RosterSearch | None = None,
    reliability: Mapping[int, Reliability] | None = None,
    page: int = 1,
    page_size: int = 25,
) -> RosterPage:
    """One page of the customers a search finds, with their loyalty."""
    roles.require(actor, Act.SEE_CUSTOMERS)
    wanted = search or RosterSearch()
    known = reliability or {}
    ids = _found(session, wanted, standings, known)
    pages = max(-(-len(ids) // page_size), 1)
    here = min(max(page, 1), pages)
    shown = ids[(here - 1) * page_size : here * page_size]
    rows = session.exec(select(CustomerRow).where(col(CustomerRow.id).in_(shown)))
    by_id = {row.id: row for row in rows}
    kept = panelists.all_of(session, shown)
    entries = tuple(
        RosterEntry(by_id[one], standings[one], known.get(one), kept.get(one, Panelist()))
        for one in shown
    )
    return RosterPage(entries=entries, found=len(ids), page=here, pages=pages)


def _found(
    session: Session,
    search: RosterSearch,
    standings: Standings,
    known: Mapping[int, Reliability],
) -> list[int]:
    query = select(CustomerRow.id).where(*_conditions(search))
    by_name = query.order_by(func.lower(CustomerRow.name), col(CustomerRow.id))
    ids = [row_id for row_id in session.exec(by_name) if row_id is not None]
    if search.loyal_only:
        ids = [row_id for row_id in ids if standings.is_loyal(row_id)]
    ids = _in_panel(session, search, ids)
    if search.order is RosterOrder.LOYALTY:
        ids.sort(key=standings.score, reverse=True)
    if search.order is RosterOrder.RELIABILITY:
        ids.sort(key=lambda one: _how_reliable(known.get(one)), reverse=True)
    return ids


def _in_panel(session: Session, search: RosterSearch, ids: list[int]) -> list[int]:
    """Those with one of the interests wanted and one of the ways of coming, in their order."""
    if not (search.interests or search.came_by):
        return ids
    wanted = {
        one.customer_id
        for one in panelists.all_of(session).values()
        if (not search.interests or set(search.interests) & set(one.interests))
        and (not search.came_by or one.came_by in search.came_by)
    }
    return [one for one in ids if one in wanted]


def _how_reliable(known: Reliability | None) -> tuple[bool, float]:
    """Whose share can be named comes first, whoever is new after them."""
    return (False, 0.0) if known is None else (not known.is_new, known.share)


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
