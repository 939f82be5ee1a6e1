"""What must be looked at by a named person before anything ships, whatever the numbers say."""

from collections.abc import Sequence
from enum import StrEnum

from casework.record import Line, Moment, Prose, Record
from casework.verdict.outcome import Gate

LOYAL_VOICES = 2
"""A values concern of this many loyal participants opens the gate. Source: the verdict's rule."""


class GateName(StrEnum):
    """The gates there are."""

    VALUES = "values"
    CRITICAL = "critical"


class Concern(Record):
    """One participant's values concern or critical problem, with the words it came in.

    Only a `quotable` one may be printed where others than the owner read it. `person` is the
    customer, the same in every activity they take part in.
    """

    person: int
    loyal: bool
    quote: Prose
    raised_at: Moment
    quotable: bool = True


class GateReview(Record):
    """That a named person looked at a gate's concerns: their judgement and what follows."""

    gate: GateName
    reviewer: Line
    reason: Prose
    change: Prose = ""
    reviewed_at: Moment


def values_gate(concerns: Sequence[Concern], reviews: Sequence[GateReview], reviewer: str) -> Gate:
    """Open while two or more loyal participants raised a values concern since the last review.

    `reviewer` is who has to review it.
    """
    loyal = [concern for concern in concerns if concern.loyal]
    return _gate(GateName.VALUES, loyal, reviews, LOYAL_VOICES, reviewer)


def critical_gate(
    concerns: Sequence[Concern], reviews: Sequence[GateReview], reviewer: str
) -> Gate:
    """Open while anybody reported a critical problem since the last review.

    `reviewer` is who has to review it.
    """
    return _gate(GateName.CRITICAL, concerns, reviews, 1, reviewer)


def _gate(
    name: GateName,
    concerns: Sequence[Concern],
    reviews: Sequence[GateReview],
    voices: int,
    reviewer: str,
) -> Gate:
    done = [review for review in reviews if review.gate is name]
    last = max(done, key=lambda review: review.reviewed_at, default=None)
    fresh = [c for c in concerns if last is None or c.raised_at > last.reviewed_at]
    if len({c.person for c in fresh}) >= voices:
        return Gate(name=name.value, clear=False, detail=_still_open(fresh, name, reviewer))
    if last is None:
        return Gate(name=name.value, clear=True, detail="Nothing to review.")
    return Gate(name=name.value, clear=True, detail=f"Reviewed by {last.reviewer}: {last.reason}")


_RAISED = {
    GateName.VALUES: ("loyal tester", "loyal testers", "feel hurt in what they value"),
    GateName.CRITICAL: ("tester", "testers", "met a critical problem"),
}


def _still_open(concerns: Sequence[Concern], name: GateName, reviewer: str) -> str:
    people = len({c.person for c in concerns})
    one, many, what = _RAISED[name]
    who = f"{people} {one if people == 1 else many}"
    raised = f"Do not launch until {reviewer} has reviewed why {who} {what}"
    may_print = [c for c in concerns if c.quotable and c.quote]
    if not may_print:
        return f"{raised}; their words may not be quoted here."
    first = min(may_print, key=lambda c: (c.raised_at, c.person))
    return f"{raised}: “{first.quote}”"
