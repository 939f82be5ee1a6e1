"""The checks say what a plan lacks; they never grade it."""

import pytest

from casework.case.checks import Check, check_plan, check_recommendation
from casework.case.exercise import Decision, Method, PlannedActivity, Recommendation
from tests.casework.case.samples import BETA, GROUP


def _plan(*activities: PlannedActivity) -> dict[str, Check]:
    return {each.key: each for each in check_plan(activities)}


def _open(*activities: PlannedActivity) -> set[str]:
    return {key for key, each in _plan(*activities).items() if not each.passed}


def test_a_group_and_a_beta_fully_planned_pass_each_check() -> None:
    assert list(_plan(GROUP, BETA)) == [
        "two_activities",
        "different_methods",
        "focus_group_seats",
        "before_release",
        "launch_rule",
        "facts_cited",
    ]
    assert _open(GROUP, BETA) == set()


def test_an_empty_plan_passes_nothing() -> None:
    plan = _plan()
    assert not any(each.passed for each in plan.values())
    assert plan["two_activities"].text == "Plan two activities; there is none now."


def test_one_activity_is_not_yet_a_plan_but_its_own_gaps_are_named() -> None:
    plan = _plan(GROUP.model_copy(update={"rule": ""}))
    assert not any(plan[key].passed for key in ("two_activities", "different_methods"))
    assert plan["launch_rule"].text.startswith("Activity 1: write a rule")


def test_what_is_blank_is_named_with_its_activity() -> None:
    blank = PlannedActivity(method=Method.OTHER, facts=("F1",), rule=BETA.rule)
    text = _plan(GROUP, blank)["two_activities"].text
    assert text == (
        "Activity 2: fill in a name for your idea, who takes part, how many, "
        "the question it answers, why the cited facts call for it."
    )


def test_two_groups_are_one_method() -> None:
    assert _open(GROUP, GROUP) == {"different_methods"}


def test_two_ideas_of_ones_own_differ_when_their_names_do() -> None:
    diary = BETA.model_copy(update={"method": Method.OTHER, "own_name": "Player diaries"})
    fair = diary.model_copy(update={"own_name": "A stand at the Christmas market"})
    same = diary.model_copy(update={"own_name": " player  DIARIES"})
    assert _open(diary, fair) == set()
    assert _open(diary, same) == {"different_methods"}


def test_a_group_renamed_as_an_own_idea_is_still_a_group() -> None:
    renamed = GROUP.model_copy(
        update={"method": Method.OTHER, "own_name": "focus group", "how_many": 40}
    )
    assert _open(renamed, BETA) == {"focus_group_seats"}
    assert "different_methods" in _open(renamed, GROUP)


@pytest.mark.parametrize(
    ("seats", "good"), [(4, False), (5, True), (8, True), (10, True), (11, False)]
)
def test_a_group_has_five_to_ten_seats(seats: int, *, good: bool) -> None:
    group = GROUP.model_copy(update={"how_many": seats})
    assert _plan(group, BETA)["focus_group_seats"].passed is good


def test_seats_are_asked_only_of_a_group() -> None:
    survey = BETA.model_copy(update={"method": Method.MARKET_RESEARCH})
    assert "focus_group_seats" not in _plan(survey, BETA)


@pytest.mark.parametrize(("weeks", "good"), [(-1, False), (0, False), (0.5, True), (12, True)])
def test_an_activity_comes_before_the_release(weeks: float, *, good: bool) -> None:
    beta = BETA.model_copy(update={"weeks_before_release": weeks})
    check = _plan(GROUP, beta)["before_release"]
    assert check.passed is good
    assert good or check.text.startswith("Activity 2")


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        ("", "write a rule"),
        ("If they do not like it.", "Add the “then”"),
        ("We will launch in December.", "Add the “if”"),
        ("Listen to them.", "neither"),
    ],
)
def test_half_a_rule_is_told_which_half_is_missing(rule: str, missing: str) -> None:
    check = _plan(GROUP, BETA.model_copy(update={"rule": rule}))["launch_rule"]
    assert not check.passed
    assert missing in check.text


@pytest.mark.parametrize("facts", [(), ("F18",)])
def test_the_frame_alone_is_no_fact_cited(facts: tuple[str, ...]) -> None:
    assert _open(GROUP.model_copy(update={"facts": facts}), BETA) == {"facts_cited"}


def test_more_than_two_activities_are_too_many() -> None:
    plan = _plan(GROUP, BETA, BETA.model_copy(update={"method": Method.MARKET_RESEARCH}))
    assert plan["two_activities"].text == "Plan two activities; there are 3 now."


def _decided(*cited: int, reason: str = "They were hurt.") -> Recommendation:
    return Recommendation(decision=Decision.STOP, reason=reason, cited=cited)


def _unmet(recommendation: Recommendation | None) -> set[str]:
    return {each.key for each in check_recommendation(recommendation, {4, 7}) if not each.passed}


def test_a_decision_with_a_reason_and_two_answers_stands() -> None:
    assert _unmet(_decided(4, 7)) == set()


@pytest.mark.parametrize("cited", [(), (4,), (4, 4), (4, 99)])
def test_two_different_answers_of_this_study_must_be_cited(cited: tuple[int, ...]) -> None:
    assert _unmet(_decided(*cited)) == {"answers_cited"}


def test_an_answer_that_does_not_exist_is_named_even_when_enough_are_cited() -> None:
    _, cited, _ = check_recommendation(_decided(4, 7, 99), {4, 7})
    assert cited.passed
    assert cited.text == "2 answers are cited. Not in this study: 99."


def test_blank_words_are_no_reason() -> None:
    assert _unmet(_decided(4, 7, reason="  ")) == {"reason"}


def test_without_a_decision_all_is_still_to_do() -> None:
    assert _unmet(None) == {"decision", "answers_cited", "reason"}


def test_a_recommendation_may_cite_before_it_decides() -> None:
    so_far = Recommendation(cited=(4, 7))
    passed = {each.key: each.passed for each in check_recommendation(so_far, {4, 7})}
    assert passed == {"decision": False, "answers_cited": True, "reason": False}
