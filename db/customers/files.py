"""A studio's files from their bytes to the rows they come to, or a preview of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from casework import roles
from casework.customers import Customer, Interaction
from casework.imports import (
    Columns,
    DateOrder,
    ImportKind,
    Read,
    Rejected,
    fields_of,
    guess_columns,
    read_customers,
    read_interactions,
    read_panel,
)
from casework.panel import PanelEntry
from casework.roles import Act, Actor
from casework.tabular import read_sheet
from db.customers.imports import Imported, import_customers, import_interactions
from db.customers.panel_file import import_panel
from db.customers.rows import CustomerRow

AnyRead = Read[Customer] | Read[Interaction] | Read[PanelEntry]


@dataclass(frozen=True)
class ImportReport:
    """A file taken over: what was stored, what was set aside and what was assumed in reading it."""

    kind: ImportKind
    name: str
    imported: Imported
    read: AnyRead

    @property
    def set_aside(self) -> tuple[Rejected, ...]:
        """The rows that were not taken."""
        return self.read.set_aside

    @property
    def sentence(self) -> str:
        """The outcome in one line."""
        done = self.imported
        return (
            f"{done.added:,} added, {done.updated:,} updated, {done.unchanged:,} already there, "
            f"{len(self.set_aside):,} set aside."
        )


def read_file(
    session: Session,
    actor: Actor,
    kind: ImportKind,
    content: bytes,
    *,
    now: datetime,
    columns: Columns | None = None,
    order: DateOrder = DateOrder.AUTO,
) -> AnyRead:
    """A file as an import would take it, nothing being stored; columns not given are guessed.

    Raises:
        Invalid: when the file is no table or lacks a required column.
    """
    roles.require(actor, Act.IMPORT_CUSTOMERS)
    sheet = read_sheet(content)
    chosen = guess_columns(sheet.header, fields_of(kind)) if columns is None else columns
    if kind is ImportKind.CUSTOMERS:
        return read_customers(sheet, chosen)
    if kind is ImportKind.PANEL:
        return read_panel(sheet, chosen, now=now, order=order)
    known = frozenset(session.exec(select(CustomerRow.ref)))
    return read_interactions(sheet, chosen, now=now, order=order, known=known)


def import_file(
    session: Session,
    actor: Actor,
    kind: ImportKind,
    name: str,
    content: bytes,
    *,
    now: datetime,
    columns: Columns | None = None,
    order: DateOrder = DateOrder.AUTO,
    progress: Callable[[int], None] = lambda _: None,
) -> ImportReport:
    """Store every usable row of a file; importing it again adds nothing twice.

    `progress` hears of each of two stages: the file is read, its rows are stored.

    Raises:
        Invalid: when the file is no table or lacks a required column.
    """
    read = read_file(session, actor, kind, content, now=now, columns=columns, order=order)
    progress(1)
    imported = _import_read(session, actor, kind, read, now)
    progress(1)
    return ImportReport(kind=kind, name=name, imported=imported, read=read)


def _import_read(
    session: Session, actor: Actor, kind: ImportKind, read: AnyRead, now: datetime
) -> Imported:
    if kind is ImportKind.PANEL:
        people = [row for row in read.accepted if isinstance(row, PanelEntry)]
        return Imported(*import_panel(session, actor, people, now=now))
    if kind is ImportKind.INTERACTIONS:
        interactions = [row for row in read.accepted if isinstance(row, Interaction)]
        return import_interactions(session, actor, interactions, now=now)
    customers = [row for row in read.accepted if isinstance(row, Customer)]
    return import_customers(session, actor, customers, now=now)
