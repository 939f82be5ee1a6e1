"""Whether a loyalty policy keeps its word on the owner's own data.

The policy ranks customers by the first half of the history; the second half tells who came back.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from casework.errors import NotEnough
from casework.loyalty import (
    History,
    LoyaltyPolicy,
    Numbers,
    Places,
    percentile_ranks,
    score,
    summarise,
)

LEAST = 20
"""Customers of either kind, back and not back, below which the figures mean nothing.
Source: the usual rule of ten events per figure, twice."""
TOP = 0.10
ACCEPTABLE, WEAK = 0.7, 0.6
"""AUC from which a ranking is of use. Source: Hosmer and Lemeshow call .7 acceptable; .5 is chance.
"""


@dataclass(frozen=True)
class Backtest:
    """How well first-half loyalty told who came back; shares in [0, 1].

    `auc`: how often somebody who came back ranks above somebody who did not. `lift`: how many
    times more often the top tenth came back than everybody.
    """

    customers: int
    came_back: int
    split_at: datetime
    auc: float
    lift: float
    loyal_back: float
    rest_back: float

    @property
    def sentence(self) -> str:
        """What this means for the owner."""
        until = f"{self.split_at.day} {self.split_at:%B %Y}"
        told = (
            f"Of {self.customers:,} customers ranked by what they did until {until}, "
            f"{self.loyal_back:.0%} of the loyal came back afterwards and {self.rest_back:.0%} of "
            "the rest."
        )
        return f"{told} {self._advice}"

    @property
    def _advice(self) -> str:
        if self.auc >= ACCEPTABLE:
            return "The policy picks out people who stay."
        if self.auc >= WEAK:
            return "The policy helps a little; try other weights or another window."
        return "The policy is hardly better than chance on these data; try other weights."


def backtest(
    policy: LoyaltyPolicy,
    customer: Places,
    at: NDArray[np.datetime64],
    spend_cents: Places,
    *,
    customers: int,
) -> Backtest:
    """Fit on the first half of the history, check on the second.

    `customer` holds places from 0 up to `customers`. Raises: NotEnough, as `check`.
    """
    if not at.size:
        raise NotEnough("There is no history yet. Import purchases or sessions first.")
    moments = at.astype("datetime64[s]").astype(np.int64)
    split_at = halfway(float(moments.min()), float(moments.max()))
    early = policy.model_copy(update={"as_of": split_at})
    history = summarise(early, customer, at, spend_cents, customers=customers)
    later = np.bincount(customer[moments > split_at.timestamp()], minlength=customers) > 0
    return check(early, history, later)


def halfway(first: float, last: float) -> datetime:
    """The middle of a history, from its first and last second since 1970."""
    return datetime.fromtimestamp((first + last) // 2, tz=UTC)


def check(early: LoyaltyPolicy, history: History, came_back: NDArray[np.bool_]) -> Backtest:
    """Compare who ranked high by the first half with who came back; `came_back` (n,) by place.

    Only customers with a history by then are ranked: nobody else was known.

    Raises:
        NotEnough: for fewer than 20 customers who came back, or who did not.
    """
    known = history.frequency > 0
    ranked = score(
        early, History(history.last_at[known], history.frequency[known], history.spend[known])
    )
    scores, loyal, back = ranked.score, ranked.loyal, came_back[known]
    fewest = min(int(back.sum()), int((~back).sum()))
    if fewest < LEAST:
        raise NotEnough(
            f"A check needs {LEAST} customers who came back in the second half of the history and "
            f"{LEAST} who did not; there are {int(back.sum()):,} and {int((~back).sum()):,}."
        )
    return Backtest(
        customers=int(known.sum()),
        came_back=int(back.sum()),
        split_at=early.as_of,
        auc=auc(scores, back),
        lift=lift(scores, back),
        loyal_back=_share(back[loyal]),
        rest_back=_share(back[~loyal]),
    )


def auc(scores: Numbers, positive: NDArray[np.bool_]) -> float:
    """How often a positive has the higher score of a random pair; ties count half."""
    n, hits = scores.size, int(positive.sum())
    ranks = percentile_ranks(scores) * n + 0.5
    above = float(ranks[positive].sum()) - hits * (hits + 1) / 2
    return above / (hits * (n - hits))


def lift(scores: Numbers, positive: NDArray[np.bool_], top: float = TOP) -> float:
    """The rate among the best `top` share divided by the rate of all; ties share their places."""
    places = max(round(scores.size * top), 1)
    bar = np.partition(scores, -places)[-places]
    above, level = scores > bar, scores == bar
    left = places - int(above.sum())
    hits = float(positive[above].sum()) + left * _share(positive[level])
    return hits / places / _share(positive)


def _share(flags: NDArray[np.bool_]) -> float:
    return float(flags.mean()) if flags.size else 0.0
