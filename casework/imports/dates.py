"""Dates as programs and people write them; day or month first is decided over the whole column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from casework.errors import Invalid

_EPOCH = re.compile(r"^(\d{9,10})(?:\.\d+)?$|^(\d{12,13})$")
_PARTED = re.compile(r"^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:,?[ T]+(.+))?$")
_SPELT = ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%d-%b-%Y")
_HALF_DAYS = ("%I:%M %p", "%I:%M:%S %p")
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
_FARTHEST_ZONE = timedelta(hours=14)
_MONTHS = 12


class DateOrder(StrEnum):
    """How 03/04/2026 is meant; `auto` lets the column decide."""

    AUTO = "auto"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"

    @property
    def label(self) -> str:
        """As shown to people."""
        return {"auto": "Let the file decide", "day_first": "Day first (31/12)"}.get(
            self.value, "Month first (12/31)"
        )


@dataclass(frozen=True)
class DateStyle:
    """How the dates of one column are read, and the sentence that says so."""

    day_first: bool
    ambiguous: bool
    note: str


def style_of(values: Iterable[str], order: DateOrder = DateOrder.AUTO) -> DateStyle:
    """How to read a column: a 13 or more in first place shows days first, in second months first.

    Dotted dates (24.12.2026) have the day first and do not vote.
    """
    votes = {True: 0, False: 0, None: 0}
    for value in values:
        parted = _PARTED.match(value)
        if parted and parted[2] != ".":
            votes[_vote(int(parted[1]), int(parted[3]))] += 1
    if not sum(votes.values()):
        return DateStyle(day_first=True, ambiguous=False, note="")
    if order is not DateOrder.AUTO:
        return _style(day_first=order is DateOrder.DAY_FIRST, why="as you chose")
    if votes[True] == votes[False]:
        return _style(day_first=True, why="assumed, as no row settles it", ambiguous=True)
    return _style(day_first=votes[True] > votes[False], why="as other rows of the file show")


def _vote(first: int, second: int) -> bool | None:
    if (first > _MONTHS) == (second > _MONTHS):
        return None
    return first > _MONTHS


def _style(*, day_first: bool, why: str, ambiguous: bool = False) -> DateStyle:
    shown = "3 April" if day_first else "4 March"
    note = f"03/04/2026 is read as {shown} 2026, {why}."
    return DateStyle(day_first=day_first, ambiguous=ambiguous, note=note)


def read_moment(text: str, style: DateStyle, now: datetime) -> datetime:
    """A date or time in UTC; one without a zone counts as UTC.

    Raises:
        Invalid: when it is no date, no possible one, before 1980 or in the future.
    """
    if not text:
        raise Invalid("The date is empty.")
    found = _parse(text, style)
    # Without a zone, a clock in the easternmost zone may be 14 hours ahead and still be right.
    slack = timedelta(0) if found.tzinfo else _FARTHEST_ZONE
    at = found.replace(tzinfo=UTC) if found.tzinfo is None else _to_utc(found)
    if at > now + slack:
        raise Invalid(f"The date “{text}” is in the future.")
    if at < _EARLIEST:
        raise Invalid(f"The date “{text}” is before 1980.")
    return at


def _to_utc(found: datetime) -> datetime:
    try:
        return found.astimezone(UTC)
    except OverflowError:
        raise Invalid("The date lies outside the calendar.") from None


def _parse(text: str, style: DateStyle) -> datetime:
    try:
        return _parse_known(text, style)
    except (ValueError, OverflowError):
        raise Invalid(f"“{text[:40]}” is not a possible date.") from None


def _parse_known(text: str, style: DateStyle) -> datetime:
    if text[4:5] == "-":  # most exports write ISO 8601
        return datetime.fromisoformat(_as_iso(text) if " " in text[11:] else text)
    if epoch := _EPOCH.match(text):
        seconds = float(text) if epoch[1] else int(text) / 1000
        return datetime.fromtimestamp(seconds, UTC)
    if parted := _PARTED.match(text):
        return _from_parts(parted, style)
    try:
        return datetime.fromisoformat(_as_iso(text))
    except ValueError:
        return _spelt(text)


def _from_parts(parted: re.Match[str], style: DateStyle) -> datetime:
    first, second, year = int(parted[1]), int(parted[3]), int(parted[4])
    day_first = parted[2] == "." or style.day_first
    day, month = (first, second) if day_first else (second, first)
    century = 2000 if len(parted[4]) == len("26") else 0
    # The day is named together with its zone, if any, in the time of day.
    clock = _clock(parted[5]) if parted[5] else time()
    return datetime.combine(datetime(century + year, month, day, tzinfo=UTC).date(), clock)


def _clock(text: str) -> time:
    for half_day in _HALF_DAYS:
        try:
            return datetime.strptime(text.upper(), half_day).replace(tzinfo=UTC).time()
        except ValueError:
            continue
    return time.fromisoformat(_as_iso(text))


def _as_iso(text: str) -> str:
    """The text with the liberties that exports take with ISO 8601 undone."""
    unzoned = text.removesuffix(" UTC").removesuffix(" GMT")
    zone = "+00:00" if unzoned != text else ""
    joined = re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", unzoned)
    return re.sub(r"^(\d{4})/(\d{1,2})/(\d{1,2})", _slashed, joined) + zone


def _slashed(parts: re.Match[str]) -> str:
    return f"{parts[1]}-{int(parts[2]):02d}-{int(parts[3]):02d}"


def _spelt(text: str) -> datetime:
    for form in _SPELT:
        try:
            # The zone stays unknown on purpose: the caller decides what that means.
            return datetime.strptime(text, form)  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueError(text)
