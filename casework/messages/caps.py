"""How many letters one person may get, over all studies."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import Field

from casework.record import Record


class LetterCap(Record):
    """At most `letters` invitations and reminders in `days`; of reminders at most `reminders`.

    Source: the rules of recruiting allow two reminders per person in seven days.
    """

    letters: int = Field(default=3, ge=1, le=50)
    reminders: int = Field(default=2, ge=1, le=50)
    days: int = Field(default=7, ge=1, le=365)

    @property
    def window(self) -> timedelta:
        """The time letters are counted over."""
        return timedelta(days=self.days)

    @property
    def sentence(self) -> str:
        """The rule as said to people."""
        return (
            f"At most {self.letters} invitations and reminders per person in {self.days} days, "
            f"of which at most {self.reminders} are reminders."
        )


def free_again(sent: Sequence[datetime], most: int, window: timedelta) -> datetime | None:
    """When one more letter may follow those sent within the window; None means now.

    `sent` in any order, within the window that ends now; `most` is 1 or more.
    """
    if len(sent) < most:
        return None
    return sorted(sent, reverse=True)[most - 1] + window
