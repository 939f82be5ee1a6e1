"""Launch criteria: what can be registered, and how it is kept."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from casework.criteria import (
    Criterion,
    Direction,
    LaunchCriteria,
    Metric,
    Profile,
    Registration,
    Segment,
    canonical,
    digest,
    read,
)
from casework.errors import Invalid

CLOSES_AT = datetime(2026, 12, 1, 18, tzinfo=UTC)
CSAT = Criterion(metric=Metric.csat, threshold=0.7, floor=0.65)
OFFENDED = Criterion(metric=Metric.offended, threshold=0.05, floor=0.08)


def launch(
    *criteria: Criterion, answers: int = 150, guardrail: int | None = None
) -> LaunchCriteria:
    return LaunchCriteria(
        study="santa-run",
        build="0.9.1",
        profile=Profile.staged,
        answers=answers,
        closes_at=CLOSES_AT,
        criteria=criteria,
        loyal_guardrail_answers=guardrail,
        loyalty_policy="rfm-1",
        scorer_version="2",
    )


def test_only_offence_has_an_upper_limit() -> None:
    at_most = [metric for metric in Metric if metric.direction is Direction.AT_MOST]
    assert at_most == [Metric.offended]


def test_net_promoter_score_and_tone_are_means_and_the_rest_are_shares() -> None:
    assert [m for m in Metric if not m.is_share] == [Metric.nps, Metric.sentiment]


def test_every_metric_has_words_for_a_page() -> None:
    assert len({metric.title for metric in Metric}) == len(Metric)
    assert Metric.csat.denominator == "testers who answered the satisfaction question"
    assert all(metric.denominator.startswith("testers ") for metric in Metric)


def test_values_come_before_crashes_before_satisfaction() -> None:
    first = sorted(Metric, key=lambda metric: metric.urgency)[:3]
    assert first == [Metric.offended, Metric.crash_free, Metric.csat]


@pytest.mark.parametrize(
    ("metric", "threshold", "floor"),
    [
        (Metric.csat, 0.70, 0.71),
        (Metric.offended, 0.05, 0.04),
        (Metric.nps, 0.20, 0.21),
    ],
)
def test_a_floor_stricter_than_its_threshold_is_refused(
    metric: Metric, threshold: float, floor: float
) -> None:
    with pytest.raises(ValidationError, match="stricter than the threshold"):
        Criterion(metric=metric, threshold=threshold, floor=floor)


@pytest.mark.parametrize(
    ("metric", "threshold"),
    [
        (Metric.csat, 0.0),
        (Metric.csat, 1.0),
        (Metric.csat, 70.0),
        (Metric.offended, -0.1),
        (Metric.nps, 20.0),
        (Metric.nps, -1.0),
        (Metric.sentiment, float("nan")),
    ],
)
def test_thresholds_outside_their_scale_are_refused(metric: Metric, threshold: float) -> None:
    with pytest.raises(ValidationError, match="must lie between"):
        Criterion(metric=metric, threshold=threshold)


def test_a_negative_net_promoter_score_can_be_a_threshold() -> None:
    assert Criterion(metric=Metric.nps, threshold=-0.1, floor=-0.2).floor == -0.2


def test_no_criteria_no_registration() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        launch()


def test_a_metric_is_registered_once_for_each_segment() -> None:
    loyal = CSAT.model_copy(update={"segment": Segment.loyal})
    assert len(launch(CSAT, loyal).criteria) == 2
    with pytest.raises(ValidationError, match="once for each segment"):
        launch(CSAT, CSAT.model_copy(update={"threshold": 0.8}))


@pytest.mark.parametrize(("own", "guardrail"), [(151, None), (None, 151)])
def test_no_criterion_waits_for_more_answers_than_are_planned(
    own: int | None, guardrail: int | None
) -> None:
    with pytest.raises(ValidationError, match="more answers than the study plans"):
        launch(CSAT.model_copy(update={"answers": own}), guardrail=guardrail)


def test_a_criterion_counts_its_own_answers_or_the_plans() -> None:
    own = Criterion(metric=Metric.csat, threshold=0.7, answers=80)
    plan = launch(own, OFFENDED)
    assert [plan.answers_of(criterion) for criterion in plan.criteria] == [80, 150]


def test_the_canonical_text_has_sorted_keys_and_no_spaces() -> None:
    text = canonical(launch(OFFENDED))
    assert text == (
        '{"alpha":0.05,"answers":150,"base":[],"build":"0.9.1","closes_at":"2026-12-01T18:00:00Z",'
        '"criteria":[{"answers":null,"floor":0.08,"metric":"offended","segment":"everyone",'
        '"threshold":0.05}],"exposure_days":7,"loyal_guardrail_answers":null,'
        '"loyalty_policy":"rfm-1","profile":"staged","scorer_version":"2","study":"santa-run"}'
    )


def test_the_same_criteria_have_one_spelling_wherever_they_were_typed() -> None:
    there = timezone(timedelta(hours=-5))
    elsewhere = launch(CSAT).model_copy(update={})
    typed = LaunchCriteria.model_validate(
        elsewhere.model_dump() | {"closes_at": CLOSES_AT.astimezone(there)}
    )
    assert canonical(typed) == canonical(elsewhere)


def test_what_was_registered_can_be_read_back() -> None:
    plan = launch(CSAT, OFFENDED, guardrail=60)
    text = canonical(plan)
    stored = Registration(version=1, text=text, digest=digest(text), at=CLOSES_AT)
    assert read(stored) == plan
    assert stored.digest == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_a_changed_text_is_noticed() -> None:
    text = canonical(launch(CSAT))
    stored = Registration(version=1, text=text + " ", digest=digest(text), at=CLOSES_AT)
    with pytest.raises(Invalid, match="do not match their digest"):
        read(stored)


def test_a_text_that_is_no_criteria_is_named() -> None:
    stored = Registration(version=1, text="{}", digest=digest("{}"), at=CLOSES_AT)
    with pytest.raises(Invalid, match="cannot be read"):
        read(stored)
