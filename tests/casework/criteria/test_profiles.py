"""Reach, profiles and thresholds in plain words."""

from datetime import UTC, datetime

import pytest

from casework.criteria import (
    Criterion,
    LaunchCriteria,
    Metric,
    Profile,
    Reach,
    figure,
    in_plain_words,
    percent,
    profile_criteria,
    profiles_within,
    scope_of,
    smallest_go_answers,
    warnings,
)


def limits(profile: Profile, answers: int) -> dict[str, tuple[float, float | None]]:
    return {c.metric.value: (c.threshold, c.floor) for c in profile_criteria(profile, answers)}


def test_fifteen_hundred_loyal_customers_bring_126_answers() -> None:
    # 1,500 · .80 · .30 · .35.
    assert Reach(loyal=1_500).expected_answers == 126
    assert Reach(loyal=1_499).expected_answers == 125
    assert Reach(loyal=0).expected_answers == 0


def test_a_studios_own_rates_replace_the_assumptions() -> None:
    assert Reach(loyal=400, reachable=1.0, accept=0.5, answer=0.5).expected_answers == 100


@pytest.mark.parametrize(
    ("answers", "offered"),
    [
        (0, []),
        (59, ["stop_check"]),
        (60, ["stop_check", "staged"]),
        (299, ["stop_check", "staged"]),
        (300, ["stop_check", "staged", "full"]),
        (700, ["stop_check", "staged", "full", "strict"]),
    ],
)
def test_profiles_are_offered_by_reach(answers: int, offered: list[str]) -> None:
    assert [profile.value for profile in profiles_within(answers)] == offered


def test_each_profile_starts_from_the_specified_limits() -> None:
    assert limits(Profile.stop_check, 40) == {
        "offended": (0.05, None),
        "csat": (0.70, None),
        "crash_free": (0.90, None),
    }
    assert limits(Profile.staged, 99)["offended"] == (0.10, None)
    assert limits(Profile.staged, 100) == {
        "csat": (0.70, 0.65),
        "crash_free": (0.90, 0.85),
        "offended": (0.05, 0.08),
    }
    assert limits(Profile.full, 300) == {
        "csat": (0.70, 0.65),
        "nps": (0.20, 0.10),
        "offended": (0.05, 0.08),
        "crash_free": (0.95, 0.92),
        "sentiment": (0.10, 0.05),
    }
    assert limits(Profile.strict, 700) == limits(Profile.full, 300) | {
        "offended": (0.02, 0.04),
        "crash_free": (0.99, 0.98),
    }


def test_every_profile_says_what_its_go_allows() -> None:
    assert "never say GO" in scope_of(Profile.stop_check)
    assert "at most 10 % of players" in scope_of(Profile.staged)
    assert scope_of(Profile.full) == "a full release"


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        (Criterion(metric=Metric.offended, threshold=0.05), "5 % = 5,000 of 100,000 players"),
        (
            Criterion(metric=Metric.crash_free, threshold=0.995),
            "99.5 % = 99,500 of 100,000 players",
        ),
        (
            Criterion(metric=Metric.nps, threshold=0.20),
            "20 = 20,000 more promoters than detractors among 100,000 players",
        ),
        (
            Criterion(metric=Metric.nps, threshold=-0.05),
            "−5 = 5,000 fewer promoters than detractors among 100,000 players",
        ),
        (
            Criterion(metric=Metric.sentiment, threshold=0.10),
            "0.10 on a scale from −1 (all angry) to 1 (all delighted)",
        ),
    ],
)
def test_thresholds_are_said_in_players(criterion: Criterion, words: str) -> None:
    assert in_plain_words(criterion, 100_000) == words


def test_percentages_have_a_decimal_only_near_the_ends() -> None:
    shown = [percent(share) for share in (0.0, 0.005, 0.0722, 0.05, 0.333, 0.9, 0.986, 1.0)]
    assert shown == ["0 %", "0.5 %", "7.2 %", "5 %", "33 %", "90 %", "98.6 %", "100 %"]


def test_figures_below_zero_have_a_minus_sign() -> None:
    assert figure(Metric.sentiment, -0.25) == "−0.25"
    assert figure(Metric.nps, -0.004) == "0"
    assert figure(Metric.sentiment, -0.004) == "0.00"


def test_below_some_answers_no_go_is_possible() -> None:
    assert [smallest_go_answers(t) for t in (0.70, 0.95, 0.98, 0.99)] == [9, 59, 149, 299]


def plan(profile: Profile, answers: int, *criteria: Criterion) -> LaunchCriteria:
    return LaunchCriteria(
        study="santa-run",
        build="1",
        profile=profile,
        answers=answers,
        closes_at=datetime(2026, 12, 1, tzinfo=UTC),
        criteria=criteria or profile_criteria(profile, answers),
        loyalty_policy="rfm-1",
        scorer_version="1",
    )


@pytest.mark.parametrize(
    ("profile", "answers"),
    [(Profile.staged, 60), (Profile.staged, 100), (Profile.full, 300), (Profile.strict, 700)],
)
def test_a_profile_within_reach_has_no_warnings(profile: Profile, answers: int) -> None:
    assert warnings(plan(profile, answers)) == ()


def test_limits_that_can_never_be_shown_are_named_before_registration() -> None:
    strict_at_200 = warnings(plan(Profile.strict, 200))
    assert strict_at_200 == (
        "crash_free: no GO is possible with 200 answers, even if all are good; "
        "at least 99 % needs 299 or more.",
        "The strict profile is meant for 700 answers or more; this study plans 200.",
    )


def test_a_mean_needs_ten_answers_and_more_near_the_top_of_its_scale() -> None:
    nps = Criterion(metric=Metric.nps, threshold=0.2)
    (too_few,) = warnings(plan(Profile.stop_check, 9, nps))
    assert "at least 20 needs 10 or more" in too_few
    assert warnings(plan(Profile.stop_check, 10, nps)) == ()
    # Answers of 1 against .8: 30 give Σd = 6 > 2.2414 · √((1.2 + 2)/32) · √30 = 3.88;
    # 14 give Σd = 2.8 < 2.2414 · √((.56 + 2)/16) · √14 = 3.35.
    high = Criterion(metric=Metric.sentiment, threshold=0.8)
    assert warnings(plan(Profile.stop_check, 30, high)) == ()
    assert len(warnings(plan(Profile.stop_check, 14, high))) == 1
