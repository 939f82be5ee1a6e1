"""Feedback that came in a file: from a tester it is an answer, from anybody else a voice outside.

Outside voices are read and shown. They are never evidence: nobody drew them, nobody knows how many
stayed silent, and a store's reviewers are not the loyal customers whom a study asks.
"""

from enum import StrEnum

from pydantic import Field

from casework.feedback import HAPPY_STARS, UNHAPPY_STARS, Answer, disagrees
from casework.languages import Tongue, name_of, tongue_of
from casework.record import Line, Moment, Record

LONGEST_TEXT = 10_001
"""Two paragraphs of 5,000 characters and the line break between them."""


class Store(StrEnum):
    """Where a voice was heard."""

    FILE = "file"
    GOOGLE_PLAY = "google-play"
    APP_STORE = "app-store"
    STEAM = "steam"
    MEETING = "meeting"

    @property
    def label(self) -> str:
        """As shown to people."""
        return {"file": "A file", "google-play": "Google Play", "app-store": "App Store"}.get(
            self.value, self.value.capitalize()
        )


class Heard(Record):
    """What any piece of feedback from a file tells beside its words, as far as it is known.

    `language` is an ISO 639 code, "" where there are no words; `kept_aside` marks words that the
    scorer cannot read. `recommended` is a thumb up or down; `speaker` and `spoken_at` come from a
    meeting. `participant_id` is the author or speaker found among the people of the study.
    """

    ref: Line
    store: Store = Store.FILE
    build: str = Field(default="", max_length=100)
    written_at: Moment | None = None
    language: str = Field(default="", max_length=10)
    kept_aside: bool = False
    recommended: bool | None = None
    device: str = Field(default="", max_length=200)
    playtime_minutes: int | None = Field(default=None, ge=0)
    speaker: str = Field(default="", max_length=200)
    spoken_at: str = Field(default="", max_length=20)
    participant_id: int | None = None


class FeedbackEntry(Heard):
    """One row of a file of feedback, and whose answer it is.

    `ref` is the row's own id, or SHA-256 of what it says. A public review or what was said in a
    meeting has its words in `review`: they may be longer than an answer's.
    """

    has_own_id: bool
    author: str = ""
    author_email: str = ""
    answer: Answer
    review: str = Field(default="", max_length=LONGEST_TEXT)

    @property
    def text(self) -> str:
        """All the words of the row."""
        return self.review or self.answer.text

    @property
    def is_answer(self) -> bool:
        """A tester's own answer; words spoken in a meeting and public reviews never are."""
        return self.participant_id is not None and self.store is Store.FILE

    def with_language(self, told: str) -> "FeedbackEntry":
        """The row with the language of its words, as the platform told or as they show."""
        tongue = tongue_of(self.text, told) if self.text else Tongue("", readable=True)
        found = {"language": tongue.language, "kept_aside": not tongue.readable}
        return self.model_copy(update=found)


class OutsideVoice(Heard):
    """What somebody said that is no tester's answer; who wrote a review is not kept.

    `stars` 1 to 5; `build` is the version the row named, if any; `source` the file's name. A voice
    with a `participant_id` was heard in a meeting, and a withdrawal reaches it.
    """

    text: str = Field(default="", max_length=LONGEST_TEXT)
    stars: int | None = Field(default=None, ge=1, le=5)
    source: Line
    imported_at: Moment

    @property
    def language_name(self) -> str:
        """The language of its words, for people."""
        return name_of(self.language)


def contradicts(stars: int | None, *, recommended: bool | None, polarity: float | None) -> bool:
    """Text and stars, or text and thumb, disagree: stars are evidence of the person, not the text.

    `polarity` in [-1, 1], None where the text holds no evidence.
    """
    if stars is None and recommended is not None:
        stars = HAPPY_STARS if recommended else UNHAPPY_STARS
    return disagrees(stars, polarity)


def voice_of(entry: FeedbackEntry, source: str, imported_at: Moment) -> OutsideVoice:
    """What is kept of a row whose author is no tester: words, stars, version, date, device."""
    told = entry.model_dump(include=set(Heard.model_fields))
    return OutsideVoice(
        **told,
        text=entry.text,
        stars=entry.answer.csat,
        source=source,
        imported_at=imported_at,
    )
