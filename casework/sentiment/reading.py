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


def contribution(text: str, start: int, end: int, weight: float) -> Contribution:
    """A contribution of values known to be right, in half of the time `model_construct` takes."""
    made = Contribution.__new__(Contribution)
    values = {"text": text, "start": start, "end": end, "weight": weight}
    object.__setattr__(made, "__dict__", values)
    object.__setattr__(made, "__pydantic_fields_set__", _FIELDS)
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


_FIELDS = set(Contribution.model_fields)


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
