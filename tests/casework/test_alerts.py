"""When a verdict deserves that its owner is told."""

import pytest

from casework.alerts import AlertKind, Seen, alerts, remembered
from casework.criteria import Direction, Metric, Segment
from casework.verdict import CriterionResult, Crossed, Outcome, Verdict


def offended(
    observed: float | None, *, answers: int = 40, segment: Segment = Segment.everyone
) -> CriterionResult:
    return CriterionResult(
        metric=Metric.offended,
        direction=Direction.AT_MOST,
        threshold=0.10,
        floor=None,
        segment=segment,
        answers=answers,
        missing=0,
        planned=100,
        observed=observed,
        interval=None,
        spread=None,
        weighted=None,
        confirmed=None,
        crossed=Crossed.none,
        floor_crossed=False,
        crossed_up_at=None,
        crossed_down_at=None,
    )


def verdict(outcome: Outcome, *results: CriterionResult) -> Verdict:
    return Verdict(
        study="santa-run",
        build="0.9.1",
        outcome=outcome,
        scope="",
        answers=40,
        criteria=results,
    )


QUIET = Seen(outcome=Outcome.NOT_ENOUGH_EVIDENCE, offence_half=False)


def test_another_outcome_is_told_with_the_one_before() -> None:
    (only,) = alerts(QUIET, verdict(Outcome.GO))
    assert only.kind is AlertKind.OUTCOME
    assert only.text == (
        "santa-run, build 0.9.1: the verdict is GO, after NOT ENOUGH EVIDENCE, "
        "with 40 answers counted."
    )


def test_the_same_outcome_is_no_news() -> None:
    assert alerts(QUIET, verdict(Outcome.NOT_ENOUGH_EVIDENCE)) == ()


def test_the_first_look_changes_nothing() -> None:
    assert alerts(None, verdict(Outcome.NO_GO)) == ()


@pytest.mark.parametrize(("observed", "told"), [(0.049, False), (0.05, True), (0.2, True)])
def test_offence_is_told_from_half_of_its_limit_on(observed: float, *, told: bool) -> None:
    found = alerts(QUIET, verdict(Outcome.NOT_ENOUGH_EVIDENCE, offended(observed)))
    assert [one.kind for one in found] == [AlertKind.OFFENCE] * told


def test_offence_is_told_in_figures_without_anybodys_words() -> None:
    (only,) = alerts(None, verdict(Outcome.HOLD, offended(0.05)))
    assert only.text == (
        "santa-run, build 0.9.1: 2 of 40 testers were upset or offended (5 %); the limit is 10 %."
    )


def test_offence_is_told_once_although_it_falls_and_rises_again() -> None:
    high, low = (verdict(Outcome.HOLD, offended(rate)) for rate in (0.06, 0.01))
    first = remembered(None, high)
    assert alerts(first, high) == ()
    second = remembered(first, low)
    assert second.offence_half
    assert alerts(second, high) == ()


def test_without_answers_or_among_loyal_testers_alone_offence_is_not_told() -> None:
    found = verdict(Outcome.HOLD, offended(None), offended(0.5, segment=Segment.loyal))
    assert alerts(None, found) == ()


def test_both_can_be_told_at_once() -> None:
    found = alerts(QUIET, verdict(Outcome.NO_GO, offended(0.4)))
    assert [one.kind for one in found] == [AlertKind.OUTCOME, AlertKind.OFFENCE]
