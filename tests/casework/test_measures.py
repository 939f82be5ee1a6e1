"""What each ticked answer is worth to a verdict, worked by hand."""

import numpy as np
from numpy.testing import assert_array_equal

from casework.criteria import Metric
from casework.measures import measure
from casework.questionnaire import SCALES

TICKED = ("csat", "recommend", "effort", "keep_playing", "crashed", "offended", "polarity")
NAN = float("nan")


def measured(metric: Metric, **ticked: list[float]) -> list[float]:
    columns = {name: np.full(len(next(iter(ticked.values()))), NAN) for name in TICKED}
    columns |= {name: np.array(values, dtype=np.float64) for name, values in ticked.items()}
    return list(measure(columns)[metric])


def test_satisfied_is_4_or_5_of_5() -> None:
    assert_array_equal(measured(Metric.csat, csat=[1, 2, 3, 4, 5, NAN]), [0, 0, 0, 1, 1, NAN])


def test_a_promoter_says_9_or_10_a_detractor_0_to_6_and_0_is_a_detractor() -> None:
    said = [0, 6, 7, 8, 9, 10, NAN]
    assert_array_equal(measured(Metric.nps, recommend=said), [-1, -1, 0, 0, 1, 1, NAN])


def test_easy_is_5_or_more_of_7_and_the_question_asks_it_that_way_round() -> None:
    assert_array_equal(measured(Metric.ces, effort=[1, 4, 5, 7, NAN]), [0, 0, 1, 1, NAN])
    assert SCALES["effort"] == (1, 7, "1 is very hard, 7 is very easy.")


def test_no_crash_is_the_good_answer_and_silence_is_no_answer() -> None:
    assert_array_equal(measured(Metric.crash_free, crashed=[1, 0, NAN]), [0, 1, NAN])


def test_offence_playing_on_and_tone_are_taken_as_they_are() -> None:
    assert_array_equal(measured(Metric.offended, offended=[1, 0, NAN]), [1, 0, NAN])
    assert_array_equal(measured(Metric.keep_playing, keep_playing=[1, 0, NAN]), [1, 0, NAN])
    assert_array_equal(measured(Metric.sentiment, polarity=[-0.5, 0, NAN]), [-0.5, 0, NAN])


def test_every_metric_there_is_has_a_value() -> None:
    nobody = {name: np.array([], dtype=np.float64) for name in TICKED}
    assert set(measure(nobody)) == set(Metric)
