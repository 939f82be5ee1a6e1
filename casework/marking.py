"""What an owner may note of participants themselves, and what of it takes a second thought."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.funnel import ActivityKind, Step
from casework.record import Record


class Mark(Record):
    """A step an owner may take people to by hand; `destructive` ones free their seat."""

    step: Step
    does: str
    destructive: bool = False


_BOTH = (
    Mark(step=Step.EXPIRED, does="Mark as expired", destructive=True),
    Mark(step=Step.DECLINED, does="Mark as declined", destructive=True),
    Mark(step=Step.THANKED, does="Mark as thanked"),
)
MARKS: Mapping[ActivityKind, tuple[Mark, ...]] = MappingProxyType(
    {
        ActivityKind.BETA: _BOTH,
        ActivityKind.FOCUS_GROUP: (
            Mark(step=Step.ATTENDED, does="Mark as attended"),
            Mark(step=Step.NO_SHOW, does="Mark as no-show", destructive=True),
            *_BOTH,
        ),
    }
)
"""By kind of activity, the usual first. Saying yes, answering and withdrawing are the customer's
own: nobody else takes these steps for them."""


def mark_of(kind: ActivityKind, step: Step) -> Mark | None:
    """The mark for a step; None where an owner may not take it."""
    return next((mark for mark in MARKS[kind] if mark.step is step), None)
