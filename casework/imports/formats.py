"""Which program exported a file of feedback, told from what is in it and never from its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from casework.errors import Invalid
from casework.imports import stores, transcripts
from casework.imports.columns import Columns
from casework.imports.fields import FeedbackField
from casework.outside import Store
from casework.tabular import Sheet, read_sheet
from casework.tabular.documents import is_json, is_lines, is_list
from casework.tabular.letters import decode
from casework.tabular.reading import is_workbook, require_readable


class FeedbackFormat(StrEnum):
    """What a file of feedback was exported from; `auto` looks into it."""

    AUTO = "auto"
    GOOGLE_PLAY = "google-play"
    APP_STORE = "app-store"
    STEAM = "steam"
    CSV = "csv"
    TRANSCRIPT = "transcript"

    @property
    def label(self) -> str:
        """As shown to people."""
        return {
            "auto": "Look into the file",
            "google-play": "Google Play reviews",
            "app-store": "App Store reviews",
            "steam": "Steam reviews",
            "csv": "Any table",
        }.get(self.value, "Meeting transcript")


@dataclass(frozen=True)
class Export:
    """A file of feedback, opened.

    `columns` are those the format fixes; None where a person confirms the guess. `said` is what
    was recognised, and by what, in one sentence.
    """

    format: FeedbackFormat
    store: Store
    sheet: Sheet
    columns: Columns | None
    said: str


_SIGNS: Mapping[FeedbackFormat, str] = MappingProxyType(
    {
        FeedbackFormat.GOOGLE_PLAY: "the columns “Star Rating”, “Review Text” and others",
        FeedbackFormat.APP_STORE: "a list “data” of reviews with “attributes”",
        FeedbackFormat.STEAM: "a list “reviews” with “recommendationid” and “voted_up”",
        FeedbackFormat.TRANSCRIPT: "times of WebVTT or SRT, or lines of “Name: text”",
    }
)
_SPOKEN: Columns = MappingProxyType(
    {
        FeedbackField.SPOKEN_AT: "Time",
        FeedbackField.SPEAKER: "Speaker",
        FeedbackField.TEXT: "Text",
    }
)


class _Given(NamedTuple):
    """A file as it came, and as text where it is no workbook."""

    content: bytes
    text: str


def open_feedback(content: bytes, wanted: FeedbackFormat = FeedbackFormat.AUTO) -> Export:
    """A file of feedback and what it is.

    Raises:
        Invalid: when it cannot be read, or is not of the format that is wanted.
    """
    require_readable(content)
    given = _Given(content, "" if is_workbook(content) else decode(content))
    if wanted is FeedbackFormat.CSV:
        return _table(given, chosen=True)
    if wanted is FeedbackFormat.AUTO:
        found = next(filter(None, (_open(given) for _open in _OPENERS.values())), None)
        return found or _table(given, chosen=False)
    asked = _OPENERS[wanted](given)
    if asked is None:
        raise Invalid(
            f"This file does not look like “{wanted.label}”: {_SIGNS[wanted]} are missing. "
            "Choose another format, or let the file be looked into."
        )
    return asked


def _table(given: _Given, *, chosen: bool) -> Export:
    text = given.text
    if is_json(text) and not (is_lines(text) or is_list(text)):
        raise Invalid(
            "This JSON is neither an App Store nor a Steam export, or breaks off before its first "
            "review is complete. Export it again, or save it as JSON Lines, one object a line."
        )
    said = (
        "Read as a table, as you chose."
        if chosen
        else "Read as a table: it has no signs of a store."
    )
    return Export(FeedbackFormat.CSV, Store.FILE, read_sheet(given.content), None, said)


def _google_play(given: _Given) -> Export | None:
    sheet = None if is_json(given.text) else _sheet(given.content)
    if sheet is None or not set(stores.PLAY_SIGNS) <= set(sheet.header):
        return None
    said = "Recognised as Google Play reviews by the columns “Star Rating” and “Review Text”."
    columns = stores.columns_of(stores.PLAY, sheet.header)
    return Export(FeedbackFormat.GOOGLE_PLAY, Store.GOOGLE_PLAY, sheet, columns, said)


def _sheet(content: bytes) -> Sheet | None:
    try:
        return read_sheet(content)
    except Invalid:
        return None


def _app_store(given: _Given) -> Export | None:
    found = stores.listed(given.text, "data", stores.APP_STORE, stores.APP_STORE_SIGNS)
    if found is None:
        return None
    said = "Recognised as App Store reviews by the list “data” with “attributes”."
    return Export(FeedbackFormat.APP_STORE, Store.APP_STORE, *found, said)


def _steam(given: _Given) -> Export | None:
    found = stores.listed(given.text, "reviews", stores.STEAM, stores.STEAM_SIGNS)
    if found is None:
        return None
    said = "Recognised as Steam reviews by the list “reviews” with “recommendationid”."
    return Export(FeedbackFormat.STEAM, Store.STEAM, *found, said)


def _transcript(given: _Given) -> Export | None:
    if not transcripts.is_transcript(given.text):
        return None
    said = "Recognised as the transcript of a meeting by its times or the names before colons."
    sheet = transcripts.sheet_of(given.text)
    return Export(FeedbackFormat.TRANSCRIPT, Store.MEETING, sheet, _SPOKEN, said)


_OPENERS: Mapping[FeedbackFormat, Callable[[_Given], Export | None]] = MappingProxyType(
    {
        FeedbackFormat.APP_STORE: _app_store,
        FeedbackFormat.STEAM: _steam,
        FeedbackFormat.GOOGLE_PLAY: _google_play,
        FeedbackFormat.TRANSCRIPT: _transcript,
    }
)
