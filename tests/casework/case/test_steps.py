"""A student always has one next step, and it is the first that is still open."""

import pytest

from casework.case.exercise import Exercise, Recommendation
from casework.case.reflection import PROMPTS
from casework.case.steps import CaseStep, step_after, steps_done
from casework.case.story import fact
from tests.casework.case.samples import BETA, GROUP, WHOLE


def test_nothing_is_done_at_the_start() -> None:
    assert steps_done(Exercise(), predicted=False) == frozenset()


def test_picking_a_fact_ends_the_reading_and_a_whole_plan_the_planning() -> None:
    assert steps_done(Exercise(facts=("F5",)), predicted=False) == {CaseStep.READ}
    half = Exercise(facts=("F5",), activities=(GROUP,))
    assert steps_done(half, predicted=False) == {CaseStep.READ}
    whole = Exercise(facts=("F5",), activities=(GROUP, BETA))
    assert steps_done(whole, predicted=False) == {CaseStep.READ, CaseStep.PLAN}


def test_two_cited_answers_end_the_inspection() -> None:
    one = Exercise(recommendation=Recommendation(cited=(4,)))
    two = Exercise(recommendation=Recommendation(cited=(4, 7)))
    assert steps_done(one, predicted=True) == {CaseStep.PREDICT}
    assert steps_done(two, predicted=True) == {CaseStep.PREDICT, CaseStep.INSPECT}


def test_with_everything_handed_in_only_the_comparison_is_left() -> None:
    done = steps_done(WHOLE, predicted=True)
    assert done == frozenset(CaseStep) - {CaseStep.COMPARE}
    assert step_after(CaseStep.COMPARE, done) is CaseStep.COMPARE
    assert step_after(CaseStep.READ, done) is CaseStep.COMPARE


@pytest.mark.parametrize(
    ("here", "done", "then"),
    [
        (CaseStep.READ, set(), CaseStep.PLAN),
        (CaseStep.READ, {CaseStep.PLAN}, CaseStep.PREDICT),
        (CaseStep.PREDICT, {CaseStep.READ}, CaseStep.INSPECT),
        (CaseStep.COMPARE, {CaseStep.READ}, CaseStep.PLAN),
        (CaseStep.RECOMMEND, {CaseStep.READ, CaseStep.PLAN}, CaseStep.PREDICT),
        (CaseStep.RECOMMEND, {CaseStep.READ, CaseStep.RECOMMEND}, CaseStep.COMPARE),
    ],
)
def test_the_next_step_lies_ahead_while_one_does(
    here: CaseStep, done: set[CaseStep], then: CaseStep
) -> None:
    assert step_after(here, done) is then


def test_every_prompt_is_tied_to_facts_of_the_case() -> None:
    assert all(fact(key) for prompt in PROMPTS for key in prompt.facts)
