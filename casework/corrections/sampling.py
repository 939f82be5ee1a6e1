"""Drawing texts to be labelled blind, so that the scorer's error can be measured without bias."""

from collections import defaultdict
from collections.abc import Sequence
from math import sqrt

import numpy as np

from casework.errors import NotEnough
from casework.record import Record
from casework.sentiment import Label

SAMPLE_SIZE = 30
"""Texts labelled at a sitting: about ten minutes."""


class Candidate(Record):
    """One text that may be drawn, with the scorer's label."""

    text_id: int
    label: Label


class Sampled(Record):
    """One text to label: which, and what the scorer said of it (not shown before labelling)."""

    text_id: int
    label: Label


class Sample(Record):
    """The texts in the order to label them; `strata` counts all texts of each of their labels."""

    items: tuple[Sampled, ...]
    strata: dict[Label, int]


def draw_sample(
    population: Sequence[Candidate], labelled: frozenset[int], *, seed: int, size: int = SAMPLE_SIZE
) -> Sample:
    """At most `size` texts not labelled before, stratified by the scorer's label, in random order.

    The same population and seed give the same sample. Each stratum gets texts in proportion to the
    root of its size, so that rare labels are seen too; the estimate weights them back.

    Raises:
        NotEnough: every text was labelled before.
    Source: power allocation with exponent one half, Bankier (1988).
    """
    strata: dict[Label, list[int]] = defaultdict(list)
    for one in sorted(population, key=lambda each: each.text_id):
        strata[one.label].append(one.text_id)
    free = {label: [one for one in ids if one not in labelled] for label, ids in strata.items()}
    if not any(free.values()):
        raise NotEnough("Every text was labelled already. Come back when new ones have arrived.")
    chance = np.random.default_rng(seed)
    shares = _shares({label: len(ids) for label, ids in strata.items()}, free, size)
    drawn = [
        Sampled(text_id=int(one), label=label)
        for label in Label
        if shares.get(label)
        for one in chance.choice(free[label], size=shares[label], replace=False)
    ]
    order = chance.permutation(len(drawn))
    return Sample(
        items=tuple(drawn[place] for place in order),
        strata={label: len(strata[label]) for label in Label if strata.get(label)},
    )


def _shares(sizes: dict[Label, int], free: dict[Label, list[int]], size: int) -> dict[Label, int]:
    """How many of each stratum: one by one to whichever is furthest below its due.

    One in proportion to the root of its size is due first, so each stratum gets at least one as
    long as there are enough.
    """
    shares = dict.fromkeys(sizes, 0)
    for _ in range(min(size, sum(map(len, free.values())))):
        open_ones = [label for label in sizes if shares[label] < len(free[label])]
        neediest = min(
            open_ones,
            key=lambda one: (shares[one] > 0, (shares[one] + 0.5) / sqrt(sizes[one]), one),
        )
        shares[neediest] += 1
    return shares
