"""What the studio knows of people it may ask: interests, notes, and on what ground they came."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from casework.accounts import Email
from casework.errors import Invalid
from casework.record import Line, Moment, Record, keepable

LONGEST_NOTE = 2_000
LONGEST_INTEREST = 40
MOST_INTERESTS = 20
_PARTED = re.compile(r"[,;|\n]")


class CameBy(StrEnum):
    """How somebody came into the panel."""

    HAND = "hand"
    FILE = "file"
    WAITING_LIST = "waiting_list"

    @property
    def label(self) -> str:
        """As shown to people."""
        return {
            CameBy.HAND: "from the roster",
            CameBy.FILE: "from a panel file",
            CameBy.WAITING_LIST: "from the waiting list",
        }[self]


Note = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=LONGEST_NOTE),
    BeforeValidator(keepable),
]
"""What an owner notes on a customer; may be empty."""


def _tidy(given: tuple[str, ...]) -> tuple[str, ...]:
    """Each interest once, in small letters and single blanks, in alphabetical order."""
    words = {" ".join(str(keepable(one)).casefold().split()) for one in given}
    found = tuple(sorted(words - {""}))
    if len(found) > MOST_INTERESTS:
        raise ValueError(f"Name up to {MOST_INTERESTS} interests.")
    long = next((one for one in found if len(one) > LONGEST_INTEREST), None)
    if long is not None:
        raise ValueError(
            f"An interest has up to {LONGEST_INTEREST} characters; “{long[:30]}…” is longer."
        )
    return found


Interests = Annotated[tuple[str, ...], AfterValidator(_tidy)]


def interests_of(text: str) -> tuple[str, ...]:
    """The interests in one line, parted by commas, semicolons or bars. Raises: Invalid."""
    try:
        return _tidy(tuple(_PARTED.split(text)))
    except ValueError as wrong:
        raise Invalid(str(wrong)) from None


class Panelist(Record):
    """What is kept of a customer beyond the studio's own files.

    `consented_at` and `consent_source` record since when and how they agreed to be contacted;
    None where nothing is on record.
    """

    interests: Interests = ()
    note: Note = ""
    came_by: CameBy = CameBy.HAND
    consented_at: Moment | None = None
    consent_source: str = Field(default="", max_length=200)

    @property
    def consent(self) -> str:
        """The recorded consent in a few words."""
        if self.consented_at is None:
            return "No consent to be contacted is on record."
        day = f"{self.consented_at.day} {self.consented_at:%B %Y}"
        source = f": {self.consent_source}" if self.consent_source else ""
        return f"Agreed to be contacted on {day}{source}."


class PanelEntry(Record):
    """One row of a panel file; None where the file tells nothing.

    `may_contact` is False where the file says no; a yes counts with its date only, so that there
    is something to show for it.
    """

    email: Email
    name: Line | None = None
    customer_ref: Line | None = None
    segment: Line | None = None
    platform: Line | None = None
    region: Line | None = None
    age_band: Line | None = None
    interests: Interests = ()
    note: Note = ""
    may_contact: bool | None = None
    consented_at: Moment | None = None
    consent_source: str = Field(default="", max_length=200)

    @property
    def ref(self) -> str:
        """What tells rows apart: the address, whatever its capitals."""
        return self.email
