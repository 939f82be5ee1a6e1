"""Simulated studies against the exact curve and the verdict itself."""

from itertools import pairwise

import numpy as np
import pytest

from casework.criteria import Criterion, Metric, Profile, profile_criteria
from casework.verdict import Evidence, Outcome, decide
from casework.verdict.answer_plan import answers_alone, curve_of, looked_at, plan_together
from casework.verdict.assumed import Assumed, draw, usual
from casework.verdict.curve import chances_of
from casework.verdict.simulation import Simulated, simulate
from tests.casework.verdict.study import CRASH_FREE, CSAT_WITH_FLOOR, NPS, plan, registered

GOOD = Assumed(criterion=CSAT_WITH_FLOOR, truth=0.8)
STUDIES = 40
N = 60
MIXED = (
    Assumed(criterion=Criterion(metric=Metric.csat, threshold=0.7, floor=0.6), truth=0.78),
    Assumed(criterion=Criterion(metric=Metric.offended, threshold=0.15, floor=0.2), truth=0.06),
    Assumed(criterion=Criterion(metric=Metric.nps, threshold=0.2, floor=0.0), truth=0.42),
    Assumed(criterion=Criterion(metric=Metric.sentiment, threshold=0.1, floor=0.0), truth=0.25),
)


def decided(study: int, drawn: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]) -> Outcome:
    values = {
        one.criterion.metric: 1.0 - v[study]
        if one.criterion.metric is Metric.offended
        else v[study]
        for one, v in zip(MIXED, drawn, strict=True)
    }
    criteria = plan(*(one.criterion for one in MIXED), answers=N, loyal_guardrail_answers=N // 2)
    loyal = np.arange(N) % 2 == 1
    return decide(registered(criteria), Evidence(values=values, loyal=loyal)).outcome


def test_every_simulated_study_ends_as_the_verdict_would_end_it() -> None:
    rng = np.random.default_rng(7)
    drawn = [draw(one, (STUDIES, N), rng) for one in MIXED]
    expected = [decided(i, drawn) for i in range(STUDIES)]
    assert len(set(expected)) >= 3
    found = simulate(MIXED, [N], loyal_share=0.5, studies=STUDIES, seed=7).chances()[0]
    assert found.go == expected.count(Outcome.GO) / STUDIES
    assert found.conditions == expected.count(Outcome.GO_WITH_CONDITIONS) / STUDIES
    assert found.no_go == expected.count(Outcome.NO_GO) / STUDIES
    assert found.not_enough == pytest.approx(expected.count(Outcome.NOT_ENOUGH_EVIDENCE) / STUDIES)


@pytest.mark.parametrize("truth", [0.6, 0.7, 0.8])
def test_one_criterion_comes_out_as_in_the_exact_curve(truth: float) -> None:
    assumed = Assumed(criterion=CSAT_WITH_FLOOR, truth=truth)
    for found in simulate([assumed], [50, 150]).chances():
        exact = chances_of(found.answers, assumed)
        # Three standard errors of 2,000 studies are at most .034.
        assert found.go == pytest.approx(exact.go, abs=0.034)
        assert found.conditions == pytest.approx(exact.conditions, abs=0.034)
        assert found.no_go == pytest.approx(exact.no_go, abs=0.034)


def test_the_same_seed_gives_the_same_figures_and_another_others() -> None:
    once, again, other = (simulate([GOOD], [80], studies=300, seed=s).chances() for s in (1, 1, 2))
    assert once == again != other


def test_progress_ends_with_all_of_it() -> None:
    told: list[float] = []
    simulate([GOOD], [400], studies=1_200, progress=told.append)
    assert told[-1] == 1.0
    assert len(told) > 1
    assert all(early < late for early, late in pairwise(told))


def test_without_a_criterion_a_go_is_never_rarer() -> None:
    assumed = [usual(one) for one in profile_criteria(Profile.full, 300)]
    played = simulate(assumed, [100, 200, 300], loyal_share=0.4, studies=400)
    whole = played.chances()
    for i in range(len(assumed)):
        for with_it, without in zip(whole, played.chances(without=i), strict=True):
            assert without.go >= with_it.go
    for watched, unwatched in zip(whole, played.chances(guarded=False), strict=True):
        assert unwatched.go >= watched.go


def test_watching_the_loyal_stops_more_studies() -> None:
    bad = Assumed(criterion=CSAT_WITH_FLOOR, truth=0.55)
    played = simulate([bad], [60], loyal_share=0.5, studies=500)
    assert played.chances()[0].no_go > played.chances(guarded=False)[0].no_go


def test_a_stop_check_never_says_go() -> None:
    (found,) = simulate([GOOD], [100], can_go=False, studies=200).chances()
    assert (found.go, found.conditions) == (0.0, 0.0)


def a_run(*go: float) -> Simulated:
    """One criterion, N of 10, 20, …, ten studies; so many of them shown at each N."""
    shown = np.array([[[k < round(10 * one) for k in range(10)] for one in go]])
    none = np.zeros_like(shown)
    return Simulated(tuple(10 * (i + 1) for i in range(len(go))), shown, shown, none, none)


def test_answers_are_read_between_the_sizes_from_the_last_that_falls_short() -> None:
    # From .6 at 20 to .9 at 30 the .8 is passed two thirds of the way.
    assert a_run(0.3, 0.6, 0.9).answers_for(0.8) == 27
    assert a_run(0.9, 0.6, 0.8).answers_for(0.8) == 30
    assert a_run(0.9, 1.0).answers_for(0.8) == 10
    assert a_run(0.3, 0.6).answers_for(0.8) is None


def test_together_they_take_at_least_what_the_hungriest_takes_alone() -> None:
    assumed = [GOOD, Assumed(criterion=CRASH_FREE, truth=0.97)]
    found = plan_together(assumed, studies=1_000)
    assert [need.alone for need in found.needs] == [126, answers_alone(assumed[1], 0.8)]
    assert found.answers is not None
    assert found.answers >= 120
    # .7 ** 9 and .9 ** 29 are the first powers below 5 %.
    assert [need.least for need in found.needs] == [9, 29]
    assert found.least == 29
    assert found.guardrail_extra is None
    saved = [need.extra for need in found.needs]
    assert all(one is not None and 0 <= one <= found.answers for one in saved)


def test_where_more_answers_do_not_help_nothing_is_promised() -> None:
    found = plan_together([Assumed(criterion=CSAT_WITH_FLOOR, truth=0.7)], studies=100)
    assert found.answers is None
    assert [(need.alone, need.extra) for need in found.needs] == [(None, None)]
    assert found.curve[-1].answers == 480


def test_a_mean_takes_what_the_rule_of_means_takes() -> None:
    # .15 above the threshold, 30 % passives: around it √(.7 − .35² + .15²) = .7746;
    # (2.885 · .7746 / .15)² = 221.9.
    assert answers_alone(Assumed(criterion=NPS, truth=0.35), 0.8) == 222


def test_the_curve_of_a_mean_is_simulated() -> None:
    curve = curve_of(Assumed(criterion=NPS, truth=0.35), (50, 222))
    assert [one.answers for one in curve] == [50, 222]
    assert curve[1].go == pytest.approx(0.8, abs=0.04)


def test_the_curve_goes_beyond_what_is_needed_and_names_what_was_asked() -> None:
    sizes = looked_at([GOOD], also=[171])
    assert sizes[-1] > 172
    assert 171 in sizes
