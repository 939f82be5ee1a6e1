"""How many answers a GO is likely to take."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import binom

from casework.criteria import smallest_go_answers
from casework.errors import Invalid
from casework.verdict.boundary import first_look, most_bad_answers, spent_by

Floats = NDArray[np.float64]

EXACT_UP_TO = 1_500
"""Answers up to which the planner follows the boundary itself; beyond, an approximation will do."""

SAW = 1.06
"""How far the last tooth lies above the normal approximation. Source: measured at 1,500 answers."""

MEAN_FACTORS = {0.8: 2.885, 0.9: 3.330}
"""What a mean's margin must be in units of sd/√N. Source: simulation of the means rule at 5 %."""


def chances_of_go(
    sizes: Sequence[int], threshold: float, truth: float, *, alpha: float = 0.05
) -> Floats:
    """The chance, for each N, that a yes/no criterion crosses upward, every answer evaluated.

    All N are followed side by side, by their bad answers so far.

    Args:
        sizes: answers planned, each ≥ 1.
        threshold: share of good answers to be shown, in (0, 1); for "at most" give 1 − limit.
        truth: the true share of good answers, in [0, 1].
        alpha: chance of a false GO.
    """
    planned = np.array(sizes)
    start = np.array([first_look(n) for n in sizes]) - 1
    steps = planned - start
    bad = np.array([1.0 - threshold, 1.0 - truth])[:, None]
    width = most_bad_answers(max(sizes), threshold, alpha) + 1
    alive: Floats = np.asarray(binom.pmf(np.arange(width), start[:, None, None], bad))
    crossed = np.zeros((planned.size, 2))
    fewest = np.zeros(planned.size, dtype=np.int64)
    for step in range(1, int(steps.max()) + 1):
        falling = alive[:, :, :-1] * bad
        alive *= 1.0 - bad
        alive[:, :, 1:] += falling
        spent = spent_by((start + step) / planned, alpha)
        spent[steps == step] = alpha
        spent[steps < step] = -1.0
        _take(alive, crossed, fewest, spent)
    chances: Floats = crossed[:, 1]
    return chances


def _take(alive: Floats, crossed: Floats, fewest: NDArray[np.int64], spent: Floats) -> None:
    """Move the paths with the fewest bad answers into `crossed`, as far as each N may spend."""
    rows = np.arange(fewest.size)
    while rows.size:
        rows = rows[fewest[rows] < alive.shape[2]]
        heads = alive[rows, :, fewest[rows]]
        fits = crossed[rows, 0] + heads[:, 0] <= spent[rows]
        rows = rows[fits]
        crossed[rows] += heads[fits]
        alive[rows, :, fewest[rows]] = 0.0
        fewest[rows] += 1


def chance_of_go(n: int, threshold: float, truth: float, *, alpha: float = 0.05) -> float:
    """The chance of GO for one N; see `chances_of_go`."""
    return float(chances_of_go([n], threshold, truth, alpha=alpha)[0])


@lru_cache(maxsize=4096)
def answers_for_share(
    threshold: float, truth: float, *, power: float = 0.8, alpha: float = 0.05
) -> int:
    """The smallest N from which the chance of GO never falls below `power`.

    Exact up to about 1,500 answers; an approximation beyond. For "at most" give 1 − limit and
    1 − truth.

    Raises:
        Invalid: the truth is not better than the threshold, so that no number of answers helps.
    """
    if not 0.0 < threshold < truth <= 1.0:
        message = "More testers will not help: the expected share is not beyond the threshold."
        raise Invalid(message)
    rough = _normal(threshold, truth, power=power, alpha=alpha)
    if rough > EXACT_UP_TO:
        return max(math.ceil(rough * SAW), smallest_go_answers(threshold, alpha))

    def last_below(low: int, high: int) -> int | None:
        chances = chances_of_go(range(low, high), threshold, truth, alpha=alpha)
        below = np.flatnonzero(chances < power)
        return low + int(below[-1]) if below.size else None

    return _last(last_below, rough, _tooth(threshold)) + 1


def _tooth(threshold: float) -> int:
    """Answers after which the chance has risen and fallen once: it is a saw over N.

    A tooth is as long as one more bad answer takes to be allowed.
    """
    return max(48, math.ceil(2.0 / (1.0 - threshold)) + 2)


def _last(last_below: Callable[[int, int], int | None], start: int, tooth: int) -> int:
    """The last N that falls short: upward until a whole tooth is clear, else downward."""
    low, high = start, start + tooth
    found = last_below(low, high)
    newest = found
    while newest is not None:
        low, high = high, high + tooth
        newest = last_below(low, high)
        found = found if newest is None else newest
    low = start
    while found is None and low > 1:
        low, high = max(1, low - tooth), low
        found = last_below(low, high)
    return 0 if found is None else found


def _normal(threshold: float, truth: float, *, power: float, alpha: float) -> int:
    """Fixed-size approximation: ((z₁₋α √p₀q₀ + z_power √p₁q₁) / (p₁ − p₀))²."""
    limit = -ndtri(alpha) * math.sqrt(threshold * (1.0 - threshold))
    spare = ndtri(power) * math.sqrt(truth * (1.0 - truth))
    return math.ceil(((limit + spare) / (truth - threshold)) ** 2)


def answers_for_mean(margin: float, sd: float, *, power: float = 0.8) -> int:
    """Answers for a mean that truly lies `margin` above its threshold: N = (t · sd / margin)².

    t = 2.885 for 80 % and 3.330 for 90 %.

    Raises:
        Invalid: the margin is not positive, or the power is another.
    """
    factor = MEAN_FACTORS.get(power)
    if factor is None:
        message = "For a mean the planner knows a power of 80 % or 90 %."
        raise Invalid(message)
    if margin <= 0.0:
        message = "More testers will not help: the expected mean is not better than the threshold."
        raise Invalid(message)
    return math.ceil((factor * sd / margin) ** 2)
