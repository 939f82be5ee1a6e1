"""What the scorer says about one text, with the words that made it say so."""

from enum import StrEnum

from casework.record import Record


class Label(StrEnum):
    """The side a text takes; `abstain` when it holds no evidence at all."""

    negative = "negative"
    neutral = "neutral"
    positive = "positive"
    abstain = "abstain"


class Contribution(Record):
    """One word or phrase of the customer's and what it added.

    `start` and `end` are offsets into the text as given; `weight` is in log-odds, above 0 for
    praise.
    """

    text: str
    start: int
    end: int
    weight: float


class Reading(Record):
    """A text as read: polarity in [-1, 1], subjectivity in [0, 1].

    The contributions' weights sum to the score before it is squashed into `polarity`.
    `textblob_polarity` is TextBlob's own value, kept for comparison; `offence` tells whether the
    text voices a concern about values, faith, culture, cruelty or children.
    """

    polarity: float
    subjectivity: float
    label: Label
    contributions: tuple[Contribution, ...]
    textblob_polarity: float
    offence: bool
    scorer_version: str
