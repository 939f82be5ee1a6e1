"""Taking over a panel file: people who are known are found by id or address, nobody comes twice."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlmodel import Session, col

from casework import roles
from casework.customers import Attribute, Customer
from casework.panel import LONGEST_NOTE, MOST_INTERESTS, CameBy, PanelEntry, Panelist
from casework.roles import Act, Actor
from db import audit, panelists
from db.customers.rows import CustomerRow
from db.table import change

DEFAULT_SOURCE = "the panel file"


def import_panel(
    session: Session, actor: Actor, entries: Iterable[PanelEntry], *, now: datetime
) -> tuple[int, int, int]:
    """Add people and complete those we have; how many were added, updated, unchanged.

    Whoever is new may be written to only by a recorded consent; whoever asked to be left alone
    stays so, whatever the file says.
    """
    roles.require(actor, Act.IMPORT_CUSTOMERS)
    known = _Known(session)
    counted = [0, 0, 0]
    for entry in entries:
        counted[_take(session, known, entry)] += 1
    added, updated, unchanged = counted
    detail = f"{added} added, {updated} updated, {unchanged} unchanged"
    audit.record(session, actor, "import panel", "panel", now=now, detail=detail)
    return added, updated, unchanged


class _Known:
    """Customers by id and by address in small letters, the first of several; and their entries."""

    def __init__(self, session: Session) -> None:
        self.by_ref: dict[str, int] = {}
        self.by_email: dict[str, int] = {}
        self.kept = panelists.all_of(session)
        email = sa.func.lower(CustomerRow.email)
        query = sa.select(col(CustomerRow.id), col(CustomerRow.ref), email)
        for number, ref, address in session.execute(query.order_by(col(CustomerRow.id))):
            self.add(number, ref, address)

    def add(self, number: int, ref: str, email: str | None) -> None:
        self.by_ref[ref] = number
        if email:
            self.by_email.setdefault(email, number)

    def find(self, entry: PanelEntry) -> int | None:
        """The customer a row is about."""
        by_ref = self.by_ref.get(entry.customer_ref) if entry.customer_ref else None
        return by_ref or self.by_email.get(entry.email)


def _take(session: Session, known: _Known, entry: PanelEntry) -> int:
    """Store one row: 0 added, 1 updated, 2 unchanged."""
    number = known.find(entry)
    if number is None:
        row = _add(session, entry)
        known.add(row.id or 0, row.ref, entry.email)
        panelists.put(session, row.id or 0, _told(entry, Panelist()))
        return 0
    customer = session.get_one(CustomerRow, number)
    changed = _update(session, customer, entry)
    before = known.kept.get(number)
    kept = before or Panelist()
    changed |= panelists.put(session, number, _told(entry, kept))
    return 1 if changed else 2


def _add(session: Session, entry: PanelEntry) -> CustomerRow:
    ref = entry.customer_ref or f"panel-{sha256(entry.email.encode()).hexdigest()[:16]}"
    draft = Customer(
        ref=ref,
        name=entry.name or entry.email[:200],
        email=entry.email,
        may_contact=entry.consented_at is not None,
        **_attributes(entry),
    )
    row = CustomerRow.model_validate(draft)
    session.add(row)
    session.flush()
    return row


def _attributes(entry: PanelEntry) -> dict[str, str]:
    told = {each.value: getattr(entry, each.value) for each in Attribute}
    return {name: value for name, value in told.items() if value is not None}


def _update(session: Session, row: CustomerRow, entry: PanelEntry) -> bool:
    told: dict[str, object] = {**_attributes(entry)}
    if entry.may_contact is not None and row.opted_out_at is None:
        told["may_contact"] = entry.may_contact
    if row.email is None:
        told["email"] = entry.email
    differing = {name: value for name, value in told.items() if getattr(row, name) != value}
    if differing:
        change(row, **differing)
        session.add(row)
    return bool(differing)


def _told(entry: PanelEntry, kept: Panelist) -> dict[str, object]:
    """What the row adds to an entry: nothing an owner wrote is lost."""
    interests = sorted({*kept.interests, *entry.interests})[:MOST_INTERESTS]
    told: dict[str, object] = {"interests": tuple(interests), "note": _both(kept.note, entry.note)}
    if kept.came_by is CameBy.HAND:
        told["came_by"] = CameBy.FILE
    if entry.consented_at is not None:
        source = entry.consent_source or DEFAULT_SOURCE
        told |= {"consented_at": entry.consented_at, "consent_source": source}
    elif entry.may_contact is False:
        told |= {"consented_at": None, "consent_source": ""}
    return told


def _both(kept: str, told: str) -> str:
    """Both notes, the older first; the one we have where both are too long or say the same."""
    if told in kept:
        return kept
    both = f"{kept}\n\n{told}".strip()
    return both if len(both) <= LONGEST_NOTE else kept
