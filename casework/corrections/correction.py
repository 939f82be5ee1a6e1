"""A person's word on how one text was read; it stands above the scorer's."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from pydantic import Field, model_validator

from casework.record import Line, Moment, Prose, Record
from casework.sentiment import Label, Reading

HUMAN_LABELS = (Label.negative, Label.neutral, Label.positive)
"""What a person may say of a text; only a scorer abstains."""

HUMAN_VALUE: Mapping[Label, float] = MappingProxyType(
    {Label.negative: -0.6, Label.neutral: 0.0, Label.positive: 0.6}
)
"""The polarity a person's label stands for.

Source: in 6,000 of the development texts the scorer's mean polarity is −.61 where people say
negative and +.55 where they say positive. A corrected text so weighs as much as an average text of
its side, and correcting many moves a mean no further than their readings would, had they been
right.
"""


class Spoken(StrEnum):
    """Where a text comes from."""

    ANSWER = "answer"
    VOICE = "voice"
    REMARK = "remark"

    @property
    def label(self) -> str:
        """Many of them, as shown to people."""
        return _LABELS[self]


_LABELS = {
    Spoken.ANSWER: "Testers' answers",
    Spoken.VOICE: "Outside voices",
    Spoken.REMARK: "Remarks in meetings",
}


class Judgement(Record):
    """What a person says of one text: its side, whether it voices an offence, and why.

    None leaves the scorer's word in force; with both None an earlier correction is taken back.
    """

    label: Label | None = None
    offence: bool | None = None
    reason: Prose = Field(min_length=1)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.label is Label.abstain:
            raise ValueError("Say negative, neutral or positive.")
        return self


class Correction(Judgement):
    """A judgement as filed, beside what the scorer and TextBlob said at that time.

    It is never edited: the latest about a text is in force. `machine_polarity` and `raw_polarity`
    lie in [-1, 1]; `read_by` is the scorer that had read the text.
    """

    spoken: Spoken
    text_id: int
    machine_label: Label
    machine_polarity: float
    machine_offence: bool
    raw_polarity: float
    read_by: Line
    made_by: Line
    made_at: Moment

    @property
    def human_polarity(self) -> float | None:
        """The value the label stands for; None where the scorer's stays."""
        return None if self.label is None else HUMAN_VALUE[self.label]


def polarity_in_force(reading: Reading | None, human: Label | None) -> float | None:
    """What counts: a person's value, else the scorer's; None for a text without evidence."""
    if human is not None:
        return HUMAN_VALUE[human]
    if reading is None or reading.label is Label.abstain:
        return None
    return reading.polarity


def offence_in_force(reading: Reading | None, *, human: bool | None, told: bool = False) -> bool:
    """Whether the text counts as voicing an offence: as `told` by its own author, else by a person.

    Nobody can take back what a tester ticked; people overrule only the scorer's guess.
    """
    heard = bool(reading and reading.offence) if human is None else human
    return told or heard
