"""How many good answers are enough: the exact boundary for yes/no criteria.

The boundary holds at every answer, so nobody can be fooled by looking often. It is found by
following, under the limit itself, the probability of every count that has not crossed yet.
Source: Lan and DeMets (1983), spending function of O'Brien–Fleming type.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import binom

from casework.errors import Invalid

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

DIGITS = 12
"""Decimals kept in 1 − threshold, so that .3 and 1 − .7 are the same limit."""


def first_look(n: int) -> int:
    """The first answer at which a GO may be said: ⌈0.8 n⌉.

    First answers are often the happiest. Source: simulated drift, false GO from .46 to .09.
    """
    return (4 * n + 4) // 5


def complement(share: float) -> float:
    """The share of the others, free of binary dust."""
    return round(1.0 - share, DIGITS)


def cutoffs(
    n: int,
    threshold: float,
    *,
    alpha: float = 0.05,
    earliest: int = 1,
    close_at: int | None = None,
) -> Counts:
    """Good answers needed at each answer to say that the true share is above the threshold.

    Index 0 is the first answer: after k answers S_k crosses when S_k ≥ cutoffs[k − 1]; k + 1
    means impossible there. The chance that a share at or below the threshold ever crosses is at
    most `alpha`, however often one looks.

    Args:
        n: answers planned, ≥ 1.
        threshold: share in (0, 1) that good answers must exceed.
        alpha: chance of a false crossing, in (0, 1).
        earliest: first answer at which crossing is allowed, ≥ 1.
        close_at: answers at the registered closing time (0 to n), where all of `alpha` is spent;
            the array ends there.

    Raises:
        Invalid: a figure is outside its range.
    """
    last = n if close_at is None else close_at
    if min(n, earliest) < 1 or not (0.0 < threshold < 1.0 and 0.0 < alpha < 1.0):
        message = "A boundary needs n, earliest ≥ 1 and threshold, alpha between 0 and 1."
        raise Invalid(message)
    if not 0 <= last <= n:
        message = f"Closing at {close_at} answers is not possible with {n} planned."
        raise Invalid(message)
    return _cutoffs(
        n, float(threshold), float(alpha), earliest, n if close_at is None else close_at
    )


@lru_cache(maxsize=4096)
def _cutoffs(n: int, threshold: float, alpha: float, earliest: int, last: int) -> Counts:
    found = walk(spending(n, alpha, last), min(earliest, max(last, 1)), (threshold,)).cutoffs
    found.setflags(write=False)
    return found


def spending(n: int, alpha: float, last: int) -> Floats:
    """False-crossing probability that may be used up to each answer; all of `alpha` at the last.

    a(k) = 2 Φ(−z₁₋α/₂ / √(k/n)). Source: Lan and DeMets (1983).
    """
    k = np.arange(1, last + 1, dtype=np.float64)
    spent: Floats = 2.0 * ndtr(ndtri(alpha / 2.0) / np.sqrt(k / n))
    spent[-1:] = alpha
    return spent


@dataclass(frozen=True)
class Walk:
    """The boundary and, for each rate followed, the chance of ever crossing it."""

    cutoffs: Counts
    crossed: Floats


def walk(spent: Floats, earliest: int, rates: tuple[float, ...]) -> Walk:
    """Follow the count of good answers and take the highest counts away as fast as spending allows.

    Args:
        spent: what may be used up to each answer, ending at the last one.
        earliest: first answer at which counts are taken away.
        rates: true shares to follow; the first is the limit, which alone sets the boundary.
    """
    last = len(spent)
    found = np.arange(2, last + 2, dtype=np.int64)
    crossed = np.zeros(len(rates))
    p = np.array(rates)[:, None]
    # Nothing is taken away before the earliest answer: until then the counts are binomial.
    top = max(0, min(earliest, last) - 1)
    alive = np.zeros((len(rates), last + 1))
    alive[:, : top + 1] = binom.pmf(np.arange(top + 1), top, p)
    for k in range(top + 1, last + 1):
        rising = alive[:, : top + 1] * p
        alive[:, : top + 1] *= 1.0 - p
        alive[:, 1 : top + 2] += rising
        top = _take(alive, crossed, top + 1, float(spent[k - 1]))
        found[k - 1] = top + 1
    return Walk(found, crossed)


def _take(alive: Floats, crossed: Floats, top: int, limit: float) -> int:
    """Move counts from the top into `crossed` within the limit; return the highest count left."""
    while top >= 0 and crossed[0] + alive[0, top] <= limit:
        crossed += alive[:, top]
        alive[:, top] = 0.0
        top -= 1
    return top
