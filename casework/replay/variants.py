"""The same world, one choice changed: the plans to set beside a plan."""

from collections.abc import Iterator

from casework.case.exercise import Method
from casework.record import Line, Record
from casework.replay.plan import LAST_WEEK, Asking, Complaints, Findings, Plan, Whom

LATER_WEEKS = 6


class Variant(Record):
    """What was changed, and the plan with that change."""

    change: Line
    plan: Plan


def one_changed(plan: Plan) -> tuple[Variant, ...]:
    """Every plan that differs from this one in a single choice, and asking nobody at all."""
    return (
        *_without_asking(plan),
        *_findings(plan),
        *_complaints(plan),
        *(
            variant
            for number, asking in enumerate(plan.activities)
            for variant in _of_activity(plan, number, asking)
        ),
    )


def _without_asking(plan: Plan) -> Iterator[Variant]:
    if plan.activities:
        yield Variant(change="Ask nobody", plan=plan.model_copy(update={"activities": ()}))


def _findings(plan: Plan) -> Iterator[Variant]:
    if plan.activities:
        acts = plan.findings is Findings.ACT
        other = Findings.IGNORE if acts else Findings.ACT
        change = "Ignore what was heard" if acts else "Act on what was heard"
        yield Variant(change=change, plan=plan.model_copy(update={"findings": other}))


def _complaints(plan: Plan) -> Iterator[Variant]:
    leaves = plan.complaints is Complaints.LEAVE
    other = Complaints.ANSWER if leaves else Complaints.LEAVE
    change = "Answer complaints within 24 hours" if leaves else "Leave complaints unanswered"
    yield Variant(change=change, plan=plan.model_copy(update={"complaints": other}))


def _of_activity(plan: Plan, number: int, asking: Asking) -> Iterator[Variant]:
    told = f"{number + 1}. {asking.method.label}"
    rest = (*plan.activities[:number], *plan.activities[number + 1 :])
    if len(plan.activities) > 1:
        yield Variant(
            change=f"{told}: leave it out", plan=plan.model_copy(update={"activities": rest})
        )
    for change, update in _changes(asking):
        changed = asking.model_copy(update=update)
        activities = (*plan.activities[:number], changed, *plan.activities[number + 1 :])
        yield Variant(
            change=f"{told}: {change}", plan=plan.model_copy(update={"activities": activities})
        )


def _changes(asking: Asking) -> Iterator[tuple[str, dict[str, Whom | int | float | bool]]]:
    for whom in Whom:
        if whom is not asking.whom:
            yield f"ask {whom.short}", {"whom": whom}
    fewer = max(1, asking.how_many // 3)
    if fewer < asking.how_many:
        yield f"{fewer} instead of {asking.how_many} people", {"how_many": fewer}
    if asking.week + LATER_WEEKS <= LAST_WEEK:
        yield f"{LATER_WEEKS} weeks later", {"week": asking.week + LATER_WEEKS}
    if asking.method is not Method.FOCUS_GROUP and asking.asks_directly:
        yield "do not ask about offence", {"asks_directly": False}
