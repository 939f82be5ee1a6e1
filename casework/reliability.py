"""Whether people come when they are asked: shares of few cases, drawn towards everybody's."""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy.stats import beta

from casework.record import Record

PRIOR = 4.0
"""Invitations that everybody's share weighs in one customer's estimate."""

KNOWN_FROM = 3
"""Invitations from which a share is named; with fewer the interval spans most of the scale."""

COVERAGE = 0.80
_HIGH, _MIDDLE = 0.75, 0.50

Numbers = NDArray[np.float64]


class ReliabilityBand(StrEnum):
    """How often somebody took part, in steps that a few invitations can tell apart."""

    NEW = "new"
    LOW = "below 50%"
    MIDDLE = "50 to 75%"
    HIGH = "75% or more"


class Turnout(Record):
    """One customer's invitations whose outcome is known: how many they came to, or joined."""

    invited: int = Field(ge=0)
    came: int = Field(ge=0)
    joined: int = Field(default=0, ge=0)


class Reliability(Record):
    """Share of invitations somebody came to, in (0, 1), with an interval of 80 %.

    `kept` is the share of their promises they kept: came of joined, estimated the same way.
    """

    turnout: Turnout
    share: float
    low: float
    high: float
    kept: float

    @property
    def is_new(self) -> bool:
        """Too few invitations to name a share."""
        return self.turnout.invited < KNOWN_FROM

    @property
    def band(self) -> ReliabilityBand:
        """What they count as in a segment."""
        if self.is_new:
            return ReliabilityBand.NEW
        if self.share >= _HIGH:
            return ReliabilityBand.HIGH
        return ReliabilityBand.MIDDLE if self.share >= _MIDDLE else ReliabilityBand.LOW

    @property
    def short(self) -> str:
        """For a table: the share with its n, or that they are new."""
        done = f"{self.turnout.came:,} of {self.turnout.invited:,}"
        return f"new, {done}" if self.is_new else f"{self.share:.0%}, {done}"

    @property
    def sentence(self) -> str:
        """For one customer's page."""
        asked = self.turnout
        said = (
            f"Came to {asked.came:,} of {asked.invited:,} activities they were invited to, and to "
            f"{min(asked.came, asked.joined):,} of {asked.joined:,} they had joined."
        )
        if self.is_new:
            return f"{said} That is too little to call them reliable or not."
        return (
            f"{said} Estimated share {self.share:.0%} (80% interval {self.low:.0%} to "
            f"{self.high:.0%}); of what they join they finish an estimated {self.kept:.0%}."
        )


def reliabilities(turnouts: Mapping[int, Turnout]) -> dict[int, Reliability]:
    """Everybody's reliability by customer id; whoever was never invited is not in it.

    Source: beta-binomial shrinkage; the prior weighs four invitations of everybody's mean.
    """
    ids = [one for one, turnout in turnouts.items() if turnout.invited]
    if not ids:
        return {}
    found = [turnouts[one] for one in ids]
    came, invited, joined = (
        np.array([getattr(one, name) for one in found], dtype=np.float64)
        for name in ("came", "invited", "joined")
    )
    yes, no = _drawn_in(came, invited)
    tail = (1 - COVERAGE) / 2
    low, high = beta.ppf(tail, yes, no), beta.ppf(1 - tail, yes, no)
    kept_yes, kept_no = _drawn_in(np.minimum(came, joined), joined)
    columns = (yes / (yes + no), low, high, kept_yes / (kept_yes + kept_no))
    lists = (np.asarray(column).tolist() for column in columns)
    return {
        one: Reliability(turnout=turnout, share=share, low=least, high=most, kept=word)
        for one, turnout, share, least, most, word in zip(ids, found, *lists, strict=True)
    }


def _drawn_in(hits: Numbers, of: Numbers) -> tuple[Numbers, Numbers]:
    """The beta distribution of each share, drawn towards the share of all."""
    mean = (hits.sum() + 1) / (of.sum() + 2)
    return hits + PRIOR * mean, of - hits + PRIOR * (1 - mean)
