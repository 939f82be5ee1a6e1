"""What may go wrong with what comes in: each has a clear outcome or a message."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from pydantic import ValidationError

from casework.criteria import Criterion, Direction, Metric
from casework.verdict import Evidence, Outcome, decide
from tests.casework.verdict.study import (
    CRASH_FREE,
    CSAT,
    NPS,
    OFFENDED,
    REGISTERED_AT,
    evenly,
    evidence,
    plan,
    registered,
)

WAITING = Outcome.NOT_ENOUGH_EVIDENCE


def test_criteria_registered_after_the_first_answer_are_invalid() -> None:
    early = REGISTERED_AT - timedelta(seconds=1)
    found = decide(registered(plan(CSAT, answers=9)), evidence({}, first_answer_at=early))
    assert found.outcome is Outcome.INVALID
    assert found.advice.startswith("Register launch criteria as a new attempt")


def test_a_tampered_text_is_invalid_and_says_so() -> None:
    kept = registered(plan(CSAT, answers=9))
    milder = kept.model_copy(update={"text": kept.text.replace("0.7", "0.5")})
    found = decide(milder, evidence({Metric.csat: "+" * 9}))
    assert found.outcome is Outcome.INVALID
    assert "do not match their digest" in found.scope


def test_a_build_that_is_not_the_criterias_is_invalid() -> None:
    found = decide(registered(plan(CSAT, answers=9)), evidence({}), build="0.9.1")
    assert found.outcome is Outcome.INVALID
    assert found.scope.endswith("registered for build 0.9.0, not for build 0.9.1.")


def test_more_answers_than_planned_change_nothing() -> None:
    study = registered(plan(CSAT, answers=9))
    enough = decide(study, evidence({Metric.csat: "+" * 9}))
    more = decide(study, evidence({Metric.csat: "+" * 9 + "-" * 500}))
    assert enough.outcome is Outcome.GO
    assert more.digest == enough.digest


def test_no_answers_are_no_evidence() -> None:
    found = decide(registered(plan(CSAT, NPS, answers=60)), evidence({}, closed=True))
    assert (found.outcome, found.advice) == (WAITING, "no answers yet")


@pytest.mark.parametrize("sign", ["+", "-"])
def test_answers_that_are_all_equal_are_decided(sign: str) -> None:
    found = decide(registered(plan(CSAT, answers=20)), evidence({Metric.csat: sign * 20}))
    assert found.outcome is (Outcome.GO if sign == "+" else Outcome.NO_GO)


@pytest.mark.parametrize(("metric", "floor"), [(Metric.csat, 0.8), (Metric.offended, 0.01)])
def test_a_floor_stricter_than_its_threshold_is_refused(metric: Metric, floor: float) -> None:
    limit = 0.7 if metric.direction is Direction.AT_LEAST else 0.05
    with pytest.raises(ValidationError, match="is stricter than the threshold"):
        Criterion(metric=metric, threshold=limit, floor=floor)


def test_answers_ahead_of_the_clock_are_left_out_and_told() -> None:
    study = registered(plan(CSAT, answers=60))
    for ahead, said in ((1, "1 answer carries"), (3, "3 answers carry")):
        found = decide(study, replace(evidence({Metric.csat: "+" * 5}), ahead=ahead))
        assert found.warnings == (
            f"clock: {said} a time that has not come yet; left out until then.",
        )


def exposed(days: list[float]) -> Evidence:
    sample = evidence({Metric.crash_free: "+" * len(days)})
    return replace(sample, days_with_build=np.array(days))


def test_who_answers_before_the_window_is_over_has_not_seen_every_crash() -> None:
    study = registered(plan(CRASH_FREE, answers=60))
    found = decide(study, exposed([7.0] * 18 + [6.9, float("nan")]))
    assert found.warnings == (
        "crash_free: self-reported; of 20 testers 1 answered before 7 days with the build were "
        "over, and of 1 no download is on file. Later crashes are not in it.",
    )
    assert decide(study, exposed([7.0] * 19 + [6.9])).warnings == ()


def test_the_window_concerns_only_who_said_whether_it_crashed() -> None:
    study = registered(plan(CRASH_FREE, OFFENDED, answers=60))
    sample = evidence({Metric.crash_free: "+" * 19 + ".", Metric.offended: "-" * 20})
    found = decide(study, replace(sample, days_with_build=np.array([9.0] * 19 + [0.0])))
    assert found.warnings == ()


def test_a_first_bad_answer_does_not_end_all_hope() -> None:
    study = registered(plan(CSAT, answers=60))
    found = decide(study, evidence({Metric.csat: "-"}))
    assert (found.outcome, found.answers_needed) == (WAITING, None)
    assert found.advice == "too few answers yet to say how many it takes"
    found = decide(study, evidence({Metric.csat: evenly(10, 6)}))
    assert found.advice == "more testers will not help at this rate: Satisfaction"
