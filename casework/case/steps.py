"""The six steps of the exercise, which of them are done, and the one that is next."""

from collections.abc import Set as AbstractSet
from enum import StrEnum

from casework.case.checks import CITED_ANSWERS, check_plan
from casework.case.exercise import Exercise


class CaseStep(StrEnum):
    """One page of the exercise, in the order in which they are worked."""

    READ = "read"
    PLAN = "plan"
    PREDICT = "predict"
    INSPECT = "inspect"
    RECOMMEND = "recommend"
    COMPARE = "compare"

    @property
    def label(self) -> str:
        """What is done there, as an action on a button."""
        return _LABELS[self]


_LABELS = {
    CaseStep.READ: "Read the case",
    CaseStep.PLAN: "Plan two activities",
    CaseStep.PREDICT: "Predict the answers",
    CaseStep.INSPECT: "Inspect the study",
    CaseStep.RECOMMEND: "Recommend a decision",
    CaseStep.COMPARE: "Compare",
}


def steps_done(work: Exercise, *, predicted: bool) -> frozenset[CaseStep]:
    """The steps behind a student; `predicted` says whether the prediction is locked."""
    cited = work.recommendation.cited if work.recommendation else ()
    state = {
        CaseStep.READ: bool(work.facts),
        CaseStep.PLAN: all(each.passed for each in check_plan(work.activities)),
        CaseStep.PREDICT: predicted,
        CaseStep.INSPECT: len(cited) >= CITED_ANSWERS,
        CaseStep.RECOMMEND: work.submitted,
    }
    return frozenset(step for step, done in state.items() if done)


def step_after(here: CaseStep, done: AbstractSet[CaseStep]) -> CaseStep:
    """Where to go from here: the first open step after this one, or the first one left behind.

    The comparison comes last, and straight away once the work is handed in.
    """
    if CaseStep.RECOMMEND in done:
        return CaseStep.COMPARE
    order = list(CaseStep)
    after = order[order.index(here) + 1 :]
    passed = {*done, here, CaseStep.COMPARE}
    return next((step for step in [*after, *order] if step not in passed), CaseStep.COMPARE)
