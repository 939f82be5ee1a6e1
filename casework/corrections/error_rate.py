"""How often the scorer is wrong, from texts that people labelled without seeing its word."""

from collections.abc import Mapping, Sequence
from math import sqrt

from casework.errors import NotEnough
from casework.record import Record
from casework.sentiment import Label
from casework.verdict.intervals import wilson

ENOUGH = 25
"""Labels from which a figure is shown. With fewer, even no error at all excludes no more than 13 %
(Wilson), which says nothing about a scorer that errs on one text in five."""


class Labelled(Record):
    """One text of a random sample: what the scorer said, and a person who could not see it."""

    machine: Label
    human: Label


class ErrorRate(Record):
    """The share of texts read wrongly, with its 95 % interval, from `labelled` random texts."""

    value: float
    low: float
    high: float
    labelled: int


class Confusion(Record):
    """How many texts people gave one label and the scorer another."""

    counts: dict[Label, dict[Label, int]]

    def of(self, human: Label, machine: Label) -> int:
        """Texts with this pair of labels."""
        return self.counts.get(human, {}).get(machine, 0)


def is_error(machine: Label, human: Label) -> bool:
    """Whether the scorer was wrong; abstaining is right where people hear no side either."""
    if machine is Label.abstain:
        return human is not Label.neutral
    return machine is not human


def error_rate(labelled: Sequence[Labelled], strata: Mapping[Label, int]) -> ErrorRate:
    """The error over all texts: each stratum's share of errors, weighted by the stratum's size.

    `strata` counts all texts by the scorer's label. The interval joins the strata's Wilson
    intervals by MOVER: p ± √Σ w²(p−l)² downwards, √Σ w²(u−p)² upwards. A stratum without a label
    counts as unknown: one half, from 0 to 1. That the texts are finitely many is ignored, which
    makes the interval a little wide.

    Raises:
        NotEnough: fewer than 25 labels.
    Source: Cochran, Sampling Techniques (1977), ch. 5; Zou and Donner (2008) for MOVER.
    """
    if len(labelled) < ENOUGH:
        raise NotEnough(
            f"Only {len(labelled)} random texts are labelled; from {ENOUGH} on the scorer's error "
            "can be told. Label a sample."
        )
    everyone = sum(strata.values())
    value = below = above = 0.0
    for label, size in strata.items():
        weight = size / everyone
        share, low, high = _share([one for one in labelled if one.machine is label])
        value += weight * share
        below += (weight * (share - low)) ** 2
        above += (weight * (high - share)) ** 2
    return ErrorRate(
        value=value,
        low=max(0.0, value - sqrt(below)),
        high=min(1.0, value + sqrt(above)),
        labelled=len(labelled),
    )


def _share(stratum: Sequence[Labelled]) -> tuple[float, float, float]:
    if not stratum:
        return 0.5, 0.0, 1.0
    wrong = sum(is_error(one.machine, one.human) for one in stratum)
    return (wrong / len(stratum), *wilson(wrong, len(stratum)))


def confusion(labelled: Sequence[Labelled]) -> Confusion:
    """The labels given by people (rows) against the scorer's (columns), as counted."""
    counts: dict[Label, dict[Label, int]] = {}
    for one in labelled:
        row = counts.setdefault(one.human, {})
        row[one.machine] = row.get(one.machine, 0) + 1
    return Confusion(counts=counts)
