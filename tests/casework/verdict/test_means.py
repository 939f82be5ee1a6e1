"""Means, worked by hand with d = x − limit, σ̂² = (Σd² + 2)/(n + 2) and c = 2.2414 at 5 %."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.verdict.means import crossed_down, crossed_up, reach, spread

PROMOTERS = np.ones(20)
DETRACTORS = -np.ones(20)


def test_the_reach_at_five_percent_is_two_and_a_quarter() -> None:
    assert reach(0.05) == pytest.approx(2.2414, abs=5e-5)


def test_the_spread_starts_wide() -> None:
    # One answer .8 above the limit: √((.64 + 2) / 3).
    assert spread(np.array([1.0]), 0.2)[0] == pytest.approx(0.938083, abs=1e-6)


def test_twelve_promoters_show_twenty_at_the_tenth_answer() -> None:
    # Σd = 8; σ̂ = √(8.4 / 12) = .8367; 2.2414 · .8367 · √12 = 6.50.
    assert crossed_up(PROMOTERS[:12], 0.2, planned=12, alpha=0.05, earliest=10) == 10


def test_nothing_is_said_before_the_first_look() -> None:
    assert crossed_up(PROMOTERS, 0.2, planned=20, alpha=0.05, earliest=16) == 16


def test_nine_answers_are_too_few_for_a_mean() -> None:
    assert crossed_up(PROMOTERS[:9], 0.2, earliest=8, planned=9, alpha=0.05) is None
    assert crossed_down(DETRACTORS[:9], 0.2, planned=9, alpha=0.05) is None


def test_closing_takes_what_has_come_as_the_whole() -> None:
    # Σd = 8 at 10 answers; 2.2414 · .8367 · √100 = 18.8 is far, · √10 = 5.93 is passed.
    ten = PROMOTERS[:10]
    assert crossed_up(ten, 0.2, planned=100, alpha=0.05, earliest=80) is None
    assert crossed_up(ten, 0.2, planned=100, alpha=0.05, earliest=80, close_at=10) == 10
    assert crossed_up(ten[:9], 0.2, planned=100, alpha=0.05, earliest=80, close_at=9) is None


def test_detractors_stop_a_launch_at_the_tenth_or_eleventh_answer() -> None:
    # 10: Σd = −12, σ̂ = 1.1690; × 2.2414 × √20 = 11.72, × √22 = 12.29.
    # 11: Σd = −13.2, σ̂ = 1.1715; × 2.2414 × √22 = 12.32.
    assert crossed_down(DETRACTORS, 0.2, planned=20, alpha=0.05) == 10
    assert crossed_down(DETRACTORS, 0.2, planned=22, alpha=0.05) == 11


def test_more_criteria_make_the_stop_stricter() -> None:
    # c = Φ⁻¹(1 − .05/20) = 2.8070: 2.8070 · 1.1690 · √20 = 14.68 > 12; crosses at 13 with 15.6.
    assert crossed_down(DETRACTORS, 0.2, planned=20, alpha=0.01) == 13


def test_answers_that_all_sit_on_the_limit_show_nothing() -> None:
    flat = np.full(50, 0.1)
    assert crossed_up(flat, 0.1, planned=50, alpha=0.05, earliest=40) is None
    assert crossed_down(flat, 0.1, planned=50, alpha=0.05) is None


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=10, max_size=40),
    st.floats(-0.9, 0.8),
    st.floats(0.0, 0.1),
)
def test_a_stricter_limit_never_helps_a_mean(
    values: list[float], limit: float, stricter: float
) -> None:
    x = np.array(values)
    strict = crossed_up(x, limit + stricter, planned=40, alpha=0.05, earliest=32)
    mild = crossed_up(x, limit, planned=40, alpha=0.05, earliest=32)
    assert strict is None or (mild is not None and mild <= strict)
