"""From what an owner types to criteria that can be registered."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.criteria import Criterion, LaunchCriteria, Metric, Profile, profile_criteria
from casework.criteria.drafting import (
    criteria_from,
    criterion_from,
    from_typed,
    margin_from,
    not_excluded,
    shares_of,
    starting_point,
    to_typed,
    warned,
)
from casework.errors import Invalid


def whole(
    *, build: str = "0.9.0", answers: int = 95, criteria: tuple[Criterion, ...] | None = None
) -> LaunchCriteria:
    return criteria_from(
        study="santa-run",
        build=build,
        profile=Profile.staged,
        answers=answers,
        closes_on=date(2026, 11, 8),
        criteria=profile_criteria(Profile.staged, 95) if criteria is None else criteria,
        loyal_guardrail_answers=None,
        loyalty_policy="as ever",
        exposure_days=7,
        scorer_version="1",
    )


@pytest.mark.parametrize(
    ("metric", "value", "typed"),
    [
        (Metric.csat, 0.70, 70.0),
        (Metric.offended, 0.072, 7.2),
        (Metric.nps, -0.05, -5.0),
        (Metric.sentiment, 0.10, 0.10),
    ],
)
def test_shares_and_nps_are_typed_in_hundredths_and_tone_as_it_is(
    metric: Metric, value: float, typed: float
) -> None:
    assert to_typed(metric, value) == typed
    assert from_typed(metric, typed) == value


@given(st.sampled_from(list(Metric)), st.integers(-1_000, 1_000))
def test_what_is_typed_comes_back_as_it_was(metric: Metric, thousandths: int) -> None:
    value = thousandths / 1_000
    assert from_typed(metric, to_typed(metric, value)) == value


def test_every_metric_has_a_place_to_begin() -> None:
    assert {starting_point(Profile.staged, 95, metric).metric for metric in Metric} == set(Metric)
    assert starting_point(Profile.strict, 800, Metric.offended).threshold == 0.02
    assert starting_point(Profile.staged, 95, Metric.offended).threshold == 0.10
    assert starting_point(Profile.staged, 95, Metric.nps).threshold == 0.20  # as in a full release


def test_a_criterion_says_what_does_not_fit() -> None:
    assert criterion_from(Metric.csat, 70, 65) == Criterion(
        metric=Metric.csat, threshold=0.7, floor=0.65
    )
    with pytest.raises(Invalid, match="Satisfaction: give a threshold"):
        criterion_from(Metric.csat, None, 65)
    with pytest.raises(Invalid, match="stricter than the threshold"):
        criterion_from(Metric.csat, 70, 75)
    with pytest.raises(Invalid, match="must lie between"):
        criterion_from(Metric.offended, 0, None)


def test_closing_is_at_the_end_of_its_day() -> None:
    assert whole().closes_at == datetime(2026, 11, 9, tzinfo=UTC)


def test_criteria_without_a_build_or_anything_that_must_hold_are_refused() -> None:
    with pytest.raises(Invalid, match="Name the build"):
        whole(build="  ")
    with pytest.raises(Invalid, match="at least one thing"):
        whole(criteria=())
    with pytest.raises(Invalid, match="more answers than the study plans"):
        whole(answers=50, criteria=(Criterion(metric=Metric.csat, threshold=0.7, answers=60),))


def test_forty_clean_answers_leave_seven_percent_possible() -> None:
    assert round(not_excluded(40), 3) == 0.072
    assert round(not_excluded(1), 2) == 0.95


def test_a_warning_names_the_metric_as_people_know_it() -> None:
    assert warned("csat: no GO is possible") == "Satisfaction: no GO is possible"
    assert warned("The staged profile is meant for 60 answers: plan more") == (
        "The staged profile is meant for 60 answers: plan more"
    )


def test_the_shares_of_the_base_leave_the_unknown_out_and_name_the_largest_first() -> None:
    counts = {"ios": 25, "android": 75, "unknown": 900, "web": 0}
    assert shares_of(counts) == (("android", 75.0), ("ios", 25.0))
    many = {f"r{n:02}": 100 - n for n in range(40)}
    assert [value for value, _ in shares_of(many)] == [f"r{n:02}" for n in range(12)]
    assert shares_of({"unknown": 3}) == ()


def test_typed_shares_become_a_margin_that_adds_up() -> None:
    found = margin_from("age_band", [("18–24", 33.33), ("25–34", 33.33), (" 35+ ", 33.34), ("", 5)])
    assert [cell.value for cell in found.cells] == ["18–24", "25–34", "35+"]
    assert sum(cell.share for cell in found.cells) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("ios", 50.0), ("android", 43.0)], "Platform: the shares add up to 93 %"),
        ([], "Platform: give the shares of the customer base"),
        ([("ios", 50.0), ("ios", 50.0)], "platform: a value is named twice"),
    ],
)
def test_shares_that_cannot_be_a_base_say_what_to_mend(
    rows: list[tuple[str, float]], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        margin_from("platform", rows)
