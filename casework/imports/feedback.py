"""A file of feedback, read row by row: a survey's answers, or reviews from a store."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from casework.errors import Invalid
from casework.feedback import Answer
from casework.imports import dates
from casework.imports.columns import Columns, require_columns
from casework.imports.dates import DateOrder, DateStyle
from casework.imports.fields import LABELS, FeedbackField
from casework.imports.read import Read, read_rows
from casework.imports.yes_no import NOT_TOLD, read_yes_or_no
from casework.outside import FeedbackEntry, Store
from casework.tabular import Sheet

_F = FeedbackField
_MARK = re.compile(
    r"^(\d+)(?:[.,]0+)?(?:\s*(?:/|of|out of)\s*(\d+))?(?:\s*stars?)?$", re.IGNORECASE
)
_DRAWN_STARS = re.compile(r"^([★⭐]+)\ufe0f?☆*$")
_SCALES = {_F.CSAT: (1, 5), _F.RECOMMEND: (0, 10), _F.EFFORT: (1, 7)}
_MOST_DIGITS = 3
_LONGEST, _LONGEST_REVIEW = 5_000, 10_000
_LONGEST_ID = 180
_REVIEW_ID = re.compile(r"[?&]reviewId=([^&#\s]+)", re.IGNORECASE)

_WHO_AND_WHAT = (_F.AUTHOR, _F.AUTHOR_EMAIL, _F.WRITTEN_AT, _F.TITLE, _F.TEXT)
_WHO = 3
_STORES = frozenset({Store.GOOGLE_PLAY, Store.APP_STORE, Store.STEAM})

_Cell = Callable[[FeedbackField], str]


def read_feedback(
    sheet: Sheet,
    columns: Columns,
    *,
    now: datetime,
    order: DateOrder = DateOrder.AUTO,
    author_of: Callable[[FeedbackEntry], int | None] = lambda _: None,
    store: Store = Store.FILE,
) -> Read[FeedbackEntry]:
    """The feedback of a file; a row that says nothing or marks outside a scale is set aside.

    `author_of` tells whose answer a row is, None for an outside voice; a row it refuses with
    Invalid is set aside too. `store` is where the file was exported.

    Raises:
        Invalid: when no column holds anything that people say.
    """
    require_columns(sheet.header, columns, tuple(FeedbackField))
    places = {name: sheet.header.index(column) for name, column in columns.items()}
    dated = _F.WRITTEN_AT in places
    days = dates.style_of(sheet.column(places[_F.WRITTEN_AT]) if dated else (), order)
    reader = _Reader(days, now, store)

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
    store: Store

    def read(self, cell: _Cell, cells: tuple[str, ...]) -> FeedbackEntry:
        review = self._review(cell)
        answer = _marks(cell) if self._is_public else _answer(cell)
        recommended = _ticked(cell, _F.RECOMMENDED)
        if answer.is_empty and not review and recommended is None:
            raise Invalid("The row says nothing: no words, no marks, nothing ticked.")
        own_id = _own_id(cell(_F.REF), self.store)
        written = cell(_F.WRITTEN_AT)
        entry = FeedbackEntry(
            ref=own_id or self._fingerprint(cell, cells),
            has_own_id=bool(own_id),
            store=self.store,
            author=cell(_F.AUTHOR),
            author_email=cell(_F.AUTHOR_EMAIL),
            written_at=dates.read_moment(written, self.days, self.now) if written else None,
            build=cell(_F.BUILD) or cell(_F.BUILD_CODE),
            answer=answer,
            review=review,
            recommended=recommended,
            device=cell(_F.DEVICE),
            playtime_minutes=_minutes(cell(_F.PLAYTIME)),
            speaker=cell(_F.SPEAKER),
            spoken_at=cell(_F.SPOKEN_AT),
        )
        return entry.with_language(cell(_F.LANGUAGE))

    @property
    def _is_public(self) -> bool:
        return self.store is not Store.FILE

    def _fingerprint(self, cell: _Cell, cells: tuple[str, ...]) -> str:
        """SHA-256 of author, words and date; of the whole row where these do not tell it apart.

        The same review gets it in every file, whichever other columns an export has.
        """
        told = tuple(map(cell, _WHO_AND_WHAT))
        telling = any(told[:_WHO]) and any(told[_WHO:])
        if self.store in _STORES:
            told = (*told, *map(cell, (_F.CSAT, _F.DEVICE)))
        elif not telling:
            told = cells
        return hashlib.sha256("\x1f".join(told).encode(errors="replace")).hexdigest()

    def _review(self, cell: _Cell) -> str:
        """What a public review says; elsewhere the words are an answer's."""
        return _titled(cell, _LONGEST_REVIEW) if self._is_public else ""


def _marks(cell: _Cell) -> Answer:
    return Answer(csat=_mark(cell(_F.CSAT), _F.CSAT))


def _answer(cell: _Cell) -> Answer:
    return Answer(
        csat=_mark(cell(_F.CSAT), _F.CSAT),
        change_first=_titled(cell, _LONGEST),
        crashed=_ticked(cell, _F.CRASHED),
        offended=_ticked(cell, _F.OFFENDED),
        offended_by=_words(cell(_F.OFFENDED_BY)),
        recommend=_mark(cell(_F.RECOMMEND), _F.RECOMMEND),
        effort=_mark(cell(_F.EFFORT), _F.EFFORT),
        keep_playing=_ticked(cell, _F.KEEP_PLAYING),
    )


def _titled(cell: _Cell, longest: int) -> str:
    """Title and text as one; a title that only repeats how the text begins is left out."""
    title, text = _words(cell(_F.TITLE)), _words(cell(_F.TEXT), longest)
    if not title or text.startswith(title.rstrip("….")):
        return text
    return _words(f"{title}\n{text}".strip(), longest)


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


def _words(text: str, longest: int = _LONGEST) -> str:
    if len(text) > longest:
        raise Invalid(f"The text is longer than {longest:,} characters.")
    return "" if text.casefold() in NOT_TOLD else text


def _minutes(text: str) -> int | None:
    """Minutes played, whole ones; None where nothing is told. Raises: Invalid."""
    if text.casefold() in NOT_TOLD:
        return None
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        raise Invalid(f"“{text[:40]}” is no number of minutes played.") from None


def _own_id(text: str, store: Store) -> str:
    """The id that the source gave, marked with the store, so that two stores never collide."""
    if store is Store.FILE:
        return text
    linked = _REVIEW_ID.search(text)
    found = unquote(linked[1]) if linked else text
    usable = found and len(found) <= _LONGEST_ID and (linked or "://" not in found)
    return f"{store.value}:{found}" if usable else ""
