"""Telling participants what was done with what they said."""

from enum import StrEnum

from casework.record import Line, Moment, Prose, Record


class Promise(StrEnum):
    """What became of it."""

    DID = "did"
    WILL = "will"
    WILL_NOT = "will_not"

    @property
    def opening(self) -> str:
        """How the second half of the sentence begins."""
        return {"did": "We did:", "will": "We will:", "will_not": "We will not, because:"}[self]


class Reply(Record):
    """You said `said`; we did, will or will not, because."""

    said: Line
    promise: Promise
    answer: Prose
    published_at: Moment
