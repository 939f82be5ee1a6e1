"""What is assumed of a build, and answers drawn from it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casework.criteria import Criterion, Metric, Profile, profile_criteria
from casework.verdict.assumed import Assumed, draw, usual
from tests.casework.verdict.study import CSAT, NPS, OFFENDED

TONE = Criterion(metric=Metric.sentiment, threshold=0.10)


def test_an_assumed_share_lies_between_nothing_and_everybody() -> None:
    with pytest.raises(ValidationError, match=r"1\.2 must lie between 0 and 1"):
        Assumed(criterion=CSAT, truth=1.2)
    assert Assumed(criterion=NPS, truth=-0.4).truth == -0.4


def test_at_most_counts_the_others_as_good() -> None:
    assumed = Assumed(criterion=OFFENDED, truth=0.02)
    assert (assumed.good_limit, assumed.good_truth) == (0.9, 0.98)
    assert assumed.can_be_shown
    assert not Assumed(criterion=OFFENDED, truth=0.1).can_be_shown


def test_the_owner_begins_with_a_good_build() -> None:
    # Rare events a quarter of the limit, others two thirds; an NPS 15, a tone .10 above.
    begin = {one.metric: usual(one).truth for one in profile_criteria(Profile.strict, 700)}
    assert begin == {
        Metric.csat: 0.8,
        Metric.nps: 0.35,
        Metric.offended: 0.005,
        Metric.crash_free: 0.9975,
        Metric.sentiment: 0.2,
    }


@given(st.sampled_from(list(Metric)), st.floats(min_value=0.01, max_value=0.99))
def test_a_good_build_is_beyond_every_threshold(metric: Metric, threshold: float) -> None:
    limit = round(threshold, 3)
    assert usual(Criterion(metric=metric, threshold=limit)).can_be_shown


@pytest.mark.parametrize(
    ("criterion", "truth", "mean"),
    [
        (CSAT, 0.8, 0.8),
        (OFFENDED, 0.3, 0.7),
        (NPS, 0.35, 0.35),
        (NPS, -0.9, -0.9),
        (TONE, 0.2, 0.2),
    ],
)
def test_drawn_answers_have_the_assumed_mean_and_spread(
    criterion: Criterion, truth: float, mean: float
) -> None:
    assumed = Assumed(criterion=criterion, truth=truth)
    values = draw(assumed, (100, 1_000), np.random.default_rng(1))
    # 100,000 answers: standard errors below .003 for means and spreads.
    assert values.mean() == pytest.approx(mean, abs=0.01)
    assert values.std() == pytest.approx(assumed.sd, abs=0.01)
    assert np.abs(values).max() <= 1.0


def test_a_tone_at_the_very_end_can_be_drawn() -> None:
    values = draw(Assumed(criterion=TONE, truth=1.0), (10, 10), np.random.default_rng(1))
    assert values.min() > 0.9
