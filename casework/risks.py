"""What may still go wrong, who watches it and what they do about it."""

from datetime import date

from casework.criteria import Direction, Segment, figure
from casework.record import Line, Record
from casework.verdict import CriterionResult, Crossed, Outcome, Verdict


class Risk(Record):
    """Something that may go wrong, who watches it and what they do about it."""

    text: Line
    owner: Line
    action: Line


def derived(verdict: Verdict, owner: str, expiry: date | None = None) -> tuple[Risk, ...]:
    """The risks that a verdict itself shows, each the owner's until somebody else takes it.

    Open gates, figures whose interval reaches beyond their limit, fewer answers than planned, and
    the last day of the build, where it has one.
    """
    found = [*_open_gates(verdict), *_near_limits(verdict), *_thin(verdict)]
    if expiry is not None:
        found.append((f"The build stops working on {expiry:%Y-%m-%d}", "Decide or renew it before"))
    return tuple(Risk(text=text, owner=owner, action=action) for text, action in found)


def _open_gates(verdict: Verdict) -> list[tuple[str, str]]:
    return [
        (f"The {gate.name} gate is open", "Review it, with a name, a judgement and a reason")
        for gate in verdict.gates
        if not gate.clear
    ]


def _near_limits(verdict: Verdict) -> list[tuple[str, str]]:
    results = (*verdict.criteria, *verdict.guardrails)
    return [
        (_near(result), "Watch it after the release; let it halt the release")
        for result in results
        if result.crossed is not Crossed.down and _reaches_beyond(result)
    ]


def _near(result: CriterionResult) -> str:
    among = " among loyal testers" if result.segment is Segment.loyal else ""
    shown = figure(result.metric, result.observed or 0.0)
    limit = figure(result.metric, result.threshold)
    return f"{result.metric.title}{among}, {shown}: its interval reaches beyond the limit, {limit}"


def _reaches_beyond(result: CriterionResult) -> bool:
    """Fine as observed, and yet the true figure may lie on the wrong side."""
    if result.interval is None or result.observed is None:
        return False
    low, high = result.interval
    if result.direction is Direction.AT_MOST:
        return result.observed <= result.threshold < high
    return low < result.threshold <= result.observed


def _thin(verdict: Verdict) -> list[tuple[str, str]]:
    planned = max((result.planned for result in verdict.criteria), default=0)
    if verdict.answers >= planned or verdict.outcome is Outcome.NO_GO:
        return []
    told = f"Only {verdict.answers:,} of {planned:,} planned answers have come"
    return [(told, "Remind testers, or say who accepts to decide on fewer")]
