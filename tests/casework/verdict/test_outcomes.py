"""Each outcome of the verdict, and what outranks what."""

import pytest

from casework.criteria import Criterion, Metric, Profile, Segment
from casework.verdict import Crossed, Gate, Outcome, cutoffs, decide
from tests.casework.verdict.study import (
    CLEAR_GATE,
    CRASH_FREE,
    CSAT,
    CSAT_WITH_FLOOR,
    NPS,
    OFFENDED,
    OPEN_GATE,
    evenly,
    evidence,
    plan,
    registered,
)

# From the specification's vectors: 226 of 300 show .70; 79 of 100 do, and 65 of 80.
ENOUGH_OF_100 = 79


def test_every_outcome_has_its_exit_status() -> None:
    assert {outcome.value: outcome.exit_code for outcome in Outcome} == {
        "GO": 0,
        "GO WITH CONDITIONS": 10,
        "HOLD": 15,
        "NO-GO": 20,
        "NOT ENOUGH EVIDENCE": 30,
        "INVALID": 40,
    }


def test_go_when_every_criterion_is_shown() -> None:
    study = registered(plan(CSAT, OFFENDED, answers=100))
    found = decide(study, evidence({Metric.csat: "+" * 100, Metric.offended: "-" * 100}))
    assert found.outcome is Outcome.GO
    assert found.scope.startswith("a staged release to at most 10 % of players")
    assert [result.crossed_up_at for result in found.criteria] == [80, 80]
    assert [reason.metric for reason in found.reasons] == [Metric.offended, Metric.csat]


def test_one_good_answer_too_few_is_no_go_signal() -> None:
    study = registered(plan(CSAT, answers=100))
    enough = decide(study, evidence({Metric.csat: evenly(100, ENOUGH_OF_100)}))
    too_few = decide(study, evidence({Metric.csat: evenly(100, ENOUGH_OF_100 - 1)}))
    assert enough.outcome is Outcome.GO
    assert too_few.outcome is Outcome.NOT_ENOUGH_EVIDENCE


def test_perfect_answers_say_nothing_before_the_first_look() -> None:
    study = registered(plan(CSAT, answers=100))
    found = decide(study, evidence({Metric.csat: "+" * 79}))
    assert found.outcome is Outcome.NOT_ENOUGH_EVIDENCE
    assert found.answers_needed == 1


def test_go_stays_although_later_answers_are_worse() -> None:
    study = registered(plan(CSAT, answers=100))
    found = decide(study, evidence({Metric.csat: "+" * 80 + "-" * 20}))
    assert found.outcome is Outcome.GO


def test_no_go_names_values_then_crashes_then_satisfaction_then_the_rest() -> None:
    study = registered(plan(NPS, CSAT, CRASH_FREE, OFFENDED, answers=60))
    found = decide(
        study,
        evidence(
            {
                Metric.nps: "d" * 60,
                Metric.csat: "-" * 60,
                Metric.crash_free: "-" * 60,
                Metric.offended: "+" * 60,
            }
        ),
    )
    assert found.outcome is Outcome.NO_GO
    named = [Metric.offended, Metric.crash_free, Metric.csat, Metric.nps]
    assert [reason.metric for reason in found.reasons] == named
    assert all(reason.text.startswith(f"{reason.metric}: ") for reason in found.reasons)


def test_no_go_reads_as_a_sentence_with_its_figures() -> None:
    study = registered(plan(OFFENDED, answers=95))
    found = decide(study, evidence({Metric.offended: evenly(95, 31)}))
    assert found.reasons[0].text == (
        "offended: 31 of 95 testers (33 %, 95 % interval 24–43 %) said that something upset or "
        "offended them or their family; the limit was 10 %"
    )


def test_no_go_beats_an_earlier_go_and_shows_both_crossings() -> None:
    # Forty bad answers, then sixty good ones: far below 35 % at first, far above it at the end.
    study = registered(plan(Criterion(metric=Metric.csat, threshold=0.35), answers=100))
    found = decide(study, evidence({Metric.csat: "-" * 40 + "+" * 60}))
    assert found.outcome is Outcome.NO_GO
    assert found.criteria[0].crossed is Crossed.down
    assert found.criteria[0].crossed_up_at is not None
    assert found.criteria[0].crossed_down_at == down_at(0.35, 40)
    assert "shown to hold at answer" in found.reasons[0].text


def down_at(threshold: float, bad_first: int) -> int:
    stops = cutoffs(100, round(1 - threshold, 12))
    return next(k for k in range(1, bad_first + 1) if k >= stops[k - 1])


def test_hold_while_a_gate_is_open_even_without_answers() -> None:
    study = registered(plan(CSAT, answers=100))
    found = decide(study, evidence({}, gates=(OPEN_GATE,)))
    assert found.outcome is Outcome.HOLD
    assert found.scope == OPEN_GATE.detail


def test_hold_outranks_go_and_a_review_releases_it() -> None:
    study = registered(plan(CSAT, answers=100))
    perfect = {Metric.csat: "+" * 100}
    assert decide(study, evidence(perfect, gates=(OPEN_GATE,))).outcome is Outcome.HOLD
    assert decide(study, evidence(perfect, gates=(CLEAR_GATE,))).outcome is Outcome.GO


def test_no_go_outranks_hold() -> None:
    study = registered(plan(CSAT, answers=100))
    found = decide(study, evidence({Metric.csat: "-" * 50}, gates=(OPEN_GATE,)))
    assert found.outcome is Outcome.NO_GO


def test_conditions_only_after_closing_and_only_where_every_floor_is_shown() -> None:
    study = registered(plan(CSAT_WITH_FLOOR, OFFENDED, answers=100))
    csat = evenly(100, 75)
    clean = "-" * 100
    found = decide(study, evidence({Metric.csat: csat, Metric.offended: clean}))
    assert found.outcome is Outcome.GO_WITH_CONDITIONS
    assert len(found.conditions) == 1
    assert found.conditions[0].startswith("csat: 75 of 100 testers (75 %")
    assert found.conditions[0].endswith("at least 60 % is shown, at least 70 % is not")

    open_still = decide(study, evidence({Metric.csat: csat[:99], Metric.offended: clean[:99]}))
    assert open_still.outcome is Outcome.NOT_ENOUGH_EVIDENCE

    no_floor = registered(plan(CSAT, OFFENDED, answers=100))
    found = decide(no_floor, evidence({Metric.csat: csat, Metric.offended: clean}))
    assert found.outcome is Outcome.NOT_ENOUGH_EVIDENCE


def test_a_threshold_that_is_shown_stands_for_its_floor() -> None:
    study = registered(plan(CSAT, CSAT_LOYAL_WITH_FLOOR, answers=100))
    found = decide(study, evidence({Metric.csat: evenly(100, 75)}, loyal="+" * 100))
    assert found.outcome is Outcome.NOT_ENOUGH_EVIDENCE
    assert [result.floor_crossed for result in found.criteria] == [False, True]


CSAT_LOYAL_WITH_FLOOR = Criterion(
    metric=Metric.csat, threshold=0.70, floor=0.60, segment=Segment.loyal
)


def test_zero_answers_are_no_evidence() -> None:
    study = registered(plan(CSAT, NPS, OFFENDED, answers=100))
    found = decide(study, evidence({}))
    assert found.outcome is Outcome.NOT_ENOUGH_EVIDENCE
    assert (found.answers, found.answers_needed, found.advice) == (0, None, "no answers yet")
    assert [(r.observed, r.interval) for r in found.criteria] == [(None, None)] * 3


def test_the_answers_still_needed_come_from_the_planner() -> None:
    # At 80 % satisfied the planner asks for 126 (80 % power); 100 have come.
    study = registered(plan(CSAT, answers=300))
    found = decide(study, evidence({Metric.csat: evenly(240, 180)}))
    assert found.answers_needed == 528 - 240
    study = registered(plan(CSAT, answers=110))
    found = decide(study, evidence({Metric.csat: evenly(60, 48)}))
    assert found.answers_needed == 126 - 60


def test_the_slowest_criterion_decides_how_many_are_needed() -> None:
    study = registered(plan(CSAT, NPS, answers=110))
    found = decide(study, evidence({Metric.csat: evenly(60, 48), Metric.nps: "+0d" * 20}))
    assert found.answers_needed is None
    assert found.advice == "more testers will not help at this rate: Net promoter score"
    found = decide(study, evidence({Metric.csat: evenly(60, 48), Metric.nps: "+" * 60}))
    assert found.answers_needed == 126 - 60


def test_a_mean_names_its_answers_from_its_own_spread() -> None:
    # 40 promoters and 20 detractors: mean .3333, margin .1333, Σd² = 40·.64 + 20·1.44 = 54.4,
    # σ̂ = √(56.4/62) = .95378; (2.885 · .95378 / .13333)² = 425.9.
    study = registered(plan(NPS, answers=110))
    found = decide(study, evidence({Metric.nps: "++d" * 20}))
    assert found.answers_needed == 426 - 60


def test_a_finished_study_needs_a_larger_attempt() -> None:
    study = registered(plan(CSAT, answers=60))
    found = decide(study, evidence({Metric.csat: evenly(60, 46)}))
    assert found.outcome is Outcome.NOT_ENOUGH_EVIDENCE
    assert found.answers_needed is not None
    assert "register a new, larger attempt" in found.advice


def test_a_criterion_nobody_answered_leaves_the_verdict_open() -> None:
    study = registered(plan(CSAT, OFFENDED, answers=60))
    found = decide(study, evidence({Metric.csat: "+" * 60, Metric.offended: "." * 60}))
    assert found.outcome is Outcome.NOT_ENOUGH_EVIDENCE
    assert found.answers_needed is None
    assert found.reasons[0].text.startswith("offended: no testers have given a value yet")


def test_a_stop_check_never_says_go() -> None:
    study = registered(plan(OFFENDED, CSAT, answers=40, profile=Profile.stop_check))
    found = decide(study, evidence({Metric.offended: "-" * 40, Metric.csat: "+" * 40}))
    assert found.outcome is Outcome.NOT_ENOUGH_EVIDENCE
    assert found.scope.startswith("no stop signal; offence rates below 7.2 % not excluded")


@pytest.mark.parametrize("gates", [(), (OPEN_GATE,), (CLEAR_GATE,)])
def test_a_stop_check_stops(gates: tuple[Gate, ...]) -> None:
    study = registered(plan(OFFENDED, CSAT, answers=40, profile=Profile.stop_check))
    values = {Metric.offended: evenly(40, 12), Metric.csat: "+" * 40}
    assert decide(study, evidence(values, gates=gates)).outcome is Outcome.NO_GO


def test_answers_that_are_all_equal_are_decided_like_any_others() -> None:
    study = registered(plan(CSAT, NPS, OFFENDED, answers=60))
    best = {Metric.csat: "+" * 60, Metric.nps: "+" * 60, Metric.offended: "-" * 60}
    neutral = best | {Metric.nps: "0" * 60}
    assert decide(study, evidence(best)).outcome is Outcome.GO
    assert decide(study, evidence(neutral)).outcome is Outcome.NO_GO


def test_one_answer_has_a_figure_but_no_interval() -> None:
    tone = Criterion(metric=Metric.sentiment, threshold=0.1)
    found = decide(registered(plan(tone, answers=60)), evidence({Metric.sentiment: "+"}))
    assert found.reasons[0].text == (
        "sentiment: 1.00 among 1 tester (95 % interval not known), mean tone between −1 and 1; "
        "at least 0.10 is not shown yet"
    )
