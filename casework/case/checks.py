"""What a plan or a recommendation still lacks. Exact questions only: nothing here grades.

Source of the plan's checks: the exercise of the case (two different methods, 5–10 seats for a focus
group, before the release, a rule for the launch, a fact cited for each activity).
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from casework.activities import GROUP_SEATS
from casework.case import launch_rule
from casework.case.exercise import Method, PlannedActivity, Recommendation
from casework.case.story import CASE_FACTS
from casework.record import Line, Prose, Record

ACTIVITIES = 2
CITED_ANSWERS = 2

Gap = Callable[[PlannedActivity], str]
"""What one activity lacks, as an instruction; empty when nothing."""


class Check(Record):
    """One question about the work, with what is fine or what to do next."""

    key: Line
    passed: bool
    text: Prose


def check_plan(activities: Sequence[PlannedActivity]) -> tuple[Check, ...]:
    """What stands and what is missing in the plan, always in this order.

    The check of a focus group's seats is there only when one is planned.
    """
    seats = (
        (
            _of_each(
                "focus_group_seats", activities, _seats_gap, "The focus group has 5 to 10 seats."
            ),
        )
        if any(each.is_a(Method.FOCUS_GROUP) for each in activities)
        else ()
    )
    return (
        _two_filled_in(activities),
        _different_methods(activities),
        *seats,
        _of_each("before_release", activities, _time_gap, "Both come before the release."),
        _of_each("launch_rule", activities, _rule_gap, "Both have an if–then rule for the launch."),
        _of_each("facts_cited", activities, _facts_gap, "Both cite a fact of the case."),
    )


def check_recommendation(
    recommendation: Recommendation | None, known_answers: AbstractSet[int]
) -> tuple[Check, ...]:
    """Whether the decision rests on two answers that exist in the study, and on a reason."""
    so_far = recommendation or Recommendation()
    cited = set(so_far.cited)
    return (
        Check(
            key="decision",
            passed=so_far.decision is not None,
            text="A decision is made." if so_far.decision else "Choose what Nate should do.",
        ),
        _answers_cited(cited & known_answers, cited - known_answers),
        Check(
            key="reason",
            passed=bool(so_far.reason),
            text="A reason is given." if so_far.reason else "Say why, in a sentence or two.",
        ),
    )


def _of_each(key: str, activities: Sequence[PlannedActivity], gap: Gap, fine: str) -> Check:
    gaps = [
        f"Activity {number}: {words}"
        for number, activity in enumerate(activities, start=1)
        if (words := gap(activity))
    ]
    if len(activities) < ACTIVITIES and not gaps:
        return Check(key=key, passed=False, text="This can be checked once two are planned.")
    return Check(key=key, passed=not gaps, text=" ".join(gaps) or fine)


def _two_filled_in(activities: Sequence[PlannedActivity]) -> Check:
    if len(activities) != ACTIVITIES:
        text = f"Plan two activities; there {_count(len(activities))} now."
        return Check(key="two_activities", passed=False, text=text)
    return _of_each("two_activities", activities, _blank_gap, "Two activities are filled in.")


def _count(planned: int) -> str:
    return {0: "is none", 1: "is one"}.get(planned, f"are {planned}")


def _blank_gap(activity: PlannedActivity) -> str:
    blanks = {
        "a name for your idea": activity.method is Method.OTHER and not activity.own_name,
        "who takes part": not activity.who,
        "how many": activity.how_many == 0,
        "the question it answers": not activity.learns,
        "why the cited facts call for it": not activity.because,
    }
    missing = [words for words, blank in blanks.items() if blank]
    return f"fill in {', '.join(missing)}." if missing else ""


def _different_methods(activities: Sequence[PlannedActivity]) -> Check:
    key = "different_methods"
    if len(activities) < ACTIVITIES:
        return Check(key=key, passed=False, text="This can be checked once two are planned.")
    names = [each.name.casefold() for each in activities]
    if len(set(names)) < len(names):
        text = f"Both are “{activities[0].name}”. Change one: another method shows more."
        return Check(key=key, passed=False, text=text)
    return Check(key=key, passed=True, text="The two methods differ.")


def _seats_gap(activity: PlannedActivity) -> str:
    low, high = GROUP_SEATS
    if not activity.is_a(Method.FOCUS_GROUP) or low <= activity.how_many <= high:
        return ""
    return f"a focus group has {low} to {high} seats, not {activity.how_many}. Change how many."


def _time_gap(activity: PlannedActivity) -> str:
    if activity.weeks_before_release > 0:
        return ""
    return "set it at least some days before the release, while the game can still change."


def _rule_gap(activity: PlannedActivity) -> str:
    rule = launch_rule.read(activity.rule)
    if rule.exists:
        return ""
    if not activity.rule:
        return "write a rule for the launch: if you hear this, then BoomerGames does that."
    if rule.condition:
        return "the rule has an “if”. Add the “then”: what happens to the launch?"
    if rule.consequence:
        return "the rule has a “then”. Add the “if”: which result would bring it about?"
    return "I find neither an “if” nor a “then” in the rule. Write: if you hear this, we do that."


def _facts_gap(activity: PlannedActivity) -> str:
    if CASE_FACTS.intersection(activity.facts):
        return ""
    return "pick at least one fact of the case that it answers."


def _answers_cited(found: AbstractSet[int], unknown: AbstractSet[int]) -> Check:
    stray = f" Not in this study: {', '.join(map(str, sorted(unknown)))}." if unknown else ""
    if len(found) >= CITED_ANSWERS:
        text = f"{len(found)} answers are cited.{stray}"
        return Check(key="answers_cited", passed=True, text=text)
    text = f"Cite at least two different answers you have read; {len(found)} so far.{stray}"
    return Check(key="answers_cited", passed=False, text=text)
