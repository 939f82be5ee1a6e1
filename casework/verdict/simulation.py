"""The chance of each outcome for all criteria together, by simulated studies.

The answers of one tester to different questions are drawn independently of each other, and every
tester answers all of them. The same seed gives the same figures.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casework.criteria.words import MEAN_LEAST_ANSWERS
from casework.verdict import means
from casework.verdict.assumed import Assumed, draw
from casework.verdict.boundary import complement, cutoffs, first_look
from casework.verdict.curve import Chances

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SEED = 20_261_224
STUDIES = 2_000
_ANSWERS_AT_ONCE = 200_000
"""Drawn in one go: few enough to stay in a processor's cache."""


@dataclass(frozen=True)
class Simulated:
    """What happened in each simulated study, for each N.

    Attributes:
        sizes: the N looked at, rising.
        shown: per criterion, N and study, whether the threshold crossed.
        floors: likewise, whether the floor or the threshold crossed.
        stopped: likewise, whether it crossed downward.
        guards: likewise, whether it crossed downward among loyal testers.
        can_go: whether the profile allows a GO at all.
    """

    sizes: tuple[int, ...]
    shown: Flags
    floors: Flags
    stopped: Flags
    guards: Flags
    can_go: bool = True

    def chances(self, *, without: int | None = None, guarded: bool = True) -> tuple[Chances, ...]:
        """How likely each outcome is at each N, perhaps without one criterion or the guardrail.

        The limit of a NO-GO stays that of all criteria together.
        """
        kept = [i for i in range(len(self.shown)) if i != without]
        stopped = self.stopped[kept].any(axis=0)
        if guarded:
            stopped = stopped | self.guards[kept].any(axis=0)
        go = self.shown[kept].all(axis=0) & ~stopped & self.can_go
        conditions = self.floors[kept].all(axis=0) & ~stopped & ~go & self.can_go
        rates = [flags.mean(axis=1).tolist() for flags in (go, conditions, stopped)]
        return tuple(
            Chances(n, yes, partly, no, max(0.0, 1.0 - yes - partly - no))
            for n, yes, partly, no in zip(self.sizes, *rates, strict=True)
        )

    def answers_for(
        self, power: float, *, without: int | None = None, guarded: bool = True
    ) -> int | None:
        """The N from which the chance of GO stays at `power` or more, drawn between the sizes.

        None where even the largest N falls short.
        """
        found = self.chances(without=without, guarded=guarded)
        below = [i for i, one in enumerate(found) if one.go < power]
        if not below:
            return self.sizes[0]
        last = below[-1]
        if last + 1 == len(found):
            return None
        low, high = found[last], found[last + 1]
        part = (power - low.go) / (high.go - low.go)
        return math.ceil(low.answers + part * (high.answers - low.answers))


def simulate(
    assumed: Sequence[Assumed],
    sizes: Sequence[int],
    *,
    alpha: float = 0.05,
    loyal_share: float = 0.0,
    can_go: bool = True,
    studies: int = STUDIES,
    seed: int = SEED,
    progress: Callable[[float], None] = lambda _: None,
) -> Simulated:
    """Play many studies to their last answer and look at them under every N.

    Args:
        assumed: the criteria with what is assumed of the build.
        sizes: the N to look at, each ≥ 1.
        alpha: chance of a false GO.
        loyal_share: part of the testers whose answers are watched on their own too, 0 for none.
        can_go: whether the profile allows a GO.
        studies: how many are played; the standard error of a chance is at most .5/√studies.
        seed: of the random numbers.
        progress: told the part done, up to 1.
    """
    ordered = tuple(sorted(set(sizes)))
    rng = np.random.default_rng(seed)
    batch = max(1, _ANSWERS_AT_ONCE // ordered[-1])
    parts: list[NDArray[np.bool_]] = []
    for begin in range(0, studies, batch):
        many = min(batch, studies - begin)
        rules = _Rules(ordered, alpha, len(assumed), loyal_share)
        parts.append(np.stack([_followed(one, many, rules, rng) for one in assumed], axis=1))
        progress((begin + many) / studies)
    shown, floors, stopped, guards = np.concatenate(parts, axis=3)
    return Simulated(ordered, shown, floors, stopped, guards, can_go)


@dataclass(frozen=True)
class _Rules:
    sizes: tuple[int, ...]
    alpha: float
    family: int
    loyal_share: float


def _followed(assumed: Assumed, studies: int, rules: _Rules, rng: np.random.Generator) -> Flags:
    """Shown, floor shown, stopped and stopped among loyal testers, for each N and study."""
    values = draw(assumed, (studies, rules.sizes[-1]), rng)
    stop = rules.alpha / rules.family
    shown = _crossings(assumed, values, rules.sizes, assumed.good_limit, rules.alpha)
    floors = shown
    if assumed.good_floor is not None:
        floors = shown | _crossings(assumed, values, rules.sizes, assumed.good_floor, rules.alpha)
    stopped = _falls(assumed, values, rules.sizes, stop)
    loyal = _loyal_columns(rules)
    guards = np.zeros_like(stopped)
    if loyal.size:
        counts = np.searchsorted(loyal, rules.sizes).tolist()
        guards = _falls(assumed, np.ascontiguousarray(values[:, loyal]), counts, stop)
    return np.stack([shown, floors, stopped, guards])


def _loyal_columns(rules: _Rules) -> NDArray[np.intp]:
    """Loyal testers come evenly among the others."""
    so_far = np.floor(np.arange(rules.sizes[-1] + 1) * rules.loyal_share)
    return np.flatnonzero(np.diff(so_far))


def _crossings(
    assumed: Assumed, values: Floats, sizes: Sequence[int], limit: float, alpha: float
) -> Flags:
    """Whether the good side of a limit is shown, for each N and study."""
    if not assumed.criterion.metric.is_share:
        total, wide = _sums(values, limit, alpha)
        return np.stack(
            [
                _any_at_least(total, wide * math.sqrt(n), max(first_look(n), MEAN_LEAST_ANSWERS), n)
                for n in sizes
            ]
        )
    good = np.cumsum(values, axis=1, dtype=np.int32)
    return np.stack(
        [
            _any_at_least(good, cutoffs(n, limit, alpha=alpha, earliest=first), first, n)
            for n in sizes
            for first in (first_look(n),)
        ]
    )


def _falls(assumed: Assumed, values: Floats, sizes: Sequence[int], alpha: float) -> Flags:
    """Whether the bad side of the threshold is shown, for each N and study."""
    limit = assumed.good_limit
    if not assumed.criterion.metric.is_share:
        total, wide = _sums(values, limit, alpha)
        return np.stack(
            [_any_at_least(-total, wide * math.sqrt(n), MEAN_LEAST_ANSWERS, n) for n in sizes]
        )
    bad = np.cumsum(values == 0.0, axis=1, dtype=np.int32)
    nothing = np.zeros(len(values), dtype=np.bool_)
    return np.stack(
        [
            _any_at_least(bad, cutoffs(n, complement(limit), alpha=alpha), 1, n) if n else nothing
            for n in sizes
        ]
    )


def _sums(values: Floats, limit: float, alpha: float) -> tuple[Floats, Floats]:
    """Σd and reach · σ̂ after each answer; see `means`."""
    d = values - limit
    n = np.arange(1, values.shape[1] + 1)
    wide = means.reach(alpha) * np.sqrt((np.cumsum(d**2, axis=1) + 2.0) / (n + 2.0))
    return np.cumsum(d, axis=1), wide


def _any_at_least(
    sums: Floats | NDArray[np.int32], enough: Floats | NDArray[np.int64], first: int, last: int
) -> Flags:
    """Per study: is the sum large enough at any answer from `first` to `last`?"""
    begin = min(first, last + 1) - 1
    met: Flags = np.any(sums[:, begin:last] >= enough[..., begin:last], axis=1)
    return met
