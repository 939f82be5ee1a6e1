"""The steps between a loyal customer and a counted answer, and which may follow which.

    drawn → invited → opened → accepted | declined | expired | screened_out
    beta: accepted → link_opened → downloaded → launched → answered → valid | invalid → thanked
    group: accepted → scheduled → attended | no_show → thanked
Withdrawal is possible from every step, declining also after accepting.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from casework.errors import Invalid
from casework.record import Moment, Prose, Record


class ActivityKind(StrEnum):
    """The two ways to ask before a launch that the tool runs."""

    FOCUS_GROUP = "focus_group"
    BETA = "beta"

    @property
    def label(self) -> str:
        """As shown to people."""
        return "Focus group" if self is ActivityKind.FOCUS_GROUP else "Beta"


class Step(StrEnum):
    """Where one participant stands."""

    DRAWN = "drawn"
    INVITED = "invited"
    OPENED = "opened"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    SCREENED_OUT = "screened_out"
    LINK_OPENED = "link_opened"
    DOWNLOADED = "downloaded"
    LAUNCHED = "launched"
    ANSWERED = "answered"
    VALID = "valid"
    INVALID = "invalid"
    SCHEDULED = "scheduled"
    ATTENDED = "attended"
    NO_SHOW = "no_show"
    THANKED = "thanked"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """As shown to people."""
        if self is Step.SCREENED_OUT:
            return "Not a fit"
        return self.value.replace("_", " ").capitalize()


_S = Step
_GETTING_THE_BUILD = (_S.LINK_OPENED, _S.DOWNLOADED, _S.LAUNCHED)

_COMMON: dict[Step, tuple[Step, ...]] = {
    _S.DRAWN: (_S.INVITED, _S.DECLINED),
    _S.INVITED: (_S.OPENED, _S.ACCEPTED, _S.DECLINED, _S.EXPIRED, _S.SCREENED_OUT),
    _S.OPENED: (_S.ACCEPTED, _S.DECLINED, _S.EXPIRED, _S.SCREENED_OUT),
    _S.EXPIRED: (_S.INVITED,),
    _S.DECLINED: (),
    _S.SCREENED_OUT: (),
    _S.THANKED: (),
    _S.WITHDRAWN: (),
}
_BETA: dict[Step, tuple[Step, ...]] = {
    _S.ACCEPTED: (*_GETTING_THE_BUILD, _S.ANSWERED, _S.DECLINED, _S.EXPIRED),
    _S.LINK_OPENED: (_S.DOWNLOADED, _S.LAUNCHED, _S.ANSWERED, _S.DECLINED, _S.EXPIRED),
    _S.DOWNLOADED: (_S.LAUNCHED, _S.ANSWERED, _S.DECLINED, _S.EXPIRED),
    _S.LAUNCHED: (_S.ANSWERED, _S.DECLINED, _S.EXPIRED),
    _S.ANSWERED: (_S.VALID, _S.INVALID),
    _S.VALID: (_S.THANKED, _S.INVALID),
    _S.INVALID: (_S.ANSWERED, _S.VALID, _S.THANKED),
}
_GROUP: dict[Step, tuple[Step, ...]] = {
    _S.ACCEPTED: (_S.SCHEDULED, _S.ATTENDED, _S.NO_SHOW, _S.DECLINED, _S.EXPIRED),
    _S.SCHEDULED: (_S.ATTENDED, _S.NO_SHOW, _S.DECLINED),
    _S.ATTENDED: (_S.THANKED, _S.NO_SHOW),
    _S.NO_SHOW: (_S.ATTENDED, _S.THANKED),
}
NEXT: Mapping[ActivityKind, Mapping[Step, tuple[Step, ...]]] = {
    ActivityKind.BETA: {**_COMMON, **_BETA},
    ActivityKind.FOCUS_GROUP: {**_COMMON, **_GROUP},
}

PATH: Mapping[ActivityKind, tuple[Step, ...]] = {
    ActivityKind.BETA: (
        _S.DRAWN,
        _S.INVITED,
        _S.OPENED,
        _S.ACCEPTED,
        _S.LINK_OPENED,
        _S.DOWNLOADED,
        _S.ANSWERED,
        _S.VALID,
        _S.THANKED,
    ),
    ActivityKind.FOCUS_GROUP: (
        _S.DRAWN,
        _S.INVITED,
        _S.OPENED,
        _S.ACCEPTED,
        _S.ATTENDED,
        _S.THANKED,
    ),
}
"""The way through, in order; what the funnel chart shows."""

LEFT = frozenset({_S.DECLINED, _S.EXPIRED, _S.SCREENED_OUT, _S.WITHDRAWN})
"""Whoever stands here takes no part: nothing is taken from or given to them."""

SEAT_FREED = LEFT | {_S.NO_SHOW}
"""Whoever stands here holds no seat."""


class FunnelEvent(Record):
    """One participant reached one step at one time."""

    step: Step
    at: Moment
    detail: Prose = ""


def may_follow(kind: ActivityKind, here: Step, there: Step) -> bool:
    """Whether a participant of this kind of activity may go from `here` to `there`."""
    if there is Step.WITHDRAWN:
        return here is not Step.WITHDRAWN
    return there in NEXT[kind].get(here, ())


def require_step(kind: ActivityKind, here: Step, there: Step) -> None:
    """Refuse a step that cannot follow. Raises: Invalid."""
    if not may_follow(kind, here, there):
        raise Invalid(
            f"A participant who is “{here.label.lower()}” cannot become "
            f"“{there.label.lower()}” in a {kind.label.lower()}."
        )


class StepCount(Record):
    """How many reached one step, out of how many reached the one before."""

    step: Step
    reached: int
    of: int

    @property
    def dropped(self) -> int:
        """How many were lost since the step before."""
        return max(self.of - self.reached, 0)


def count_steps(kind: ActivityKind, histories: Iterable[frozenset[Step]]) -> tuple[StepCount, ...]:
    """The funnel of an activity from the set of steps that each participant has ever reached.

    Whoever reached a later step of the path is counted at the earlier ones too: somebody who
    answered did open the invitation, also where that step was never recorded.
    """
    path = PATH[kind]
    furthest = Counter(
        max((i for i, step in enumerate(path) if step in steps), default=NOWHERE)
        for steps in histories
    )
    return count_furthest(kind, furthest)


NOWHERE = -1
"""Furthest place of somebody who reached no step of the path."""


def count_furthest(kind: ActivityKind, furthest: Mapping[int, int]) -> tuple[StepCount, ...]:
    """The funnel from how many participants got how far: the place of their last step, from 0."""
    path = PATH[kind]
    reached = [sum(n for far, n in furthest.items() if far >= i) for i in range(len(path))]
    before = [sum(furthest.values()), *reached[:-1]]
    return tuple(
        StepCount(step=step, reached=n, of=of)
        for step, n, of in zip(path, reached, before, strict=True)
    )
