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
    found = walk(spending(n, alpha, last), min(earliest, max(last, 1)), threshold).cutoffs
    found.setflags(write=False)
    return found


def spending(n: int, alpha: float, last: int) -> Floats:
    """False-crossing probability that may be used up to each answer; all of `alpha` at the last."""
    spent = spent_by(np.arange(1, last + 1) / n, alpha)
    spent[-1:] = alpha
    return spent


def spent_by(part: Floats, alpha: float) -> Floats:
    """What may be used when this part of the planned answers, in (0, 1], has come.

    a = 2 Φ(−z₁₋α/₂ / √part). Source: Lan and DeMets (1983), O'Brien–Fleming type.
    """
    spent: Floats = 2.0 * ndtr(ndtri(alpha / 2.0) / np.sqrt(part))
    return spent


def most_bad_answers(n: int, threshold: float, alpha: float) -> int:
    """With more bad answers than this among n no path can cross, so it need not be followed.

    Where a path with b of them crosses, so does every path with fewer; at the limit these have a
    chance of at most alpha together, so the fixed-size test bounds b.
    """
    return int(binom.ppf(alpha, n, 1.0 - threshold)) + 1


@dataclass(frozen=True)
class Walk:
    """The boundary, and the chance that a share exactly at its limit ever crosses it."""

    cutoffs: Counts
    size: float


def walk(spent: Floats, earliest: int, threshold: float) -> Walk:
    """Follow the count of good answers at the limit; take high counts away as spending allows.

    Args:
        spent: what may be used up to each answer, ending at the last one.
        earliest: first answer at which counts are taken away.
        threshold: the share of good answers at the limit.
    """
    last = len(spent)
    found = np.arange(2, last + 2, dtype=np.int64)
    # Nothing is taken away before the earliest answer: until then the count is binomial.
    top = max(0, min(earliest, last) - 1)
    alive = np.zeros(last + 1)
    alive[: top + 1] = binom.pmf(np.arange(top + 1), top, threshold)
    most_bad = most_bad_answers(last, threshold, float(spent[-1])) if last else 0
    crossed = 0.0
    for k, allowed in enumerate(spent[top:].tolist(), start=top + 1):
        low = max(0, k - 1 - most_bad)
        rising = alive[low : top + 1] * threshold
        alive[low : top + 1] *= 1.0 - threshold
        alive[low + 1 : top + 2] += rising
        top += 1
        while crossed + (head := float(alive[top])) <= allowed:
            crossed += head
            alive[top] = 0.0
            top -= 1
        found[k - 1] = top + 1
    return Walk(found, crossed)
