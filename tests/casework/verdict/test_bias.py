"""Weights towards the customer base, worked by hand, and what they do to a verdict."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from casework.criteria import Cell, Criterion, LaunchCriteria, Margin, Metric, Segment
from casework.errors import Invalid
from casework.verdict import Evidence, Outcome, decide
from casework.verdict.bias import tipping_point
from casework.verdict.weights import rake
from tests.casework.verdict.study import (
    CSAT,
    CSAT_WITH_FLOOR,
    NPS,
    OFFENDED,
    answers,
    plan,
    registered,
)

LOYALTY = Margin(
    attribute="loyalty", cells=(Cell(value="loyal", share=0.2), Cell(value="other", share=0.8))
)
PLATFORM = Margin(
    attribute="platform", cells=(Cell(value="ios", share=0.5), Cell(value="android", share=0.5))
)


def texts(*runs: tuple[str, int]) -> NDArray[np.str_]:
    return np.array([value for value, times in runs for _ in range(times)], dtype=np.str_)


def test_a_sample_half_loyal_is_weighted_to_one_fifth() -> None:
    # 50 loyal must carry 20 of 100 (.4 each), 50 others 80 (1.6 each).
    found = rake((LOYALTY,), {"loyalty": texts(("loyal", 50), ("other", 50))}, 100)
    assert found.values[[0, 99]] == pytest.approx([0.4, 1.6])
    # (Σw)²/Σw² = 100² / (50 · .16 + 50 · 2.56).
    assert found.effective == pytest.approx(10_000 / 136)
    assert (found.trimmed, found.dropped) == (0, ())


def test_two_margins_are_met_at_once() -> None:
    loyalty = texts(("loyal", 40), ("other", 60))
    platform = texts(("ios", 30), ("android", 30), ("ios", 30), ("android", 10))
    found = rake((LOYALTY, PLATFORM), {"loyalty": loyalty, "platform": platform}, 100)
    assert found.values.sum() == pytest.approx(100)
    assert found.values[loyalty == "loyal"].sum() == pytest.approx(20, abs=1e-3)
    assert found.values[platform == "ios"].sum() == pytest.approx(50, abs=1e-3)


def test_unknown_testers_keep_their_share() -> None:
    loyalty = texts(("loyal", 40), ("other", 40), ("", 20))
    found = rake((LOYALTY,), {"loyalty": loyalty}, 100)
    assert found.values[loyalty == ""] == pytest.approx(np.ones(20))
    assert found.values[loyalty == "loyal"] == pytest.approx(np.full(40, 0.4))


def test_an_attribute_nobody_told_changes_nothing() -> None:
    found = rake((LOYALTY,), {}, 10)
    assert found.values == pytest.approx(np.ones(10))
    assert found.dropped_share == pytest.approx(1.0)


def test_a_part_without_answers_is_dropped_named_and_its_margin_rescaled() -> None:
    region = Margin(
        attribute="region",
        cells=(
            Cell(value="north", share=0.6),
            Cell(value="south", share=0.3),
            Cell(value="isles", share=0.1),
        ),
    )
    found = rake((region,), {"region": texts(("north", 50), ("south", 50))}, 100)
    assert found.dropped == ("region isles",)
    assert found.dropped_share == pytest.approx(0.1)
    # .6/.9 and .3/.9 of 100, over 50 testers each.
    assert found.values[[0, 99]] == pytest.approx([4 / 3, 2 / 3])


def test_a_weight_beyond_five_medians_is_cut_once() -> None:
    # 95 loyal weigh 20/95 = .2105, 5 others 16; cut to 1.0526; mean (20 + 5.263)/100 = .25263.
    found = rake((LOYALTY,), {"loyalty": texts(("loyal", 95), ("other", 5))}, 100)
    assert found.trimmed == 5
    assert found.values[[0, 99]] == pytest.approx([0.83333, 4.16667], abs=1e-5)
    assert found.effective == pytest.approx(10_000 / (95 * (20 / 95) ** 2 + 5 * 256))


def test_no_testers_have_no_weights() -> None:
    found = rake((LOYALTY,), {}, 0)
    assert (found.values.size, found.effective) == (0, 0.0)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["loyal", "other", ""]), min_size=1, max_size=60), st.data())
def test_weights_are_positive_one_on_average_and_never_beyond_five_medians(
    loyalty: list[str], data: st.DataObject
) -> None:
    n = len(loyalty)
    platform = data.draw(st.lists(st.sampled_from(["ios", "android"]), min_size=n, max_size=n))
    attributes = {"loyalty": np.array(loyalty), "platform": np.array(platform)}
    found = rake((LOYALTY, PLATFORM), attributes, n)
    assert (found.values > 0).all()
    assert found.values.mean() == pytest.approx(1.0)
    assert found.effective <= n + 1e-9


def with_base(*criteria: Criterion, answers: int = 100) -> LaunchCriteria:
    bare = plan(*criteria, answers=answers)
    return LaunchCriteria.model_validate(bare.model_dump() | {"base": (LOYALTY,)})


def skewed(written: str, *, metric: Metric = Metric.csat, closed: bool = False) -> Evidence:
    """Every second tester is loyal, one in five of the base."""
    n = len(written)
    loyalty = np.array(["loyal", "other"] * n)[:n]
    return Evidence(
        values={metric: answers(written)},
        loyal=loyalty == "loyal",
        closed=closed,
        attributes={"loyalty": loyalty},
    )


# Of ten testers all five loyal and three of the other five are satisfied: 80 %, weighted 68 %.
LOYAL_LOVE_IT = "+++-+++-++" * 10


def test_a_go_among_the_loyal_alone_is_at_best_conditional() -> None:
    plain = decide(registered(plan(CSAT_WITH_FLOOR, answers=100)), skewed(LOYAL_LOVE_IT))
    assert plain.outcome is Outcome.GO
    found = decide(registered(with_base(CSAT_WITH_FLOOR)), skewed(LOYAL_LOVE_IT))
    assert found.outcome is Outcome.GO_WITH_CONDITIONS
    assert found.criteria[0].weighted == pytest.approx(0.68)
    assert found.criteria[0].confirmed is False
    assert found.conditions == (
        "csat: 80 of 100 testers (80 %, 95 % interval 71–87 %) were satisfied (4 or 5 of 5); "
        "at least 70 % is shown for the testers but not confirmed for the customer base "
        "(weighted: 68 %)",
    )


def test_before_closing_an_unconfirmed_go_is_not_enough() -> None:
    found = decide(registered(with_base(CSAT)), skewed("+++-++++++" * 9))
    assert found.criteria[0].crossed_up_at is not None
    assert found.criteria[0].confirmed is True
    early = decide(registered(with_base(CSAT)), skewed(("+++-+++-++" * 9)[:-2] + "++"))
    assert early.criteria[0].confirmed is False
    assert early.outcome is Outcome.NOT_ENOUGH_EVIDENCE
    assert early.advice.startswith("all criteria are shown, but not confirmed")
    assert "not confirmed for the customer base" in early.reasons[0].text


def test_a_go_that_holds_for_the_base_stays_a_go() -> None:
    found = decide(registered(with_base(CSAT)), skewed("+++++++++-" * 10))
    # Weighted: all loyal (.2) and 4 of 5 others (.8 · .8) are satisfied.
    assert found.criteria[0].weighted == pytest.approx(0.84)
    assert found.outcome is Outcome.GO


def test_rare_events_are_shown_weighted_but_not_checked() -> None:
    rare = Criterion(metric=Metric.offended, threshold=0.05)
    found = decide(registered(with_base(rare)), skewed("-" * 100, metric=Metric.offended))
    assert found.outcome is Outcome.GO
    assert (found.criteria[0].weighted, found.criteria[0].confirmed) == (0.0, None)
    assert (
        "base: weighted figures of Upset or offended are shown but cannot be checked."
        in found.warnings
    )


@pytest.mark.parametrize(("criterion", "written"), [(OFFENDED, "-" * 100), (NPS, "+" * 100)])
def test_limits_of_offence_and_means_are_checked_too(criterion: Criterion, written: str) -> None:
    found = decide(registered(with_base(criterion)), skewed(written, metric=criterion.metric))
    assert found.criteria[0].confirmed is True
    assert found.outcome is Outcome.GO


def test_a_loyal_criterion_is_not_weighted_to_everybody() -> None:
    loyal = CSAT.model_copy(update={"segment": Segment.loyal})
    found = decide(registered(with_base(loyal)), skewed("+" * 100))
    assert found.criteria[0].weighted is None


def test_a_sample_worth_little_and_thin_parts_of_the_base_warn() -> None:
    loyalty = texts(("loyal", 96), ("other", 4))
    sample = Evidence(
        values={Metric.csat: answers("+" * 100)},
        loyal=loyalty == "loyal",
        attributes={"loyalty": loyalty},
    )
    found = decide(registered(with_base(CSAT)), sample)
    assert found.warnings == (
        "base: after weighting 100 answers are worth 6 (design effect 16.0).",
        "base: 4 weights were above five times the median and cut.",
        "base: loyalty other, 80 % of it, gave 4 answers.",
    )


def test_a_part_of_the_base_that_is_missing_warns() -> None:
    sample = Evidence(values={Metric.csat: answers("+" * 100)}, loyal=np.ones(100, dtype=np.bool_))
    found = decide(registered(with_base(CSAT)), sample)
    assert found.warnings[0] == ("base: 100 % of it gave no answer (loyalty loyal, loyalty other).")


def test_without_answers_there_is_nothing_to_warn_about() -> None:
    assert decide(registered(with_base(CSAT)), skewed("")).warnings == ()


def test_attributes_that_do_not_belong_to_the_answers_are_refused() -> None:
    with pytest.raises(Invalid, match="platform: 1 values for 0 participants"):
        Evidence(
            values={},
            loyal=np.zeros(0, dtype=np.bool_),
            attributes={"platform": texts(("ios", 1))},
        )


@pytest.mark.parametrize(
    ("response", "observed", "threshold", "words"),
    [
        # (.70 − .4 · .85) / .6 = .60.
        (0.4, 0.85, 0.70, "a rate of 60 % among the silent would bring the whole to its threshold"),
        (1.0, 0.85, 0.70, "everyone answered"),
        (0.9, 0.85, 0.70, "no rate among the silent could change it"),
        (0.9, 0.10, 0.70, "no rate among the silent could change it"),
    ],
)
def test_the_tipping_point_is_the_rate_the_silent_would_need(
    response: float, observed: float, threshold: float, words: str
) -> None:
    assert tipping_point(response, observed, threshold) == words
