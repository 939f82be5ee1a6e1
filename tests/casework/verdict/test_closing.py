"""What counts: the first N, missing values, closing in time, closing by hand, segments, Holm."""

import numpy as np
import pytest

from casework.criteria import Criterion, Metric, Segment
from casework.errors import Invalid
from casework.verdict import Crossed, Evidence, Outcome, cutoffs, decide
from tests.casework.verdict.study import (
    CRASH_FREE,
    CSAT,
    CSAT_WITH_FLOOR,
    NPS,
    OFFENDED,
    evenly,
    evidence,
    plan,
    registered,
)


def test_answers_after_n_are_not_counted() -> None:
    study = registered(plan(CSAT, answers=60))
    some = evenly(60, 46)
    exactly = decide(study, evidence({Metric.csat: some}))
    more = decide(study, evidence({Metric.csat: some + "+" * 500}))
    assert more == exactly
    assert more.answers == 60


def test_closing_in_time_spends_the_rest_of_the_error() -> None:
    # From the vectors: N = 300 at .70 closed at 150 needs 115 good answers.
    study = registered(plan(CSAT, answers=300))
    enough = {Metric.csat: evenly(150, 115)}
    assert decide(study, evidence(enough)).outcome is Outcome.NOT_ENOUGH_EVIDENCE
    closed = decide(study, evidence(enough, closed=True))
    assert closed.outcome is Outcome.GO
    assert closed.criteria[0].crossed_up_at == 150
    too_few = {Metric.csat: evenly(150, 114)}
    assert decide(study, evidence(too_few, closed=True)).outcome is Outcome.NOT_ENOUGH_EVIDENCE


def test_closing_by_hand_spends_nothing() -> None:
    study = registered(plan(CSAT, answers=300))
    found = decide(study, evidence({Metric.csat: evenly(150, 140)}, closed=True, closed_early=True))
    assert found.outcome is Outcome.NOT_ENOUGH_EVIDENCE


def test_closing_applies_to_floors_too() -> None:
    study = registered(plan(CSAT_WITH_FLOOR, answers=300))
    enough_for_floor = int(cutoffs(300, 0.60, earliest=240, close_at=150)[-1])
    values = {Metric.csat: evenly(150, enough_for_floor)}
    assert decide(study, evidence(values, closed=True)).outcome is Outcome.GO_WITH_CONDITIONS
    fewer = {Metric.csat: evenly(150, enough_for_floor - 1)}
    assert decide(study, evidence(fewer, closed=True)).outcome is Outcome.NOT_ENOUGH_EVIDENCE


def test_closing_does_not_make_a_no_go() -> None:
    study = registered(plan(CSAT, answers=300))
    weak = {Metric.csat: evenly(150, 96)}
    open_still = decide(study, evidence(weak))
    closed = decide(study, evidence(weak, closed=True))
    assert open_still.outcome is closed.outcome is Outcome.NOT_ENOUGH_EVIDENCE
    assert open_still.criteria == closed.criteria


def test_a_criterion_with_missing_values_is_closed_at_its_own_n() -> None:
    study = registered(plan(CSAT, answers=300))
    every_second = "".join(sign + "." for sign in evenly(150, 115))
    found = decide(study, evidence({Metric.csat: every_second}))
    assert found.outcome is Outcome.GO
    assert (found.criteria[0].answers, found.criteria[0].missing) == (150, 150)
    assert found.warnings[-1] == "csat: 150 of 300 participants (50 %) gave no value."
    one_short = decide(study, evidence({Metric.csat: every_second[:-2]}))
    assert one_short.outcome is Outcome.NOT_ENOUGH_EVIDENCE


def test_five_percent_missing_do_not_warn_and_more_do() -> None:
    study = registered(plan(CSAT, answers=60))
    assert decide(study, evidence({Metric.csat: "+" * 57 + "." * 3})).warnings == ()
    warned = decide(study, evidence({Metric.csat: "+" * 56 + "." * 4})).warnings
    assert warned == ("csat: 4 of 60 participants (6.7 %) gave no value.",)


def test_few_responses_warn() -> None:
    study = registered(plan(CSAT, answers=60))
    assert decide(study, evidence({Metric.csat: "+" * 60}, asked=120)).warnings == ()
    warned = decide(study, evidence({Metric.csat: "+" * 60}, asked=200)).warnings
    assert warned == (
        "response: 60 of 200 people asked have answered (30 %); the silent may differ.",
    )


def test_a_loyal_criterion_counts_loyal_testers_on_their_own_n() -> None:
    loyal_csat = Criterion(metric=Metric.csat, threshold=0.70, segment=Segment.loyal, answers=30)
    study = registered(plan(loyal_csat, answers=60))
    found = decide(study, evidence({Metric.csat: "+-" * 30}, loyal="+-" * 30))
    assert found.outcome is Outcome.GO
    assert found.criteria[0].answers == 30
    assert "30 of 30 loyal testers (100 %" in found.reasons[0].text


def test_loyal_testers_can_stop_a_launch_that_everyone_else_would_welcome() -> None:
    csat, loyal = "-+++++" * 25, "+-----" * 25
    without = registered(plan(CSAT, answers=150))
    watched = registered(plan(CSAT, answers=150, loyal_guardrail_answers=40))
    answers = evidence({Metric.csat: csat}, loyal=loyal)
    assert decide(without, answers).outcome is Outcome.GO
    found = decide(watched, answers)
    assert found.outcome is Outcome.NO_GO
    assert found.reasons[0].segment is Segment.loyal
    assert found.reasons[0].text.startswith("csat: 0 of 25 loyal testers (0 %")
    assert [r.crossed for r in found.criteria] == [Crossed.up]
    assert [r.crossed for r in found.guardrails] == [Crossed.down]


def test_a_registered_loyal_criterion_is_not_watched_twice() -> None:
    loyal_csat = Criterion(metric=Metric.csat, threshold=0.50, segment=Segment.loyal)
    study = registered(plan(CSAT, loyal_csat, OFFENDED, answers=60, loyal_guardrail_answers=30))
    found = decide(study, evidence({}))
    assert [r.metric for r in found.guardrails] == [Metric.offended]


def test_no_go_lists_what_fails_once_another_failure_is_known() -> None:
    # Two criteria: csat fails at once. Crashes pass 5 % / 2 never, 5 % / 1 at the last answer.
    at_half = int(cutoffs(100, 0.1, alpha=0.025)[-1])
    at_whole = int(cutoffs(100, 0.1, alpha=0.05)[-1])
    assert at_whole < at_half
    crashes = "+" * (100 - at_whole) + "-" * at_whole
    study = registered(plan(CSAT, CRASH_FREE, answers=100))
    found = decide(study, evidence({Metric.csat: "-" * 100, Metric.crash_free: crashes}))
    assert [reason.metric for reason in found.reasons] == [Metric.crash_free, Metric.csat]
    fine = decide(study, evidence({Metric.csat: evenly(100, 72), Metric.crash_free: crashes}))
    assert fine.outcome is Outcome.NOT_ENOUGH_EVIDENCE
    assert fine.criteria[1].crossed is not Crossed.down


@pytest.mark.parametrize(("criterion", "written"), [(CSAT, "+d"), (OFFENDED, "d"), (NPS, "+")])
def test_values_a_metric_cannot_take_are_refused(criterion: Criterion, written: str) -> None:
    study = registered(plan(criterion, answers=60))
    broken = evidence({criterion.metric: written})
    if criterion is NPS:
        broken = Evidence(values={Metric.nps: np.array([0.5])}, loyal=np.array([False]))
    with pytest.raises(Invalid, match="outside what this metric can be"):
        decide(study, broken)


def test_tone_beyond_its_scale_is_refused() -> None:
    tone = Criterion(metric=Metric.sentiment, threshold=0.1)
    study = registered(plan(tone, answers=60))
    with pytest.raises(Invalid, match="sentiment"):
        decide(study, Evidence(values={Metric.sentiment: np.array([1.5])}, loyal=np.array([True])))


def test_columns_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(Invalid, match="csat: 2 values for 3 participants"):
        Evidence(values={Metric.csat: np.array([1.0, 0.0])}, loyal=np.zeros(3, dtype=np.bool_))
