"""A file of people who may be asked, read row by row."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.customers import UNKNOWN
from casework.errors import Invalid
from casework.imports.columns import Columns, require_columns
from casework.imports.customers import (
    read_age_band,
    read_email,
    read_platform,
    read_region,
    read_told,
)
from casework.imports.dates import DateOrder, DateStyle, read_moment, style_of
from casework.imports.fields import PanelField
from casework.imports.read import Read, read_rows
from casework.imports.yes_no import NOT_TOLD, read_yes_or_no
from casework.panel import PanelEntry, interests_of
from casework.tabular import Sheet

_P = PanelField
_Cell = Callable[[PanelField], str]
NO_CONSENT = (
    "No column says on which day people agreed to be contacted: whoever is new comes into the "
    "panel and cannot be written to."
)
_READERS: Mapping[PanelField, tuple[str, Callable[[str], str]]] = {
    _P.SEGMENT: ("segment", read_told),
    _P.PLATFORM: ("platform", read_platform),
    _P.REGION: ("region", read_region),
    _P.AGE_BAND: ("age_band", read_age_band),
}


def read_panel(
    sheet: Sheet, columns: Columns, *, now: datetime, order: DateOrder = DateOrder.AUTO
) -> Read[PanelEntry]:
    """The people of a file; a row without an address, with a false one or twice is set aside.

    A yes to being contacted counts only with the day it was given.

    Raises:
        Invalid: when no column holds the address.
    """
    require_columns(sheet.header, columns, tuple(PanelField))
    places = {field: sheet.header.index(name) for field, name in columns.items()}
    style = _style(sheet, places.get(_P.CONSENT_AT), order)

    def read_row(cells: tuple[str, ...]) -> PanelEntry:
        return _entry(lambda field: cells[places[field]] if field in places else "", style, now)

    read = read_rows(sheet, read_row)
    return Read(
        read.header,
        read.accepted,
        read.lines,
        read.set_aside,
        notes=_notes(columns, read.accepted, style),
        order_matters=style.ambiguous,
    )


def _style(sheet: Sheet, place: int | None, order: DateOrder) -> DateStyle:
    rows = (row.cells for row in sheet.rows())
    dates = [] if place is None else [cells[place] for cells in rows if place < len(cells)]
    return style_of(dates, order)


def _notes(columns: Columns, people: tuple[PanelEntry, ...], style: DateStyle) -> tuple[str, ...]:
    notes = [style.note] if style.note else []
    if _P.CONSENT_AT not in columns:
        return (*notes, NO_CONSENT)
    without = sum(one.consented_at is None for one in people)
    if without:
        notes.append(
            f"For {without:,} of {len(people):,} people no consent with a date is recorded: "
            "whoever of them is new cannot be written to."
        )
    return tuple(notes)


def _entry(cell: _Cell, style: DateStyle, now: datetime) -> PanelEntry:
    email = read_email(cell(_P.EMAIL))
    if email is None:
        raise Invalid("The e-mail address is empty.")
    said = read_yes_or_no(cell(_P.CONSENT), "agreed to be contacted")
    day = cell(_P.CONSENT_AT)
    dated = said is not False and day.casefold() not in NOT_TOLD
    told: dict[str, object] = {
        "email": email,
        "name": cell(_P.NAME) or None,
        "customer_ref": cell(_P.REF) or None,
        "interests": interests_of(cell(_P.INTERESTS)),
        "note": cell(_P.NOTE),
        "may_contact": False if said is False else (True if dated else None),
        "consented_at": read_moment(day, style, now) if dated else None,
        "consent_source": cell(_P.CONSENT_SOURCE) if dated else "",
    }
    return PanelEntry.model_validate(told | _attributes(cell))


def _attributes(cell: _Cell) -> dict[str, str | None]:
    found = {name: read(cell(field)) for field, (name, read) in _READERS.items()}
    return {name: None if value == UNKNOWN else value for name, value in found.items()}
