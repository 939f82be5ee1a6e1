"""The path of a criterion says on a chart what the verdict says in words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.criteria import Criterion, Metric
from casework.verdict import decide, evidence_path, naive_says_go
from tests.casework.verdict.study import (
    CSAT,
    NPS,
    OFFENDED,
    evenly,
    evidence,
    plan,
    registered,
)

TONE = Criterion(metric=Metric.sentiment, threshold=0.1)


@settings(max_examples=60, deadline=None)
@given(
    written=st.lists(st.sampled_from("++++-0d."), min_size=1, max_size=40).map("".join),
    criterion=st.sampled_from([CSAT, OFFENDED, NPS]),
    closed=st.booleans(),
)
def test_the_path_crosses_where_the_verdict_says(
    written: str,
    criterion: Criterion,
    *,
    closed: bool,
) -> None:
    if criterion is not NPS:
        written = written.replace("d", "-").replace("0", "-")
    study = plan(criterion, answers=30)
    answers = evidence({criterion.metric: written}, closed=closed)
    result = decide(registered(study), answers).criteria[0]
    path = evidence_path(study, answers, criterion)
    ups = np.flatnonzero(path.total >= path.upper)
    downs = np.flatnonzero(path.total <= path.lower)
    assert (int(ups[0]) + 1 if ups.size else None) == result.crossed_up_at
    assert (int(downs[0]) + 1 if downs.size else None) == result.crossed_down_at


def test_the_boundaries_reach_to_the_planned_answers() -> None:
    study = plan(CSAT, NPS, TONE, answers=100)
    answers = evidence({Metric.csat: evenly(40, 30), Metric.nps: "+0d+" * 10})
    share = evidence_path(study, answers, CSAT)
    assert share.answers.tolist() == list(range(1, 101))
    assert share.total[39] == 30
    assert np.isnan(share.total[40:]).all()
    assert np.isnan(share.upper[:79]).all()
    assert (share.upper[79], share.upper[99]) == (65, 79)
    mean = evidence_path(study, answers, NPS)
    assert np.isnan(mean.upper[:79]).all()
    assert mean.upper[79] == mean.upper[99] > 0 > mean.lower[99]
    nothing = evidence_path(study, answers, TONE)
    assert np.isnan(nothing.total).all()
    assert np.isnan(nothing.upper).all()


def test_a_mean_closed_in_time_has_its_last_boundary_at_the_closing() -> None:
    # Ten promoters against 20: σ̂ = √(8.4 / 12); 2.2414 · .83666 · √10 = 5.930, Σd = 8.
    study = plan(NPS, answers=100)
    path = evidence_path(study, evidence({Metric.nps: "+" * 10}, closed=True), NPS)
    assert np.flatnonzero(~np.isnan(path.upper[:79])).tolist() == [9]
    assert path.upper[9] == pytest.approx(5.930, abs=5e-4)
    assert path.total[9] == pytest.approx(8.0)


@pytest.mark.parametrize(
    ("csat", "offended", "says_go"),
    [("+++-", "----", True), ("++--", "----", False), ("++++", "+---", False), ("", "", False)],
)
def test_the_naive_rule_goes_as_soon_as_the_figures_look_fine(
    csat: str, offended: str, *, says_go: bool
) -> None:
    study = plan(CSAT, OFFENDED, answers=100)
    answers = evidence({Metric.csat: csat, Metric.offended: offended})
    assert naive_says_go(study, answers) is says_go
