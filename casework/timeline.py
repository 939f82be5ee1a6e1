"""Everything that passed between one customer and the studio, in order of time."""

from enum import StrEnum

from casework.record import Moment, Record


class HappeningKind(StrEnum):
    """What sort of thing happened."""

    PURCHASE = "purchase"
    SESSION = "session"
    STEP = "step"
    CONSENT = "consent"
    FEEDBACK = "feedback"
    REMARK = "remark"
    IDEA = "idea"
    REPLY = "reply"

    @property
    def label(self) -> str:
        """As shown to people."""
        return self.value.capitalize()


class Happening(Record):
    """One thing that happened; `title` is ours, `text` is what a person wrote."""

    at: Moment
    kind: HappeningKind
    title: str
    text: str = ""
