"""Feedback that came in a file: from a tester it is an answer, from anybody else a voice outside.

Outside voices are read and shown. They are never evidence: nobody drew them, nobody knows how many
stayed silent, and a store's reviewers are not the loyal customers whom a study asks.
"""

from pydantic import Field

from casework.feedback import Answer
from casework.record import Line, Moment, Record

LONGEST_TEXT = 10_001
"""Two paragraphs of 5,000 characters and the line break between them."""


class FeedbackEntry(Record):
    """One row of a file of feedback, and whose answer it is.

    `ref` is the row's own id, or SHA-256 of what it says. `participant_id` is known once the author
    was found among the testers; None makes the row an outside voice.
    """

    ref: Line
    has_own_id: bool
    author: str = ""
    author_email: str = ""
    written_at: Moment | None = None
    build: str = Field(default="", max_length=100)
    answer: Answer
    participant_id: int | None = None


class OutsideVoice(Record):
    """What somebody outside the beta said; who it was is not kept.

    `stars` 1 to 5; `build` is the version the row named, if any; `source` the file's name.
    """

    ref: Line
    text: str = Field(default="", max_length=LONGEST_TEXT)
    stars: int | None = Field(default=None, ge=1, le=5)
    build: str = Field(default="", max_length=100)
    written_at: Moment | None = None
    source: Line
    imported_at: Moment


def voice_of(entry: FeedbackEntry, source: str, imported_at: Moment) -> OutsideVoice:
    """What is kept of a row whose author is no tester: words, stars, version and date."""
    return OutsideVoice(
        ref=entry.ref,
        text=entry.answer.text,
        stars=entry.answer.csat,
        build=entry.build,
        written_at=entry.written_at,
        source=source,
        imported_at=imported_at,
    )
