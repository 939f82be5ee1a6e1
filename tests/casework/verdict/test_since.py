"""How the figures have moved since a moment."""

import numpy as np

from casework.criteria import Metric
from casework.verdict import decide
from casework.verdict.since import first_of, moved
from tests.casework.verdict.study import CSAT, OFFENDED, answers, evidence, plan, registered

STUDY = registered(plan(CSAT, OFFENDED, answers=60))
SIGNS = {Metric.csat: "++-+", Metric.offended: "..+-"}


def test_each_criterion_moves_from_its_own_figure_then_to_its_own_now() -> None:
    now = evidence(SIGNS)
    csat, offended = moved(decide(STUDY, first_of(now, 3, closed=False)), decide(STUDY, now))
    assert (csat.answers_then, csat.answers_now, csat.came) == (3, 4, 1)
    assert (csat.then, csat.now, csat.better) == (0.666667, 0.75, True)
    assert (offended.then, offended.now, offended.better) == (1.0, 0.5, True)


def test_a_figure_without_a_past_or_without_a_move_is_neither_better_nor_worse() -> None:
    now = evidence({Metric.csat: "+"})
    csat, offended = moved(decide(STUDY, first_of(now, 0, closed=False)), decide(STUDY, now))
    assert (csat.then, csat.now, csat.better) == (None, 1.0, None)
    assert (offended.came, offended.better) == (0, None)


def test_the_evidence_then_is_the_start_of_the_evidence_now() -> None:
    whole = evidence(SIGNS, closed=True)
    then = first_of(whole, 2, closed=False)
    assert list(then.values[Metric.csat]) == list(answers("++"))
    assert not then.closed
    assert then.received == 2
    assert np.array_equal(first_of(whole, 4, closed=True).loyal, whole.loyal)
