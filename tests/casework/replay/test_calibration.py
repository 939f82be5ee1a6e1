"""What the seven strategies teach, in few worlds; `make bench-replay` measures it in 400."""

import numpy as np
import pytest

from bench.replay import (
    GOAL_CSAT,
    Results,
    best_shares,
    in_order,
    median_interval,
    missed,
    play_all,
)
from casework.replay import STRATEGIES, Whom
from casework.replay.strategies import (
    ASK_AND_IGNORE,
    ASK_FOREVER,
    BETA_TOO_LATE,
    FANS_ONLY,
    MIXED,
    PIZZA_NIGHT,
    POLITE_FRIENDS,
)

PIZZA, FRIENDS, FANS, LATE, IGNORE, BEST, FOREVER = map(
    STRATEGIES.index,
    (
        PIZZA_NIGHT,
        POLITE_FRIENDS,
        FANS_ONLY,
        BETA_TOO_LATE,
        ASK_AND_IGNORE,
        MIXED,
        ASK_FOREVER,
    ),
)


@pytest.fixture(scope="module")
def found() -> Results:
    return play_all(range(20))


def test_the_mixed_plan_is_best_in_most_worlds(found: Results) -> None:
    assert best_shares(found.net)[BEST] >= 0.8


def test_asking_too_late_asking_forever_and_ignoring_cost_money(found: Results) -> None:
    assert in_order(found.net, (BEST, FANS, FOREVER, PIZZA, IGNORE, LATE), falling=True)


def test_polite_friends_cost_what_they_cost_unless_luck_helps(found: Results) -> None:
    gain = found.net[:, FRIENDS] - found.net[:, PIZZA]
    assert np.median(gain) == pytest.approx(-1.08, abs=0.01)
    assert 0 < (gain > 0).mean() < 0.5


def test_ignoring_people_loses_more_players_than_never_asking(found: Results) -> None:
    assert (found.lost[:, IGNORE] > found.lost[:, PIZZA]).all()
    assert in_order(found.lost, (BEST, FOREVER, LATE, FANS, PIZZA, IGNORE), falling=False)


def test_a_build_made_with_a_mixed_group_satisfies(found: Results) -> None:
    assert np.median(found.satisfied) >= GOAL_CSAT
    assert (found.satisfied > 0.83).all()


def test_ten_people_miss_less_than_five_than_three_than_one() -> None:
    """Expected .64, .40, .21 and .05; eight fans .26."""
    shares = [missed(range(30), Whom.MIX, size) for size in (1, 3, 5, 10)]
    assert shares == sorted(shares, reverse=True)
    assert shares == pytest.approx([0.64, 0.40, 0.21, 0.05], abs=0.12)
    assert missed(range(30), Whom.FANS, 8) == pytest.approx(0.26, abs=0.12)


def test_the_interval_of_a_median_comes_from_order_statistics() -> None:
    """Of 1 to 10 the 2nd and the 9th: fewer than 2 or more than 8 below has chance .021."""
    assert median_interval(np.arange(1.0, 11.0)) == (5.5, 2.0, 9.0)
    assert in_order(np.array([[3.0, 1.0, 2.0]]), (0, 2, 1), falling=True)
    assert not in_order(np.array([[3.0, 1.0, 2.0]]), (0, 1, 2), falling=True)
