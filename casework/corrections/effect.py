"""What would be read differently, before anything is changed."""

from collections.abc import Sequence

from casework.record import Record
from casework.sentiment import Label, Table, read


class Judged(Record):
    """A text, with a person's label where there is one."""

    text: str
    human: Label | None = None


class Effect(Record):
    """How many of `texts` get another label, and whether people agree with the new or the old."""

    texts: int
    differently: int
    with_people: int
    against_people: int

    @property
    def in_words(self) -> str:
        """As a sentence: “12 of 214 texts would be read differently: 9 as the humans said, …”."""
        told = f"{self.differently:,} of {self.texts:,} texts would be read differently"
        if not self.differently:
            return f"{told}."
        known = f"{self.with_people:,} as people said, {self.against_people:,} against"
        open_ones = self.differently - self.with_people - self.against_people
        return f"{told}: {known}, {open_ones:,} without a label that settles it."


def effect(texts: Sequence[Judged], before: Table, after: Table) -> Effect:
    """The labels by two tables compared, text by text."""
    differently = agreeing = against = 0
    for one in texts:
        old, new = (read(one.text, table=table).label for table in (before, after))
        if old is new:
            continue
        differently += 1
        agreeing += new is one.human
        against += old is one.human
    return Effect(
        texts=len(texts),
        differently=differently,
        with_people=agreeing,
        against_people=against,
    )
