"""Loyalty is the mean of three percentile ranks; the stated share at the top is loyal."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casework.loyalty import History, LoyaltyPolicy, percentile_ranks, score, summarise

AS_OF = datetime(2026, 8, 1, tzinfo=UTC)
POLICY = LoyaltyPolicy(as_of=AS_OF)


def history(*rows: tuple[float, float, float]) -> History:
    """Rows of (last day, times, cents); a customer with no times has no last day."""
    table = np.array(rows, dtype=float).reshape(-1, 3)
    return History(
        last_at=np.where(table[:, 1] > 0, table[:, 0] * 86_400, np.nan),
        frequency=table[:, 1],
        spend=table[:, 2],
    )


def test_four_customers_worked_by_hand() -> None:
    # Ranks of n = 4 are .125 .375 .625 .875; the two who came three times share .625 and .875.
    found = score(POLICY, history((10, 3, 500), (40, 1, 900), (30, 3, 100), (20, 2, 100)))
    assert found.recency.tolist() == [0.125, 0.875, 0.625, 0.375]
    assert found.frequency.tolist() == [0.75, 0.125, 0.75, 0.375]
    assert found.spend.tolist() == [0.625, 0.875, 0.25, 0.25]
    assert found.score == pytest.approx([1.5 / 3, 1.875 / 3, 1.625 / 3, 1.0 / 3])
    # The 70th percentile of .333 .5 .5417 .625 lies at place 2.1: .5417 + .1 × .0833.
    assert found.threshold == pytest.approx(0.55)
    assert found.loyal.tolist() == [False, True, False, False]


def test_weights_shift_the_score_and_zero_removes_a_part() -> None:
    rows = history((10, 3, 500), (40, 1, 900), (30, 3, 100), (20, 2, 100))
    only_spend = LoyaltyPolicy(as_of=AS_OF, weights=(0, 0, 1))
    assert score(only_spend, rows).score.tolist() == [0.625, 0.875, 0.25, 0.25]
    twice_recency = LoyaltyPolicy(as_of=AS_OF, weights=(2, 1, 1))
    assert score(twice_recency, rows).score[0] == pytest.approx((0.25 + 0.75 + 0.625) / 4)


def test_ties_at_the_threshold_are_all_loyal() -> None:
    found = score(POLICY, history(*[(5, 2, 100)] * 8, (1, 1, 1), (1, 1, 1)))
    assert found.loyal.tolist() == [True] * 8 + [False] * 2


def test_ten_different_customers_give_three_loyal_ones() -> None:
    found = score(POLICY, history(*[(day, day, day) for day in range(1, 11)]))
    assert found.loyal.tolist() == [False] * 7 + [True] * 3


def test_without_a_history_nobody_is_loyal_and_the_reason_says_so() -> None:
    found = score(POLICY, history((0, 0, 0), (0, 0, 0), (0, 0, 0), (3, 1, 0)))
    assert found.loyal.tolist() == [False, False, False, True]
    assert found.of(0).reason.startswith("Not loyal: no purchase or session")
    assert found.of(3).reason.startswith("Loyal: ")
    assert not score(POLICY, history((0, 0, 0))).loyal.any()


def test_an_empty_roster_has_no_loyal_customer() -> None:
    assert score(POLICY, history()).loyal.size == 0


def test_the_reason_names_score_and_threshold() -> None:
    found = score(POLICY, history((1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4)))
    # The 70th percentile of the ranks .125 .375 .625 .875 is .65.
    assert found.of(2).reason == "Not loyal: 0.62 is below 0.65, where the top 30% begins."
    assert found.of(3).reason == "Loyal: 0.88 is in the top 30%, which begins at 0.65."


def test_only_what_lies_in_the_window_and_before_the_cut_date_counts() -> None:
    days_before = np.array([0, 89, 90, -1, 200])
    at = np.datetime64(AS_OF.replace(tzinfo=None), "s") - days_before.astype("timedelta64[D]")
    who = np.array([0, 0, 0, 1, 2])
    cents = np.array([1, 2, 4, 8, 16])
    window = LoyaltyPolicy(as_of=AS_OF, window_days=90)
    recent = summarise(window, who, at, cents, customers=4)
    assert recent.frequency.tolist() == [2, 0, 0, 0]
    assert recent.spend.tolist() == [3, 0, 0, 0]
    assert recent.last_at[0] == AS_OF.timestamp()
    assert np.isnan(recent.last_at[1:]).all()
    whole = summarise(POLICY, who, at, cents, customers=4)
    assert whole.frequency.tolist() == [3, 0, 1, 0]
    assert whole.last_at[2] == (AS_OF - timedelta(days=200)).timestamp()


def test_a_policy_says_itself_in_plain_words() -> None:
    assert POLICY.described == (
        "Loyal is who ranks in the top 30% of all customers by how recently, how often and for "
        "how much they bought or played (weighed equally), counting everything up to 1 August 2026."
    )
    other = LoyaltyPolicy(as_of=AS_OF, cut=0.1, window_days=365, weights=(2, 1, 1))
    assert "top 10%" in other.described
    assert "(weighed 50% : 25% : 25%), counting the 365 days up to" in other.described


@pytest.mark.parametrize(
    "wrong",
    [
        {"cut": 0.0},
        {"cut": 1.0},
        {"window_days": 0},
        {"weights": (0, 0, 0)},
        {"weights": (-1, 1, 1)},
        {"weights": (float("nan"), 1, 1)},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        LoyaltyPolicy.model_validate({"as_of": AS_OF, **wrong})


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_percentile_ranks_keep_the_order_and_centre_on_one_half(values: list[int]) -> None:
    ranks = percentile_ranks(np.array(values, dtype=float))
    assert ranks.mean() == pytest.approx(0.5)
    assert ranks.min() > 0
    assert ranks.max() < 1
    for low, low_rank in zip(values, ranks, strict=True):
        for high, high_rank in zip(values, ranks, strict=True):
            assert (low < high) == (low_rank < high_rank)


@given(
    st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=40),
    st.sampled_from([0.1, 0.3, 0.5]),
)
def test_the_loyal_are_exactly_those_at_the_top(
    rows: list[tuple[int, int, int]], cut: float
) -> None:
    found = score(LoyaltyPolicy(as_of=AS_OF, cut=cut), history(*rows))
    others = found.score[~found.loyal & found.has_history]
    if found.loyal.any() and others.size:
        assert found.score[found.loyal].min() > others.max()
    assert found.loyal.sum() >= min(int(len(rows) * cut), int(found.has_history.sum()))
