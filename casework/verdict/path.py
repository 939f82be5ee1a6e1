"""The way a criterion has come, for a chart; and what the usual rule would have said."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casework.criteria import Criterion, Direction, LaunchCriteria, Metric
from casework.criteria.words import MEAN_LEAST_ANSWERS
from casework.verdict import crossing
from casework.verdict.boundary import first_look
from casework.verdict.evidence import Evidence, Sample, sample_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Path:
    """One criterion from the first answer to its N; all arrays have that length.

    Attributes:
        answers: 1…N.
        total: good answers so far, or the sum of distances from the limit for a mean; NaN where
            not answered yet.
        upper: at or above it the criterion is shown; NaN where that cannot be said yet.
        lower: at or below it the criterion is missed; NaN where that cannot be said yet.
    """

    metric: Metric
    answers: NDArray[np.int64]
    total: Floats
    upper: Floats
    lower: Floats


def evidence_path(criteria: LaunchCriteria, evidence: Evidence, criterion: Criterion) -> Path:
    """The path of one registered criterion with its boundaries: GO at alpha, NO-GO at alpha/K."""
    sample = sample_of(criteria, criterion, evidence)
    strict = criteria.alpha / len(criteria.criteria)
    if criterion.metric.is_share:
        return _of_share(sample, criterion.threshold, criteria.alpha, strict)
    return _of_mean(sample, criterion.threshold, criteria.alpha, strict)


def _of_share(sample: Sample, limit: float, alpha: float, strict: float) -> Path:
    n = np.arange(1, sample.planned + 1)
    high = _padded(crossing.upper(sample, limit, alpha), sample.planned)
    low = n - crossing.lower(sample, limit, strict)
    return Path(
        metric=sample.metric,
        answers=n,
        total=_padded(np.cumsum(crossing.good(sample)), sample.planned),
        upper=np.where(high <= n, high, np.nan),
        lower=np.where(low >= 0, low, np.nan),
    )


def _of_mean(sample: Sample, limit: float, alpha: float, strict: float) -> Path:
    n = np.arange(1, sample.planned + 1)
    high = _held(crossing.mean_band(sample, limit, alpha), sample.planned)
    if sample.close_at is not None:
        high[sample.close_at - 1] *= math.sqrt(sample.close_at / sample.planned)
    low = -_held(crossing.mean_band(sample, limit, strict), sample.planned)
    least = MEAN_LEAST_ANSWERS
    looked = n >= max(first_look(sample.planned), least)
    if sample.close_at is not None and sample.close_at >= least:
        looked[sample.close_at - 1] = True
    return Path(
        metric=sample.metric,
        answers=n,
        total=_padded(np.cumsum(sample.values - limit), sample.planned),
        upper=np.where(looked, high, np.nan),
        lower=np.where(n >= least, low, np.nan),
    )


def _padded(known: NDArray[np.float64] | NDArray[np.int64], length: int) -> Floats:
    padded = np.full(length, np.nan)
    padded[: known.size] = known
    return padded


def _held(known: Floats, length: int) -> Floats:
    """What is known, then its last value: the best guess of how wide the boundary will be."""
    held = np.full(length, known[-1] if known.size else np.nan)
    held[: known.size] = known
    return held


def naive_says_go(criteria: LaunchCriteria, evidence: Evidence) -> bool:
    """What "all figures look fine today" would say: every estimate is at its threshold or better.

    For teaching only: looked at daily it lets through 77–92 % of builds that sit exactly at a
    limit.
    """
    return all(_looks_fine(criteria, evidence, criterion) for criterion in criteria.criteria)


def _looks_fine(criteria: LaunchCriteria, evidence: Evidence, criterion: Criterion) -> bool:
    values = sample_of(criteria, criterion, evidence).values
    if values.size == 0:
        return False
    if criterion.metric.direction is Direction.AT_MOST:
        return bool(values.mean() <= criterion.threshold)
    return bool(values.mean() >= criterion.threshold)
