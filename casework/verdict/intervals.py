"""Intervals shown beside each figure, 95 % unless told otherwise; no verdict rests on them."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri, stdtrit

from casework.criteria import Metric

Interval = tuple[float, float]

RARE = 5
"""Below this many events (or others) a share's interval is exact. Source: the usual n·p ≥ 5."""


def share(events: int, n: int, level: float = 0.95) -> Interval:
    """Interval of a share of n ≥ 1: Wilson, or Clopper–Pearson where events or others are rare."""
    if min(events, n - events) < RARE:
        return clopper_pearson(events, n, level)
    return wilson(events, n, level)


def wilson(events: int, n: int, level: float = 0.95) -> Interval:
    """Score interval of a share. Source: Wilson (1927)."""
    z = _z(level)
    p = events / n
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def clopper_pearson(events: int, n: int, level: float = 0.95) -> Interval:
    """Exact interval of a share. Source: Clopper and Pearson (1934)."""
    tail = (1.0 - level) / 2.0
    low = 0.0 if events == 0 else float(betaincinv(events, n - events + 1, tail))
    high = 1.0 if events == n else float(betaincinv(events + 1, n - events, 1.0 - tail))
    return low, high


def net_promoter(promoters: int, passives: int, detractors: int, level: float = 0.95) -> Interval:
    """Interval of a net promoter score, as fractions: adjusted Wald with ¾, 1½ and ¾ answers added.

    Source: Rocks, "Interval estimation for the Net Promoter Score" (2016).
    """
    n = promoters + passives + detractors + 3.0
    up, down = (promoters + 0.75) / n, (detractors + 0.75) / n
    half = _z(level) * math.sqrt((up + down - (up - down) ** 2) / n)
    return max(-1.0, up - down - half), min(1.0, up - down + half)


def mean(values: NDArray[np.float64], level: float = 0.95) -> Interval | None:
    """Student's t interval of a mean; none for fewer than two values."""
    n = values.size
    if n <= 1:
        return None
    half = float(stdtrit(n - 1, (1.0 + level) / 2.0)) * float(values.std(ddof=1)) / math.sqrt(n)
    middle = float(values.mean())
    return middle - half, middle + half


def not_excluded(events: int, n: int, level: float = 0.95) -> float:
    """The one-sided exact upper limit of a share: 40 clean answers do not exclude 7.2 %."""
    return 1.0 if n == 0 else clopper_pearson(events, n, 2.0 * level - 1.0)[1]


def interval_of(metric: Metric, values: NDArray[np.float64]) -> Interval | None:
    """The 95 % interval that belongs to a metric's values."""
    if values.size == 0:
        return None
    if metric.is_share:
        return share(int(values.sum()), int(values.size))
    if metric is Metric.nps:
        counts = [int((values == score).sum()) for score in (1.0, 0.0, -1.0)]
        return net_promoter(*counts)
    return mean(values)


def _z(level: float) -> float:
    return float(ndtri((1.0 + level) / 2.0))
