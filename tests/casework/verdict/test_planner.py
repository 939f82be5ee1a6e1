"""The planner against the specified figures and a plain search."""

import itertools

import numpy as np
import pytest

from casework.errors import Invalid
from casework.verdict import answers_for_mean, answers_for_share, chance_of_go
from casework.verdict.boundary import cutoffs, first_look
from casework.verdict.planner import EXACT_UP_TO, chances_of_go


@pytest.mark.parametrize(
    ("threshold", "truth", "eighty", "ninety"),
    [
        (0.70, 0.75, 528, 726),
        (0.70, 0.80, 126, 172),
        (0.70, 0.85, 55, 71),
        (0.70, 0.90, 29, 38),
        (0.98, 0.995, 402, 474),
    ],
)
def test_the_planner_names_the_specified_answers(
    threshold: float, truth: float, eighty: int, ninety: int
) -> None:
    assert answers_for_share(threshold, truth, power=0.8) == eighty
    assert answers_for_share(threshold, truth, power=0.9) == ninety


@pytest.mark.parametrize(
    ("threshold", "truth"),
    [
        (0.70, 0.88),
        (0.80, 0.99),
        (0.90, 0.97),
        (0.95, 0.995),
        (0.95, 1.0),
        (0.10, 0.25),
        (0.5, 0.7),
        (0.98, 1.0),
    ],
)
def test_from_there_on_the_chance_never_falls_below(threshold: float, truth: float) -> None:
    planned = answers_for_share(threshold, truth)
    chances = [chance_of_go(n, threshold, truth) for n in range(1, 2 * planned + 40)]
    assert max(n for n, chance in enumerate(chances, start=1) if chance < 0.8) == planned - 1


@pytest.mark.parametrize(
    ("n", "threshold", "truth"), [(9, 0.7, 0.95), (12, 0.6, 0.9), (14, 0.3, 0.55), (14, 0.5, 1.0)]
)
def test_the_chance_of_go_is_that_of_all_paths_that_cross(
    n: int, threshold: float, truth: float
) -> None:
    counts = np.cumsum(list(itertools.product((0, 1), repeat=n)), axis=1)
    crosses = (counts >= cutoffs(n, threshold, earliest=first_look(n))).any(axis=1)
    good = counts[crosses, -1]
    expected = float((truth**good * (1 - truth) ** (n - good)).sum())
    assert expected > 0.1
    assert chance_of_go(n, threshold, truth) == pytest.approx(expected, abs=1e-12)


def test_many_sizes_are_followed_side_by_side_as_each_alone() -> None:
    together = chances_of_go([8, 60, 300, 59], 0.95, 0.99)
    assert together.tolist() == pytest.approx(
        [chance_of_go(n, 0.95, 0.99) for n in (8, 60, 300, 59)], abs=1e-12
    )
    assert together[0] == 0.0


def test_a_build_at_its_limit_says_go_at_most_once_in_twenty() -> None:
    assert chance_of_go(300, 0.7, 0.7) == pytest.approx(0.048457, abs=1e-6)


def test_very_strict_limits_never_plan_below_what_can_go() -> None:
    # .999^2994 > .05 ≥ .999^2995.
    assert answers_for_share(0.999, 1.0) == 2_995


def test_a_hair_above_the_limit_takes_very_many() -> None:
    assert answers_for_share(0.70, 0.71) > 5 * EXACT_UP_TO


@pytest.mark.parametrize("truth", [0.7, 0.6])
def test_no_number_of_testers_helps_on_the_wrong_side(truth: float) -> None:
    with pytest.raises(Invalid, match="will not help"):
        answers_for_share(0.7, truth)


def test_means_use_the_measured_factors() -> None:
    # (2.885 · .8 / .1)² = 532.7; (3.33 · .8 / .1)² = 709.7.
    assert answers_for_mean(0.1, 0.8) == 533
    assert answers_for_mean(0.1, 0.8, power=0.9) == 710


def test_means_refuse_what_was_not_measured() -> None:
    with pytest.raises(Invalid, match="80 % or 90 %"):
        answers_for_mean(0.1, 0.8, power=0.7)
    with pytest.raises(Invalid, match="will not help"):
        answers_for_mean(0.0, 0.8)
