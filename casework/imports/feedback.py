"""A file of feedback, read row by row: a survey's answers, or reviews from a store."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from casework.errors import Invalid
from casework.feedback import Answer
from casework.imports import dates
from casework.imports.columns import Columns, require_columns
from casework.imports.dates import DateOrder, DateStyle
from casework.imports.fields import LABELS, FeedbackField
from casework.imports.read import Read, read_rows
from casework.imports.yes_no import NOT_TOLD, read_yes_or_no
from casework.outside import FeedbackEntry
from casework.tabular import Sheet

_F = FeedbackField
_MARK = re.compile(
    r"^(\d+)(?:[.,]0+)?(?:\s*(?:/|of|out of)\s*(\d+))?(?:\s*stars?)?$", re.IGNORECASE
)
_DRAWN_STARS = re.compile(r"^([★⭐]+)\ufe0f?☆*$")
_SCALES = {_F.CSAT: (1, 5), _F.RECOMMEND: (0, 10), _F.EFFORT: (1, 7)}
_MOST_DIGITS = 3
_LONGEST = 5_000

_Cell = Callable[[FeedbackField], str]


def read_feedback(
    sheet: Sheet,
    columns: Columns,
    *,
    now: datetime,
    order: DateOrder = DateOrder.AUTO,
    author_of: Callable[[FeedbackEntry], int | None] = lambda _: None,
) -> Read[FeedbackEntry]:
    """The feedback of a file; a row that says nothing or marks outside a scale is set aside.

    `author_of` tells whose answer a row is, None for an outside voice; a row it refuses with
    Invalid is set aside too.

    Raises:
        Invalid: when no column holds anything that people say.
    """
    require_columns(sheet.header, columns, tuple(FeedbackField))
    places = {name: sheet.header.index(column) for name, column in columns.items()}
    dated = _F.WRITTEN_AT in places
    days = dates.style_of(sheet.column(places[_F.WRITTEN_AT]) if dated else (), order)
    reader = _Reader(days, now)

    def read_row(cells: tuple[str, ...]) -> FeedbackEntry:
        entry = reader.read(lambda name: cells[places[name]] if name in places else "", cells)
        return entry.model_copy(update={"participant_id": author_of(entry)})

    found = read_rows(sheet, read_row, (days.note,) if days.note else ())
    return replace(found, order_matters=bool(days.note))


@dataclass(frozen=True)
class _Reader:
    """How one file's rows are read."""

    days: DateStyle
    now: datetime

    def read(self, cell: _Cell, cells: tuple[str, ...]) -> FeedbackEntry:
        answer = _answer(cell)
        if answer.is_empty:
            raise Invalid("The row says nothing: no words, no marks, nothing ticked.")
        written = cell(_F.WRITTEN_AT)
        own_id = cell(_F.REF)
        return FeedbackEntry(
            ref=own_id or _fingerprint(cells),
            has_own_id=bool(own_id),
            author=cell(_F.AUTHOR),
            author_email=cell(_F.AUTHOR_EMAIL),
            written_at=dates.read_moment(written, self.days, self.now) if written else None,
            build=cell(_F.BUILD),
            answer=answer,
        )


def _answer(cell: _Cell) -> Answer:
    return Answer(
        csat=_mark(cell(_F.CSAT), _F.CSAT),
        change_first=_words(cell(_F.TEXT)),
        crashed=_ticked(cell, _F.CRASHED),
        offended=_ticked(cell, _F.OFFENDED),
        offended_by=_words(cell(_F.OFFENDED_BY)),
        recommend=_mark(cell(_F.RECOMMEND), _F.RECOMMEND),
        effort=_mark(cell(_F.EFFORT), _F.EFFORT),
        keep_playing=_ticked(cell, _F.KEEP_PLAYING),
    )


def _mark(text: str, field: FeedbackField) -> int | None:
    """A mark on its scale, written 4, 4.0, 4/5, "4 stars" or ★★★★☆. Raises: Invalid."""
    if text.casefold() in NOT_TOLD:
        return None
    least, most = _SCALES[field]
    drawn = _DRAWN_STARS.match(text)
    value = len(drawn[1]) if drawn else _number(text, most)
    if value is None or not least <= value <= most:
        raise Invalid(f"“{text[:40]}” is not a mark for “{LABELS[field]}”.")
    return value


def _number(text: str, most: int) -> int | None:
    """The whole number in a cell; one that names another scale's end is none."""
    found = _MARK.match(text)
    if not found or len(found[1]) > _MOST_DIGITS or (found[2] and found[2] != str(most)):
        return None
    return int(found[1])


def _ticked(cell: _Cell, field: FeedbackField) -> bool | None:
    return read_yes_or_no(cell(field), LABELS[field])


def _words(text: str) -> str:
    if len(text) > _LONGEST:
        raise Invalid(f"The text is longer than {_LONGEST:,} characters.")
    return "" if text.casefold() in NOT_TOLD else text


def _fingerprint(cells: tuple[str, ...]) -> str:
    """SHA-256 of all that the row says: the same row gets it in every file."""
    return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()
