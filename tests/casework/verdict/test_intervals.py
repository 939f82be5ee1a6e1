"""Intervals against published values and against sums worked by hand."""

import numpy as np
import pytest

from casework.criteria import Metric
from casework.verdict import intervals

# Newcombe (1998), Statistics in Medicine 17, table I: score and exact intervals.
NEWCOMBE = [
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]


@pytest.mark.parametrize(("events", "n", "score", "exact"), NEWCOMBE)
def test_shares_have_the_published_intervals(
    events: int, n: int, score: tuple[float, float], exact: tuple[float, float]
) -> None:
    assert intervals.wilson(events, n) == pytest.approx(score, abs=5e-5)
    assert intervals.clopper_pearson(events, n) == pytest.approx(exact, abs=5e-5)


@pytest.mark.parametrize("events", [0, 4, 26, 30])
def test_rare_events_and_rare_others_are_exact(events: int) -> None:
    assert intervals.share(events, 30) == intervals.clopper_pearson(events, 30)


@pytest.mark.parametrize("events", [5, 15, 25])
def test_other_shares_are_wilson(events: int) -> None:
    assert intervals.share(events, 30) == intervals.wilson(events, 30)


def test_a_net_promoter_score_has_three_answers_added() -> None:
    # 50.75/103 − 20.75/103 = .291262; √((.694175 − .084834)/103) = .076915; × 1.959964 = .150750.
    assert intervals.net_promoter(50, 30, 20) == pytest.approx((0.140512, 0.442012), abs=1e-5)


def test_a_net_promoter_score_stays_within_its_scale() -> None:
    assert intervals.net_promoter(3, 0, 0)[1] == 1.0
    assert intervals.net_promoter(0, 0, 3)[0] == -1.0


def test_a_mean_has_students_interval() -> None:
    # Mean 3, sd 1.5811, t(4) = 2.7764: 3 ± 2.7764 · .70711.
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    assert intervals.mean(values) == pytest.approx((1.03676, 4.96324), abs=1e-5)


def test_one_answer_has_no_interval_for_its_mean() -> None:
    assert intervals.mean(np.array([0.5])) is None


def test_no_answers_have_no_interval() -> None:
    assert intervals.interval_of(Metric.csat, np.array([])) is None


def test_each_metric_gets_its_own_interval() -> None:
    x = np.array([1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0])
    assert intervals.interval_of(Metric.csat, x) == intervals.wilson(5, 10)
    assert intervals.interval_of(Metric.nps, x - 1.0) == intervals.net_promoter(0, 5, 5)
    assert intervals.interval_of(Metric.sentiment, x) == intervals.mean(x)


def test_forty_clean_answers_do_not_exclude_seven_percent() -> None:
    # 1 − .05^(1/40).
    assert intervals.not_excluded(0, 40) == pytest.approx(0.07216, abs=5e-6)
    assert intervals.not_excluded(0, 0) == 1.0
