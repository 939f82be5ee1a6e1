"""The chance of each outcome for one yes/no criterion, exactly, when all N answers have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from casework.errors import Invalid
from casework.verdict.assumed import Assumed
from casework.verdict.boundary import Counts, complement, cutoffs, first_look

LONGEST = 3_000
"""The largest N a curve is drawn for; beyond it exact figures take seconds each."""

POINTS = 15
"""Sizes on a curve, so that its table can be read at a glance."""


@dataclass(frozen=True)
class Chances:
    """How likely each outcome is after N answers; the four add up to 1.

    HOLD and INVALID are left out: they depend on people, not on N.
    """

    answers: int
    go: float
    conditions: float
    no_go: float
    not_enough: float


def sizes_up_to(most: int, *, also: Sequence[int] = ()) -> tuple[int, ...]:
    """Up to 15 even steps of N to draw a curve over, ending at `most`, with `also` among them."""
    top = min(max(most, POINTS), LONGEST)
    steps = {round(top * k / POINTS) for k in range(1, POINTS + 1)}
    return tuple(sorted(steps | {n for n in also if 1 <= n <= LONGEST}))


@lru_cache(maxsize=2048)
def chances_of(n: int, assumed: Assumed, *, alpha: float = 0.05, family: int = 1) -> Chances:
    """How likely each outcome is when this criterion decides alone and all N answers come.

    Every path of answers is followed, by its bad answers so far: NO-GO at alpha/family from the
    first answer on, the threshold and the floor at alpha from ⌈0.8 N⌉ on.

    Args:
        n: answers planned, ≥ 1.
        assumed: a yes/no criterion with its assumed share.
        alpha: chance of a false GO.
        family: criteria registered together, which share the chance of a false NO-GO.

    Raises:
        Invalid: the criterion is a mean, which has no exact curve.
    """
    if not assumed.criterion.metric.is_share:
        message = f"{assumed.criterion.metric.title} is a mean: its curve is simulated, not exact."
        raise Invalid(message)
    down = cutoffs(n, complement(assumed.good_limit), alpha=alpha / family)
    limits = (_allowed(n, assumed.good_floor, alpha), _allowed(n, assumed.good_limit, alpha))
    nothing, floor, shown = _walk(n, complement(assumed.good_truth), down, limits)
    stopped = max(0.0, 1.0 - nothing - floor - shown)
    return Chances(n, shown, floor, stopped, nothing)


def _allowed(n: int, share: float | None, alpha: float) -> Counts:
    """Bad answers with which a share still counts as shown, after each answer; −1 for none."""
    if share is None:
        return np.full(n, -1)
    return np.arange(1, n + 1) - cutoffs(n, share, alpha=alpha, earliest=first_look(n))


def _walk(
    n: int, bad: float, down: Counts, allowed: tuple[Counts, Counts]
) -> tuple[float, float, float]:
    """Chances that at the end nothing is shown, the floor is, the threshold is; the rest stopped.

    Row 0 holds the paths with nothing shown yet, row 1 those with the floor, row 2 the threshold.
    """
    alive = np.zeros((3, min(int(down.max()), n) + 2))
    alive[0, 0] = 1.0
    to_floor, to_threshold = (np.maximum(one + 1, 0).tolist() for one in allowed)
    for k, stop in enumerate(down.tolist()):
        falling = alive[:, :-1] * bad
        alive *= 1.0 - bad
        alive[:, 1:] += falling
        alive[:, stop:] = 0.0
        for row, few in ((1, to_floor[k]), (2, to_threshold[k])):
            if few:
                alive[row, :few] += alive[:row, :few].sum(axis=0)
                alive[:row, :few] = 0.0
    nothing, floor, shown = alive.sum(axis=1).tolist()
    return nothing, floor, shown
