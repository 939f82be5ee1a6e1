"""Solving the lottery: among all panels that keep the quotas, the fairest way to pick one."""

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from statistics import median

import numpy as np
from pydantic import Field

from casework.lottery import columns
from casework.lottery.frame import (
    Frame,
    Numbers,
    Profile,
    Seats,
    frame_of,
    profiles_of,
    traits_of,
)
from casework.lottery.ideal import ideal_seats
from casework.lottery.panels import Panels, split
from casework.lottery.relaxing import require_feasible, require_sound
from casework.quotas import Quota, Trait, in_order
from casework.record import Record
from casework.recruiting import Candidate

_CLOSE, _MET = 0.9998, 1 - 1e-5
"""How much of the ideal chances a mixture must reach: at once, or after more panels were searched
for. What is missing is far below what anybody could notice in a draw."""
_TINY = 1e-9


class Panel(Record):
    """One way to hand out the seats, and its chance; `seats` are pairs of profile and number."""

    chance: float = Field(gt=0, le=1)
    seats: tuple[tuple[int, int], ...]


class Mixture(Record):
    """The lottery as solved: who takes part as what, and the panels one of which is drawn.

    `profiles` and their members are sorted. `chances` are those of one customer of each profile
    before the draw; that of stepping in later as a reserve comes on top.
    """

    seats: int
    quotas: tuple[Quota, ...]
    profiles: tuple[Profile, ...]
    panels: tuple[Panel, ...]

    @property
    def traits(self) -> tuple[Trait, ...]:
        """What the profiles' values stand for."""
        return traits_of(self.quotas)

    @property
    def eligible(self) -> int:
        """How many customers take part."""
        return sum(profile.size for profile in self.profiles)

    @cached_property
    def chances(self) -> tuple[float, ...]:
        """One customer's chance in each profile, in [0, 1]."""
        expected = [0.0] * len(self.profiles)
        for panel in self.panels:
            for place, number in panel.seats:
                expected[place] += panel.chance * number
        sizes = (profile.size for profile in self.profiles)
        return tuple(min(x / size, 1.0) for x, size in zip(expected, sizes, strict=True))

    @property
    def ratios(self) -> tuple[float, ...]:
        """Each profile's chance divided by the even chance, seats / eligible."""
        return tuple(chance * self.eligible / self.seats for chance in self.chances)

    @property
    def least_ratio(self) -> float:
        """The ratio of whoever has the smallest chance; 1 where everybody's is the same."""
        return min(self.ratios)

    @property
    def median_ratio(self) -> float:
        """The ratio of the customer in the middle."""
        by_person = (
            ratio
            for ratio, profile in zip(self.ratios, self.profiles, strict=True)
            for _ in range(profile.size)
        )
        return median(by_person)

    @cached_property
    def roster_digest(self) -> str:
        """SHA-256 in hex over everybody who takes part and as what they count."""
        lines = sorted(
            (member, *profile.values) for profile in self.profiles for member in profile.members
        )
        return sha256(repr(lines).encode()).hexdigest()

    def profile_of(self, customer_id: int) -> int | None:
        """The place of a customer's profile; None for somebody who does not take part."""
        for place, profile in enumerate(self.profiles):
            if customer_id in profile.members:
                return place
        return None


def solve(pool: Sequence[Candidate], quotas: Sequence[Quota], seats: int) -> Mixture:
    """Make the smallest chance of any eligible customer as large as the quotas allow.

    Then the next smallest, and so on (leximin). Without quotas everybody's chance is the same and
    any panel is as likely as any other.

    Raises:
        Invalid: for no seats, or quotas that make no sense.
        NotEnough: when the quotas cannot be met; names the clash and the least relaxation.
    """
    require_sound(pool, quotas, seats)
    profiles = profiles_of(pool, quotas)
    frame = frame_of(profiles, quotas, seats)
    require_feasible(frame, quotas)
    counts, weights = _mix(frame)
    panels = (
        Panel(chance=float(weight), seats=_sparse(count))
        for count, weight in zip(counts, weights, strict=True)
    )
    return Mixture(seats=seats, quotas=in_order(quotas), profiles=profiles, panels=tuple(panels))


def _mix(frame: Frame) -> tuple[Seats, Numbers]:
    """Panels (M, P) and their chances (M,), which sum to 1.

    If whole panels can mix to what is ideal for split seats, nothing is fairer. Where they cannot,
    what is fairest is found among the panels themselves.
    """
    wished = ideal_seats(frame)
    found = split(frame, wished)
    if _share_met(found, wished) < _CLOSE:
        found, met = columns.follow(frame, found.seats, wished)
        if met < _MET:
            found = columns.leximin(frame, found.seats)
    kept = found.weights > _TINY
    weights = found.weights[kept]
    return found.seats[kept], np.asarray(weights / weights.sum())


def _share_met(found: Panels, wished: Numbers) -> float:
    """The smallest part of its wish that any profile gets, in [0, 1]."""
    wanted = wished > _TINY
    placed = float(found.weights.sum())
    if not placed:
        return 0.0
    got = found.weights @ found.seats / placed
    return float((got[wanted] / wished[wanted]).min())


def _sparse(count: Seats) -> tuple[tuple[int, int], ...]:
    return tuple((int(place), int(count[place])) for place in np.flatnonzero(count))
