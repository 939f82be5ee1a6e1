"""Facts about the check of a loyalty policy on the second half of a history."""

from datetime import UTC, datetime, timedelta
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import NotEnough
from casework.loyalty import LoyaltyPolicy
from casework.loyalty_backtest import Backtest, auc, backtest, lift

START = np.datetime64("2026-01-01", "s")
POLICY = LoyaltyPolicy(as_of=datetime(2027, 1, 1, tzinfo=UTC))


def checked(days: list[int], who: list[int], *, customers: int) -> Backtest:
    at = START + np.array(days).astype("timedelta64[D]")
    return backtest(POLICY, np.array(who), at, np.full(len(who), 100), customers=customers)


def test_auc_counts_ties_as_half_worked_by_hand() -> None:
    """Pairs (back, not back): 3>1, 3>2, 2>1, 2=2 make 3.5 of 4."""
    scores = np.array([3.0, 2.0, 2.0, 1.0])
    assert auc(scores, np.array([True, True, False, False])) == 3.5 / 4


def test_lift_compares_the_top_with_everybody_and_shares_ties() -> None:
    scores = np.arange(20, dtype=float)
    back = np.zeros(20, dtype=bool)
    back[[19, 5]] = True
    assert lift(scores, back) == (1 / 2) / (2 / 20)
    assert lift(np.ones(20), back) == 1.0


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=4, max_size=40))
def test_auc_is_the_share_of_pairs_ranked_right(rows: list[tuple[int, bool]]) -> None:
    back = [score for score, came in rows if came]
    gone = [score for score, came in rows if not came]
    if not back or not gone:
        return
    right = sum((a > b) + (a == b) / 2 for a in back for b in gone) / (len(back) * len(gone))
    scores = np.array([float(score) for score, _ in rows])
    assert auc(scores, np.array([came for _, came in rows])) == pytest.approx(right)


def test_customers_who_come_often_come_back_and_the_sentence_says_so() -> None:
    """Thirty regulars buy on days 0, 10, …, 90; seventy others once, on one of the first days."""
    days = [10 * k for _ in range(30) for k in range(11)] + [k % 5 for k in range(70)]
    who = [one for one in range(30) for _ in range(11)] + list(range(30, 100))
    found = checked(days, who, customers=130)
    assert found.split_at == datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=50)
    assert (found.customers, found.came_back) == (100, 30)
    assert (found.auc, found.loyal_back, found.rest_back) == (1.0, 1.0, 0.0)
    assert found.lift == pytest.approx(1 / 0.3)
    assert found.sentence == (
        "Of 100 customers ranked by what they did until 20 February 2026, 100% of the loyal came "
        "back afterwards and 0% of the rest. The policy picks out people who stay."
    )


def test_a_policy_that_predicts_nothing_is_said_to() -> None:
    assert "hardly better than chance" in figures(0.55).sentence
    assert "helps a little" in figures(0.65).sentence


def figures(value: float) -> Backtest:
    split_at = datetime(2026, 2, 20, tzinfo=UTC)
    return Backtest(100, 50, split_at, auc=value, lift=1.0, loyal_back=0.5, rest_back=0.5)


def test_too_few_who_came_back_or_no_history_say_what_is_missing() -> None:
    with pytest.raises(NotEnough, match=r"there are 1 and 1\."):
        checked([0, 0, 10], [0, 1, 0], customers=2)
    with pytest.raises(NotEnough, match="no history yet"):
        checked([], [], customers=2)


def test_a_hundred_thousand_purchases_take_a_moment() -> None:
    rng = np.random.default_rng(1)
    who = rng.zipf(1.3, 100_000) % 10_000
    at = START + rng.integers(0, 300 * 86_400, 100_000).astype("timedelta64[s]")
    began = process_time()
    found = backtest(POLICY, who, at, np.full(100_000, 100), customers=10_000)
    assert process_time() - began < 1
    assert found.auc > 0.6
