"""What each theme amounts to: how many, how they feel, loyal against others, build by build."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casework.record import Record
from casework.themes.assigning import Assignment, Mask
from casework.verdict import intervals
from casework.verdict.intervals import Interval


@dataclass(frozen=True)
class Heard:
    """Texts of a study as columns, in order of receipt.

    `polarity` in [-1, 1], NaN where a text holds no evidence; `offended` also where its author
    said so; `build` is the version an answer is about, or where else the text was heard; `day` is
    that of receipt (UTC, ISO); `source` names the text by kind and id.
    """

    texts: tuple[str, ...]
    polarity: NDArray[np.float64]
    offended: Mask
    loyal: Mask
    may_quote: Mask
    build: tuple[str, ...]
    day: tuple[str, ...]
    source: tuple[str, ...]

    @property
    def builds(self) -> tuple[str, ...]:
        """Where the texts were heard, in order of first receipt."""
        return tuple(dict.fromkeys(self.build))


class Share(Record):
    """So many of n."""

    count: int
    n: int

    @property
    def value(self) -> float:
        """In [0, 1]; 0 of nobody."""
        return self.count / self.n if self.n else 0.0

    @property
    def interval(self) -> Interval | None:
        """95 %: Wilson, exact where few; None of nobody."""
        return intervals.share(self.count, self.n) if self.n else None


class Tone(Record):
    """The mean polarity of those of the texts that hold evidence; None where none does."""

    n: int
    polarity: float | None
    interval: Interval | None


class ThemeFigures(Record):
    """One theme in figures; `by_build` in the order of `Heard.builds`."""

    name: str
    is_values: bool
    share: Share
    tone: Tone
    loyal: Share
    others: Share
    by_build: tuple[tuple[str, Share], ...]


def figures(heard: Heard, assignment: Assignment) -> tuple[ThemeFigures, ...]:
    """Every theme's figures: values first, then the most heard first."""
    builds = np.array(heard.build, dtype=object)
    found = [
        ThemeFigures(
            name=theme.name,
            is_values=theme.is_values,
            share=_share(member, np.ones_like(member)),
            tone=tone(heard.polarity[member]),
            loyal=_share(member, heard.loyal),
            others=_share(member, ~heard.loyal),
            by_build=tuple((build, _share(member, builds == build)) for build in heard.builds),
        )
        for theme, member in zip(assignment.themes.themes, assignment.member.T, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_values, -one.share.count)))


def tone(polarity: NDArray[np.float64]) -> Tone:
    """The mean with its interval, over those that are a number."""
    known = polarity[~np.isnan(polarity)]
    mean = float(known.mean()) if known.size else None
    return Tone(n=int(known.size), polarity=mean, interval=intervals.mean(known))


def changed_counts(before: Assignment, after: Assignment) -> tuple[tuple[str, int, int], ...]:
    """Name, texts before and texts after of every theme a change touches; 0 where not there."""
    old, new = _counts(before), _counts(after)
    names: Sequence[str] = tuple(dict.fromkeys((*old, *new)))
    rows = ((name, old.get(name, 0), new.get(name, 0)) for name in names)
    return tuple(row for row in rows if row[1] != row[2] or (row[0] in old) != (row[0] in new))


def _counts(assignment: Assignment) -> dict[str, int]:
    totals = assignment.member.sum(axis=0)
    return {name: int(total) for name, total in zip(assignment.themes.names, totals, strict=True)}


def _share(member: Mask, among: Mask) -> Share:
    return Share(count=int((member & among).sum()), n=int(among.sum()))
