"""The exact chance of each outcome over N, against every path there is."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.criteria import Criterion, Metric
from casework.errors import Invalid
from casework.verdict import Evidence, Outcome, chance_of_go, decide
from casework.verdict.assumed import Assumed
from casework.verdict.curve import LONGEST, chances_of, sizes_up_to
from tests.casework.verdict.study import CSAT_WITH_FLOOR, NPS, evidence, plan, registered

OFFENCE = Criterion(metric=Metric.offended, threshold=0.05, floor=0.08)
SMALL = Criterion(metric=Metric.csat, threshold=0.5, floor=0.3)


def judged(written: str, criterion: Criterion) -> Outcome:
    found: Evidence = evidence({criterion.metric: written})
    return decide(registered(plan(criterion, answers=len(written))), found).outcome


@pytest.mark.parametrize("truth", [0.1, 0.5, 0.8])
def test_the_chances_are_those_of_all_paths_as_the_verdict_decides_them(truth: float) -> None:
    n = 10
    summed = dict.fromkeys(Outcome, 0.0)
    for path in itertools.product("+-", repeat=n):
        good = path.count("+")
        chance = truth**good * (1 - truth) ** (n - good)
        summed[judged("".join(path), SMALL)] += chance
    found = chances_of(n, Assumed(criterion=SMALL, truth=truth))
    assert found.go == pytest.approx(summed[Outcome.GO], abs=1e-9)
    assert found.conditions == pytest.approx(summed[Outcome.GO_WITH_CONDITIONS], abs=1e-9)
    assert found.no_go == pytest.approx(summed[Outcome.NO_GO], abs=1e-9)
    assert found.not_enough == pytest.approx(summed[Outcome.NOT_ENOUGH_EVIDENCE], abs=1e-9)
    assert max(found.go, found.no_go, found.conditions) > 0.01


def test_the_chance_of_go_is_the_planners() -> None:
    # A NO-GO after or before a GO is all that separates the two, and is rare for a good build.
    for n in (50, 126, 172):
        found = chances_of(n, Assumed(criterion=CSAT_WITH_FLOOR, truth=0.8))
        assert found.go == pytest.approx(chance_of_go(n, 0.7, 0.8), abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(
    n=st.integers(1, 80),
    truth=st.floats(0, 1),
    criterion=st.sampled_from([CSAT_WITH_FLOOR, OFFENCE]),
    family=st.integers(1, 5),
)
def test_four_outcomes_are_all_there_is(
    n: int, truth: float, criterion: Criterion, family: int
) -> None:
    found = chances_of(n, Assumed(criterion=criterion, truth=truth), family=family)
    every = (found.go, found.conditions, found.no_go, found.not_enough)
    assert sum(every) == pytest.approx(1.0, abs=1e-9)
    assert min(every) >= 0.0


def test_a_build_at_its_limit_gets_go_and_no_go_in_at_most_five_of_a_hundred() -> None:
    for n in (40, 150, 400):
        found = chances_of(n, Assumed(criterion=CSAT_WITH_FLOOR, truth=0.7))
        assert 0.01 < found.go <= 0.05
        assert found.no_go <= 0.05


def test_sharing_the_error_among_more_criteria_makes_a_no_go_rarer() -> None:
    bad = Assumed(criterion=CSAT_WITH_FLOOR, truth=0.6)
    assert chances_of(150, bad, family=5).no_go < chances_of(150, bad).no_go


def test_a_mean_has_no_exact_curve() -> None:
    with pytest.raises(Invalid, match="simulated, not exact"):
        chances_of(50, Assumed(criterion=NPS, truth=0.3))


def test_a_curve_has_even_steps_and_the_sizes_asked_for() -> None:
    assert sizes_up_to(150) == tuple(range(10, 151, 10))
    assert 126 in sizes_up_to(150, also=[126, 0, 10**6])
    assert sizes_up_to(10**6)[-1] == LONGEST
    assert sizes_up_to(1)[0] == 1
