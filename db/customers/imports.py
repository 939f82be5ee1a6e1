"""Taking over a studio's files: everything usable is stored once, the rest is handed back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from casework import roles
from casework.customers import Customer, Interaction
from casework.errors import Invalid
from casework.imports import ImportKind
from casework.roles import Act, Actor
from db import audit
from db.customers.rows import CustomerRow, InteractionRow
from db.table import change

_BATCH = 5_000
"""Refs asked for at once; SQLite takes at most 32,766 parameters."""

T = TypeVar("T")


class _Draft(NamedTuple):
    """A row to be: all its values, and those that may replace a stored row's."""

    whole: Mapping[str, object]
    told: Mapping[str, object]


@dataclass(frozen=True)
class Imported:
    """What an import did. `unknown` are interactions of customers we do not have; not stored."""

    added: int
    updated: int
    unchanged: int
    unknown: tuple[Interaction, ...] = ()


def import_customers(
    session: Session, actor: Actor, customers: Iterable[Customer], *, now: datetime
) -> Imported:
    """Add customers, and update those whose ref we have with what the record states.

    A field that was never given to the record keeps its stored value, so that a file without
    addresses does not erase any. Of records with the same ref the last counts.
    """
    roles.require(actor, Act.IMPORT_CUSTOMERS)
    drafts = {customer.ref: _customer_draft(customer) for customer in customers}
    imported = _store(session, CustomerRow, drafts)
    _note(session, actor, ImportKind.CUSTOMERS, imported, now)
    return imported


def import_interactions(
    session: Session, actor: Actor, interactions: Iterable[Interaction], *, now: datetime
) -> Imported:
    """Add purchases and sessions of customers we have; those of anybody else are handed back."""
    roles.require(actor, Act.IMPORT_CUSTOMERS)
    given = list(interactions)
    ids = _ids_of(session, {row.customer_ref for row in given})
    drafts = {
        row.ref: _interaction_draft(row, ids[row.customer_ref])
        for row in given
        if row.customer_ref in ids
    }
    stored = _store(session, InteractionRow, drafts)
    unknown = tuple(row for row in given if row.customer_ref not in ids)
    imported = Imported(stored.added, stored.updated, stored.unchanged, unknown)
    _note(session, actor, ImportKind.INTERACTIONS, imported, now)
    return imported


def _customer_draft(customer: Customer) -> _Draft:
    whole = dict(customer)
    told = {name: whole[name] for name in customer.model_fields_set}
    if customer.name == customer.ref:  # no name was told, the ref stands in for it
        del told["name"]
    return _Draft(whole, told)


def _interaction_draft(interaction: Interaction, customer_id: int) -> _Draft:
    whole = {**dict(interaction), "customer_id": customer_id}
    return _Draft(whole, whole)


def _ids_of(session: Session, refs: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in _batches(sorted(refs)):
        query = select(CustomerRow.ref, CustomerRow.id).where(col(CustomerRow.ref).in_(batch))
        found |= {ref: row_id for ref, row_id in session.exec(query) if row_id is not None}
    return found


def _store(
    session: Session,
    table: type[CustomerRow] | type[InteractionRow],
    drafts: Mapping[str, _Draft],
) -> Imported:
    new: list[Mapping[str, object]] = []
    updated = 0
    for refs in _batches(list(drafts)):
        present = {row.ref: row for row in _present(session, table, refs)}
        new += [drafts[ref].whole for ref in refs if ref not in present]
        updated += sum(_update(row, drafts[ref].told) for ref, row in present.items())
    _insert(session, table, new)
    return Imported(len(new), updated, len(drafts) - len(new) - updated)


def _present(
    session: Session, table: type[CustomerRow] | type[InteractionRow], refs: Sequence[str]
) -> list[CustomerRow | InteractionRow]:
    if issubclass(table, CustomerRow):
        customers = session.exec(select(CustomerRow).where(col(CustomerRow.ref).in_(refs)))
        return [*customers]
    interactions = session.exec(select(InteractionRow).where(col(InteractionRow.ref).in_(refs)))
    return [*interactions]


def _update(row: CustomerRow | InteractionRow, told: Mapping[str, object]) -> bool:
    differing = {name: value for name, value in told.items() if getattr(row, name) != value}
    if differing:
        change(row, **differing)
    return bool(differing)


def _insert(
    session: Session,
    table: type[CustomerRow] | type[InteractionRow],
    rows: Sequence[Mapping[str, object]],
) -> None:
    try:
        for batch in _batches(rows):
            session.exec(sa.insert(table), params=batch)
        session.flush()
    except IntegrityError:
        raise Invalid(
            "Somebody else imported some of these rows at the same moment. Import the file again: "
            "nothing is stored twice."
        ) from None


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))


def _note(
    session: Session, actor: Actor, kind: ImportKind, imported: Imported, now: datetime
) -> None:
    detail = f"{imported.added} added, {imported.updated} updated, {imported.unchanged} unchanged"
    audit.record(session, actor, f"import {kind.value}", kind.value, now=now, detail=detail)
