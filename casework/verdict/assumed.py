"""What is assumed about a build before anybody has tested it, and answers drawn from that."""

from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from casework.criteria import Criterion, Direction, Metric
from casework.record import Record
from casework.verdict.boundary import complement

Floats = NDArray[np.float64]

RARE = 0.10
"""Up to this share of bad answers an event counts as rare."""

PASSIVES = 0.30
"""Testers who neither promote nor detract. Source: assumption, as in the bench of the verdict."""

TONE_WIDTH = 4.0
"""Weight of the bell that tones are drawn from; its standard deviation is about .44.

Source: assumption, as in the bench of the verdict.
"""

_BETTER = {Metric.nps: 0.15, Metric.sentiment: 0.10}


class Assumed(Record):
    """A criterion with the true value assumed for the build, on the metric's own scale.

    A share in [0, 1], offended .005 being half a percent; a mean in [−1, 1].
    """

    criterion: Criterion
    truth: float

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        low = 0.0 if self.criterion.metric.is_share else -1.0
        if not low <= self.truth <= 1.0:
            message = (
                f"{self.criterion.metric.title}: the assumed {self.truth:g} must lie between "
                f"{low:g} and 1 (80 % is .80 here)."
            )
            raise ValueError(message)
        return self

    @property
    def good_truth(self) -> float:
        """The assumed share of good answers; a mean as it is."""
        return self._good(self.truth)

    @property
    def good_limit(self) -> float:
        """The threshold as a share of good answers; a mean's as it is."""
        return self._good(self.criterion.threshold)

    @property
    def good_floor(self) -> float | None:
        """The floor as a share of good answers; a mean's as it is."""
        return None if self.criterion.floor is None else self._good(self.criterion.floor)

    @property
    def can_be_shown(self) -> bool:
        """Whether the assumed value is beyond the threshold, so that answers can show it."""
        return self.good_truth > self.good_limit

    @property
    def sd(self) -> float:
        """The standard deviation of one drawn answer."""
        if self.criterion.metric.is_share:
            return float(np.sqrt(self.truth * (1.0 - self.truth)))
        if self.criterion.metric is Metric.nps:
            return float(np.sqrt(1.0 - _passives(self.truth) - self.truth**2))
        return float(np.sqrt((1.0 - self.truth**2) / (TONE_WIDTH + 1.0)))

    def _good(self, value: float) -> float:
        at_most = self.criterion.metric.direction is Direction.AT_MOST
        return complement(value) if at_most else value


def usual(criterion: Criterion) -> Assumed:
    """A good build, where an owner begins: rare events a quarter of the limit, others two thirds.

    Net promoter scores lie 15 above the threshold, tones .10. Source: assumption; about the
    "well above" build of the verdict's bench.
    """
    metric, limit = criterion.metric, criterion.threshold
    if not metric.is_share:
        return Assumed(criterion=criterion, truth=round(min(limit + _BETTER[metric], 1.0), 4))
    bad = limit if metric.direction is Direction.AT_MOST else complement(limit)
    left = round(bad / 4 if bad <= RARE else bad * 2 / 3, 4)
    truth = left if metric.direction is Direction.AT_MOST else complement(left)
    return Assumed(criterion=criterion, truth=truth)


def draw(assumed: Assumed, shape: tuple[int, int], rng: np.random.Generator) -> Floats:
    """Answers with the assumed mean: 1.0 for good ones, promoters as −1, 0, 1, tones as a bell.

    The bell is a beta distribution stretched over [−1, 1].
    """
    truth = assumed.truth
    if assumed.criterion.metric.is_share:
        return (rng.random(shape) < assumed.good_truth).astype(np.float64)
    if assumed.criterion.metric is Metric.nps:
        passives = _passives(truth)
        promoters = (1.0 - passives + truth) / 2
        where = rng.random(shape)
        return np.where(where < promoters, 1.0, np.where(where < promoters + passives, 0.0, -1.0))
    # A bell cannot sit exactly on an end.
    middle = min(max((1.0 + truth) / 2, 1e-6), 1.0 - 1e-6)
    bell: Floats = 2.0 * rng.beta(TONE_WIDTH * middle, TONE_WIDTH * (1.0 - middle), shape) - 1.0
    return bell


def _passives(truth: float) -> float:
    return min(PASSIVES, 1.0 - abs(truth))
