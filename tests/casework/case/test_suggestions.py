"""A student's work is laid beside the suggested answers, never graded by them."""

from casework.case.exercise import Exercise, Guess, Method
from casework.case.story import CASE_FACTS
from casework.case.suggestions import SUGGESTIONS, UNLISTED, Comparison, compare
from tests.casework.case.samples import BETA, WHOLE


def _beside(exercise: Exercise, outcome: str = "NO-GO") -> Comparison:
    return compare(exercise, share_offended=0.314, share_satisfied=0.5, outcome=outcome)


def test_the_case_suggests_a_group_a_beta_and_market_research_each_tied_to_its_facts() -> None:
    assert [each.method for each in SUGGESTIONS] == [
        Method.FOCUS_GROUP,
        Method.BETA,
        Method.MARKET_RESEARCH,
    ]
    assert all(each.facts and set(each.facts) <= CASE_FACTS for each in SUGGESTIONS)
    assert "5 to 10 loyal" in SUGGESTIONS[0].text


def test_it_is_told_which_suggestions_were_planned() -> None:
    beside = _beside(WHOLE)
    assert [each.planned for each in beside.suggestions] == [True, True, False]
    assert beside.own_ideas == ()


def test_an_unlisted_idea_is_listed_as_worth_the_same() -> None:
    diary = BETA.model_copy(update={"method": Method.OTHER, "own_name": "Player diaries"})
    beside = _beside(Exercise(activities=(diary,)))
    assert not any(each.planned for each in beside.suggestions)
    assert beside.own_ideas == ("Player diaries",)
    assert beside.note == UNLISTED
    assert "worth the same" in UNLISTED


def test_a_suggestion_under_an_own_name_is_recognised() -> None:
    named = BETA.model_copy(update={"method": Method.OTHER, "own_name": "Market Research"})
    beside = _beside(Exercise(activities=(named,)))
    assert [each.planned for each in beside.suggestions] == [False, False, True]


def test_a_prediction_is_set_against_what_was_observed_in_points() -> None:
    offended, satisfied = _beside(WHOLE).shares
    assert (offended.predicted, offended.observed, offended.points_off) == (0.2, 0.314, 11)
    assert (satisfied.predicted, satisfied.observed, satisfied.points_off) == (0.7, 0.5, -20)


def test_the_guess_is_right_when_the_study_reached_that_verdict() -> None:
    assert not _beside(WHOLE, "NO-GO").guessed_right
    assert _beside(WHOLE, "HOLD").guessed_right
    assert _beside(WHOLE).guess is Guess.HOLD


def test_without_prediction_or_answers_nothing_is_compared() -> None:
    beside = compare(
        Exercise(), share_offended=None, share_satisfied=None, outcome="NOT ENOUGH EVIDENCE"
    )
    assert [each.points_off for each in beside.shares] == [None, None]
    assert beside.guess is None
    assert not beside.guessed_right
