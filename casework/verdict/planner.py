"""How many answers a GO is likely to take."""

import math
from functools import lru_cache

from scipy.special import ndtri

from casework.errors import Invalid
from casework.verdict.boundary import first_look, spending, walk

EXACT_UP_TO = 1_500
"""Answers up to which the planner follows the boundary itself; beyond, an approximation will do."""

SAW = 1.06
"""How far the last tooth lies above the normal approximation. Source: measured at 1,500 answers."""

MEAN_FACTORS = {0.8: 2.885, 0.9: 3.330}
"""What a mean's margin must be in units of sd/√N. Source: simulation of the means rule at 5 %."""


@lru_cache(maxsize=8192)
def chance_of_go(n: int, threshold: float, truth: float, *, alpha: float = 0.05) -> float:
    """The chance that a yes/no criterion crosses upward within n answers, each of them evaluated.

    Args:
        n: answers planned, ≥ 1.
        threshold: share of good answers to be shown, in (0, 1); for "at most" give 1 − limit.
        truth: the true share of good answers, in [0, 1].
        alpha: chance of a false GO.
    """
    found = walk(spending(n, alpha, n), first_look(n), (threshold, truth))
    return float(found.crossed[1])


@lru_cache(maxsize=4096)
def answers_for_share(
    threshold: float, truth: float, *, power: float = 0.8, alpha: float = 0.05
) -> int:
    """The smallest N from which the chance of GO never falls below `power`.

    Exact up to 1,500 answers; a normal approximation beyond. For "at most" give 1 − limit and 1
    − truth.

    Raises:
        Invalid: the truth is not better than the threshold, so that no number of answers helps.
    """
    if not 0.0 < threshold < truth <= 1.0:
        message = "More testers will not help: the expected share is not better than the threshold."
        raise Invalid(message)
    rough = _normal(threshold, truth, power=power, alpha=alpha)
    if rough > EXACT_UP_TO:
        return math.ceil(rough * SAW)
    n = _safely_above(threshold, truth, power=power, alpha=alpha)
    while n > 1 and chance_of_go(n - 1, threshold, truth, alpha=alpha) >= power:
        n -= 1
    return n


def _safely_above(threshold: float, truth: float, *, power: float, alpha: float) -> int:
    """An N beyond the last one whose chance is below `power`.

    The chance is a saw whose teeth are as far apart as one more bad answer is, so the search
    starts where a larger power is expected and goes on until one whole tooth lies above.
    """
    tooth = math.ceil(2.0 / (1.0 - threshold)) + 2
    n = _normal(threshold, truth, power=power, alpha=alpha)
    above = 0
    while above < tooth:
        n += 1
        good = chance_of_go(n, threshold, truth, alpha=alpha) >= power
        above = above + 1 if good else 0
    return n


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
