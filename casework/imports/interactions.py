"""A file of dated purchases and sessions, read row by row."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as held
from datetime import datetime

from casework.customers import Interaction, InteractionKind
from casework.errors import Invalid
from casework.imports import dates, money
from casework.imports.columns import Columns, require_columns
from casework.imports.dates import DateOrder, DateStyle
from casework.imports.fields import Field, InteractionField
from casework.imports.money import MoneyStyle
from casework.imports.read import Read, read_rows
from casework.tabular import Sheet

_F = InteractionField
_PURCHASES = ("purchase", "buy", "bought", "order", "sale", "iap", "transaction", "payment", "paid")
_SESSIONS = ("session", "login", "play", "played", "visit", "launch", "open", "match", "game")
_KINDS: Mapping[str, InteractionKind] = {
    **dict.fromkeys(_PURCHASES, InteractionKind.PURCHASE),
    **dict.fromkeys(_SESSIONS, InteractionKind.SESSION),
}
_Cell = Callable[[InteractionField], str]


def read_interactions(
    sheet: Sheet,
    columns: Columns,
    *,
    now: datetime,
    order: DateOrder = DateOrder.AUTO,
    known: Collection[str] | None = None,
) -> Read[Interaction]:
    """The purchases and sessions of a file, each with a ref that the same row gets every time.

    `known` are the ids of customers there are; a row of anybody else is set aside.

    Raises:
        Invalid: when no column holds the customer's id or the date.
    """
    require_columns(sheet.header, columns, tuple(InteractionField))
    places = {name: sheet.header.index(column) for name, column in columns.items()}
    days = dates.style_of(sheet.column(places[_F.AT]), order)
    amounts = money.style_of(sheet.column(places[_F.AMOUNT]) if _F.AMOUNT in places else ())
    reader = _Reader(days, amounts, frozenset(columns), now, known)

    def read_row(cells: tuple[str, ...]) -> Interaction:
        return reader.read(lambda name: cells[places[name]] if name in places else "")

    found = read_rows(sheet, read_row, _notes(columns, days, amounts))
    return replace(found, order_matters=bool(days.note))


def _notes(columns: Columns, days: DateStyle, amounts: MoneyStyle) -> tuple[str, ...]:
    unkind = "" if _F.KIND in columns else "Rows with an amount are purchases, others sessions."
    return tuple(note for note in (days.note, amounts.note, unkind) if note)


@dataclass(frozen=True)
class _Reader:
    """How one file's rows are read; `times` counts rows that say the same."""

    days: DateStyle
    amounts: MoneyStyle
    given: frozenset[Field]
    now: datetime
    known: Collection[str] | None
    times: Counter[tuple[str, ...]] = held(default_factory=Counter)

    def read(self, cell: _Cell) -> Interaction:
        customer = self._customer(cell(_F.CUSTOMER_REF))
        at = dates.read_moment(cell(_F.AT), self.days, self.now)
        kind = self._kind(cell)
        cents = self._cents(cell, kind)
        product = cell(_F.PRODUCT)
        given = cell(_F.REF)
        said = (customer, kind.value, at.isoformat(), str(cents), product)
        return Interaction(
            ref=f"{kind.value}:{given}" if given else self._derived_ref(said),
            customer_ref=customer,
            kind=kind,
            at=at,
            spend_cents=cents,
            product=product,
        )

    def _customer(self, ref: str) -> str:
        if not ref:
            raise Invalid("The customer id is empty.")
        if self.known is not None and ref not in self.known:
            raise Invalid(f"No customer has the id “{ref[:80]}”. Import the customers first.")
        return ref

    def _kind(self, cell: _Cell) -> InteractionKind:
        if _F.KIND in self.given:
            word = cell(_F.KIND)
            found = _KINDS.get(word.casefold())
            if found is None:
                raise Invalid(f"“{word[:40]}” is neither a purchase nor a session.")
            return found
        paid = cell(_F.AMOUNT) or cell(_F.CENTS)
        return InteractionKind.PURCHASE if paid else InteractionKind.SESSION

    def _cents(self, cell: _Cell, kind: InteractionKind) -> int:
        for name in (_F.CENTS, _F.AMOUNT):
            text = cell(name)
            if name in self.given and (text or kind is InteractionKind.PURCHASE):
                whole = name is _F.CENTS
                return (
                    money.read_whole_cents(text) if whole else money.read_cents(text, self.amounts)
                )
        return 0

    def _derived_ref(self, said: tuple[str, ...]) -> str:
        """SHA-256 of what the row says and how often the file has said it so far."""
        self.times[said] += 1
        whole = "\x1f".join((*said, str(self.times[said])))
        return hashlib.sha256(whole.encode()).hexdigest()
