"""The ways out of a verdict, as the owner would carry them out."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from casework.record import Line, Moment, Record


class OptionKind(StrEnum):
    """The four ways out."""

    SHIP = "ship"
    STAGE = "stage"
    FIX_AND_RETEST = "fix_and_retest"
    POSTPONE = "postpone"

    @property
    def label(self) -> str:
        """As shown to people."""
        return self.value.replace("_", " ").capitalize()


class LaunchOption(Record):
    """One way out, with who would do it, by when and at what cost (whole currency units)."""

    kind: OptionKind
    owner: Line | None = None
    due_on: date | None = None
    cost: int | None = Field(default=None, ge=0)
    entered_at: Moment
