"""How the evidence came in, and how loyal testers differ from others, ready to be told."""

import math

import numpy as np
from numpy.typing import NDArray

from casework.criteria import Criterion, LaunchCriteria, Metric, Segment
from casework.record import Record
from casework.verdict import Evidence, evidence_path, sample_of

POINTS = 80
"""As many points of a path as a chart of this width can show."""


class Course(Record):
    """One criterion's path at chosen answers; None where a line has no value there.

    `total` counts good answers so far, or sums the distances from the limit for a mean.
    """

    metric: Metric
    segment: Segment
    answers: tuple[int, ...]
    total: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    lower: tuple[float | None, ...]


def course(criteria: LaunchCriteria, evidence: Evidence, criterion: Criterion) -> Course | None:
    """The path of a criterion, thinned out, its last counted answer kept; None before the first."""
    path = evidence_path(criteria, evidence, criterion)
    known = np.flatnonzero(~np.isnan(path.total))
    if known.size == 0:
        return None
    spread = np.linspace(0, path.answers.size - 1, POINTS).round().astype(np.int64)
    kept = np.unique(np.append(spread, known[-1]))
    return Course(
        metric=criterion.metric,
        segment=criterion.segment,
        answers=tuple(int(one) for one in path.answers[kept]),
        total=_numbers(path.total[kept]),
        upper=_numbers(path.upper[kept]),
        lower=_numbers(path.lower[kept]),
    )


def _numbers(line: NDArray[np.float64]) -> tuple[float | None, ...]:
    return tuple(None if math.isnan(one) else round(float(one), 4) for one in line)


class Split(Record):
    """One figure among loyal testers and among the others; None where nobody gave a value."""

    metric: Metric
    loyal: float | None
    loyal_answers: int
    others: float | None
    other_answers: int


def splits(criteria: LaunchCriteria, evidence: Evidence) -> tuple[Split, ...]:
    """Each criterion about everyone, split; nothing where all or none are loyal."""
    found = [
        _split(criteria, evidence, criterion)
        for criterion in criteria.criteria
        if criterion.segment is Segment.everyone
    ]
    return tuple(one for one in found if one.loyal_answers and one.other_answers)


def _split(criteria: LaunchCriteria, evidence: Evidence, criterion: Criterion) -> Split:
    sample = sample_of(criteria, criterion, evidence)
    loyal = evidence.loyal[sample.rows]
    ours, theirs = sample.values[loyal], sample.values[~loyal]
    return Split(
        metric=criterion.metric,
        loyal=_mean(ours),
        loyal_answers=int(ours.size),
        others=_mean(theirs),
        other_answers=int(theirs.size),
    )


def _mean(values: NDArray[np.float64]) -> float | None:
    return float(values.mean()) if values.size else None
