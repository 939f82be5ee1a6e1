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

    Only a `quotable` one may be printed where others than the owner read it.
    """

    participant_id: int
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


def values_gate(concerns: Sequence[Concern], reviews: Sequence[GateReview]) -> Gate:
    """Open while two or more loyal participants raised a values concern since the last review."""
    return _gate(GateName.VALUES, [c for c in concerns if c.loyal], reviews, LOYAL_VOICES)


def critical_gate(concerns: Sequence[Concern], reviews: Sequence[GateReview]) -> Gate:
    """Open while anybody reported a critical problem since the last review."""
    return _gate(GateName.CRITICAL, concerns, reviews, 1)


def _gate(
    name: GateName, concerns: Sequence[Concern], reviews: Sequence[GateReview], voices: int
) -> Gate:
    done = [review for review in reviews if review.gate is name]
    last = max(done, key=lambda review: review.reviewed_at, default=None)
    fresh = [c for c in concerns if last is None or c.raised_at > last.reviewed_at]
    if len({c.participant_id for c in fresh}) >= voices:
        return Gate(name=name.value, clear=False, detail=_still_open(fresh))
    if last is None:
        return Gate(name=name.value, clear=True, detail="Nothing to review.")
    return Gate(name=name.value, clear=True, detail=f"Reviewed by {last.reviewer}: {last.reason}")


def _still_open(concerns: Sequence[Concern]) -> str:
    people = len({c.participant_id for c in concerns})
    raised = f"{people} {'person' if people == 1 else 'people'} raised it"
    may_print = [c for c in concerns if c.quotable]
    if not may_print:
        return f"{raised}; none of them wants to be quoted."
    first = min(may_print, key=lambda c: (c.raised_at, c.participant_id))
    return f"{raised}, first: “{first.quote}”"
