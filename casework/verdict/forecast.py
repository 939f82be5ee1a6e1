"""How many more answers an open verdict is likely to need."""

from dataclasses import dataclass

from casework.criteria import Direction, LaunchCriteria, Profile
from casework.verdict.boundary import complement, first_look
from casework.verdict.evidence import Evidence, is_finished
from casework.verdict.judging import falls_short
from casework.verdict.outcome import CriterionResult
from casework.verdict.planner import answers_for_mean, answers_for_share

HOPELESS = "more testers will not help"
"""How the advice begins where an estimate is on the wrong side of its limit."""

TELLING_ANSWERS = 10
"""Below so many answers an estimate on the wrong side says nothing of those to come.

Source: assumption, as for the first look at a mean; advice, never part of the rule.
"""

TOO_FEW = "too few answers yet to say how many it takes"


@dataclass(frozen=True)
class Outlook:
    """What is likely to help: further answers, or none."""

    answers_needed: int | None
    advice: str


def forecast(
    criteria: LaunchCriteria, evidence: Evidence, results: tuple[CriterionResult, ...]
) -> Outlook:
    """What an undecided owner can do next."""
    undecided = [result for result in results if result.crossed_up_at is None]
    if evidence.received == 0:
        return Outlook(None, "no answers yet")
    if criteria.profile is Profile.stop_check:
        return Outlook(None, "A stop check never says GO; plan a larger study for that.")
    stuck = _stuck(undecided)
    if stuck:
        return Outlook(None, stuck)
    needed = max(_needed(criteria, evidence, result) for result in undecided)
    return Outlook(needed, _advice(criteria, evidence, needed))


def _stuck(undecided: list[CriterionResult]) -> str:
    """Why no number of answers can be named; empty where one can."""
    short = [result for result in undecided if falls_short(result)]
    if any(result.answers >= TELLING_ANSWERS for result in short):
        return f"{HOPELESS} at this rate: {_titles(short)}"
    if short:
        return TOO_FEW
    if not undecided:
        return "all criteria are shown, but not confirmed for the customer base yet"
    if any(result.observed is None for result in undecided):
        return "a criterion has no values yet"
    return ""


def _titles(results: list[CriterionResult]) -> str:
    return ", ".join(result.metric.title for result in results)


def _advice(criteria: LaunchCriteria, evidence: Evidence, needed: int) -> str:
    if is_finished(criteria, evidence):
        return (
            f"about {needed:,} more answers are needed at this rate: register a new, larger attempt"
        )
    return f"about {needed:,} more answers are needed at this rate"


def _needed(criteria: LaunchCriteria, evidence: Evidence, result: CriterionResult) -> int:
    """Answers missing for an 80 % chance of crossing at the current estimate, at least one."""
    needed = _planned_for(criteria, result) - result.answers
    if not is_finished(criteria, evidence):
        # However good the estimate, a GO is not said before the first look.
        needed = max(needed, first_look(result.planned) - result.answers)
    return max(needed, 1)


def _planned_for(criteria: LaunchCriteria, result: CriterionResult) -> int:
    observed = result.observed or 0.0
    if not result.metric.is_share:
        return answers_for_mean(observed - result.threshold, result.spread or 1.0)
    if result.direction is Direction.AT_MOST:
        limit, truth = complement(result.threshold), complement(observed)
    else:
        limit, truth = result.threshold, observed
    return answers_for_share(limit, truth, alpha=criteria.alpha)
