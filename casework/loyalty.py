"""Who is loyal: percentile ranks of recency, frequency and spend, and a stated share at the top."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator
from scipy.stats import rankdata

from casework.record import Moment, Record

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

_EQUAL = (1.0, 1.0, 1.0)


class LoyaltyPolicy(Record):
    """What makes a customer loyal; stored with each use, so that a choice can be explained later.

    `cut` is the share of the roster that counts as loyal, in (0, 1). Only what happened up to
    `as_of`, and within `window_days` before it where given, counts. `weights` are those of
    recency, frequency and spend.
    Source: RFM; on CDNOW's 23,570 customers the equally weighed score predicts who buys again with
    an AUC of .77.
    """

    cut: float = Field(default=0.30, gt=0, lt=1)
    as_of: Moment
    window_days: int | None = Field(default=None, ge=1, le=36_500)
    weights: tuple[float, float, float] = _EQUAL

    @field_validator("weights")
    @classmethod
    def _check_weights(cls, weights: tuple[float, float, float]) -> tuple[float, float, float]:
        if min(weights) < 0 or not 0 < sum(weights) < np.inf:
            raise ValueError("Weights are zero or more, and at least one counts.")
        return weights

    @property
    def since(self) -> datetime | None:
        """When the window opens; None where the whole history counts."""
        return None if self.window_days is None else self.as_of - timedelta(days=self.window_days)

    @property
    def described(self) -> str:
        """The policy in plain words."""
        until = f"{self.as_of.day} {self.as_of:%B %Y}"
        span = "everything" if self.window_days is None else f"the {self.window_days:,} days"
        return (
            f"Loyal is who ranks in the top {self.cut:.0%} of all customers by how recently, how "
            f"often and for how much they bought or played ({self._weighed}), counting {span} "
            f"up to {until}."
        )

    @property
    def _weighed(self) -> str:
        if len(set(self.weights)) == 1:
            return "weighed equally"
        shares = [f"{weight / sum(self.weights):.0%}" for weight in self.weights]
        return "weighed {} : {} : {}".format(*shares)


@dataclass(frozen=True)
class History:
    """What each customer did within a policy's window, one place per customer.

    `last_at` in seconds since 1970, NaN where nothing happened; `spend` in cents.
    """

    last_at: Numbers
    frequency: Numbers
    spend: Numbers


@dataclass(frozen=True)
class Loyalty:
    """One customer's loyalty: three percentile ranks and their mean, each in (0, 1)."""

    recency: float
    frequency: float
    spend: float
    score: float
    loyal: bool
    reason: str


@dataclass(frozen=True)
class Loyalties:
    """The loyalty of a whole roster, by place; `threshold` is the lowest loyal score."""

    recency: Numbers
    frequency: Numbers
    spend: Numbers
    score: Numbers
    loyal: NDArray[np.bool_]
    has_history: NDArray[np.bool_]
    threshold: float
    cut: float

    def of(self, place: int) -> Loyalty:
        """One customer's loyalty with the sentence that explains it."""
        return Loyalty(
            recency=float(self.recency[place]),
            frequency=float(self.frequency[place]),
            spend=float(self.spend[place]),
            score=float(self.score[place]),
            loyal=bool(self.loyal[place]),
            reason=self._reason(place),
        )

    def _reason(self, place: int) -> str:
        if not self.has_history[place]:
            return "Not loyal: no purchase or session in the time that counts."
        score, top = float(self.score[place]), f"top {self.cut:.0%}"
        if self.loyal[place]:
            return f"Loyal: {score:.2f} is in the {top}, which begins at {self.threshold:.2f}."
        return f"Not loyal: {score:.2f} is below {self.threshold:.2f}, where the {top} begins."


def summarise(
    policy: LoyaltyPolicy,
    customer: Places,
    at: NDArray[np.datetime64],
    spend_cents: Places,
    *,
    customers: int,
) -> History:
    """Each customer's history from dated rows; `customer` holds places from 0 up to `customers`."""
    moments = at.astype("datetime64[s]").astype(np.int64)
    since = policy.since.timestamp() if policy.since else -np.inf
    counted = (moments <= policy.as_of.timestamp()) & (moments > since)
    who, when = customer[counted], moments[counted].astype(np.float64)
    last_at = np.full(customers, -np.inf)
    np.maximum.at(last_at, who, when)
    return History(
        last_at=np.where(np.isneginf(last_at), np.nan, last_at),
        frequency=np.bincount(who, minlength=customers).astype(np.float64),
        spend=np.bincount(
            who, weights=spend_cents[counted].astype(np.float64), minlength=customers
        ).astype(np.float64),
    )


def score(policy: LoyaltyPolicy, history: History) -> Loyalties:
    """Rank a roster: score = weighted mean of the three percentile ranks, high is good.

    Loyal is who has a history and scores at least the (1 - cut) quantile of the roster, ties
    included; customers without a history share the lowest ranks.
    """
    has_history = history.frequency > 0
    parts = (
        percentile_ranks(np.where(has_history, history.last_at, -np.inf)),
        percentile_ranks(history.frequency),
        percentile_ranks(np.where(has_history, history.spend, -np.inf)),
    )
    scores = _weighted_mean(parts, policy.weights)
    threshold = float(np.quantile(scores, 1 - policy.cut)) if scores.size else 1.0
    return Loyalties(
        *parts,
        score=scores,
        loyal=has_history & (scores >= threshold),
        has_history=has_history,
        threshold=threshold,
        cut=policy.cut,
    )


def percentile_ranks(values: Numbers) -> Numbers:
    """Average ranks (r - .5) / n, from 1/2n for the lowest to 1 - 1/2n for the highest."""
    if not values.size:
        return np.empty(0)
    return np.asarray((rankdata(values, method="average") - 0.5) / values.size, dtype=np.float64)


def _weighted_mean(parts: tuple[Numbers, ...], weights: tuple[float, ...]) -> Numbers:
    # Summed part by part, so that equal customers get scores equal to the last bit.
    total = np.zeros_like(parts[0])
    for part, weight in zip(parts, weights, strict=True):
        total += part * weight
    return np.asarray(total / sum(weights), dtype=np.float64)
