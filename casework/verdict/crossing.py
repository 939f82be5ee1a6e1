"""Has a criterion crossed its boundary, and at which answer?"""

import math

import numpy as np
from numpy.typing import NDArray

from casework.criteria import Direction
from casework.verdict import means
from casework.verdict.boundary import complement, cutoffs, first_look
from casework.verdict.evidence import Sample

Floats = NDArray[np.float64]


def up(sample: Sample, limit: float, alpha: float) -> int | None:
    """The answer at which the good side of the limit is shown, looking from ⌈0.8 N⌉ on."""
    if sample.answers == 0:
        return None
    if not sample.metric.is_share:
        return means.crossed_up(
            sample.values,
            limit,
            planned=sample.planned,
            alpha=alpha,
            earliest=first_look(sample.planned),
            close_at=sample.close_at,
        )
    enough = upper(sample, limit, alpha)[: sample.answers]
    return means.first_true(np.cumsum(good(sample)) >= enough)


def down(sample: Sample, limit: float, alpha: float) -> int | None:
    """The answer at which the bad side of the limit is shown, looking from the first one on."""
    if sample.answers == 0:
        return None
    if not sample.metric.is_share:
        return means.crossed_down(sample.values, limit, planned=sample.planned, alpha=alpha)
    enough = lower(sample, limit, alpha)[: sample.answers]
    return means.first_true(np.cumsum(1.0 - good(sample)) >= enough)


def good(sample: Sample) -> Floats:
    """1.0 for each good answer to a yes/no criterion: for "at most" criteria the others count."""
    at_most = sample.metric.direction is Direction.AT_MOST
    return 1.0 - sample.values if at_most else sample.values


def good_share(sample: Sample, limit: float) -> float:
    """The share of good answers at the limit: offended at most 2 % is 98 % not offended."""
    return complement(limit) if sample.metric.direction is Direction.AT_MOST else limit


def upper(sample: Sample, limit: float, alpha: float) -> NDArray[np.int64]:
    """Good answers needed for a GO at each answer, up to the closing if there is one."""
    return cutoffs(
        sample.planned,
        good_share(sample, limit),
        alpha=alpha,
        earliest=first_look(sample.planned),
        close_at=sample.close_at,
    )


def lower(sample: Sample, limit: float, alpha: float) -> NDArray[np.int64]:
    """Bad answers that stop a launch at each answer; closing spends nothing here."""
    return cutoffs(sample.planned, complement(good_share(sample, limit)), alpha=alpha)


def mean_band(sample: Sample, limit: float, alpha: float) -> Floats:
    """How far Σd must be from 0 after each answer, for a mean."""
    wide = means.reach(alpha) * means.spread(sample.values, limit)
    band: Floats = wide * math.sqrt(sample.planned)
    return band
