"""The steps between a loyal customer and a counted answer, and which may follow which.

    drawn → invited → opened → accepted | declined | expired | screened_out
    beta: accepted → link_opened → downloaded → launched → answered → valid | invalid → thanked
    group: accepted → scheduled → attended | no_show → thanked
Withdrawal is possible from every step, declining also after accepting.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

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
    """How many reached one step, out of how many reached the one before.

    `waiting` of the others are not there yet and still may come.
    """

    step: Step
    reached: int
    of: int
    waiting: int = 0

    @property
    def lost(self) -> int:
        """How many reached the step before and will not come here any more."""
        return max(self.of - self.reached - self.waiting, 0)


class Stand(NamedTuple):
    """How far somebody came: the place of a step on the path, from 0; and whether that was all."""

    far: int
    over: bool


NOWHERE = -1
"""Furthest place of somebody who reached no step of the path."""

TAKEN_BACK = (_S.NO_SHOW, _S.INVALID)
"""Whoever was found to be this has not come further than `LAST_SURE`, whatever else follows."""

LAST_SURE = {ActivityKind.BETA: _S.ANSWERED, ActivityKind.FOCUS_GROUP: _S.ACCEPTED}
CONFIRMED = {ActivityKind.BETA: _S.VALID, ActivityKind.FOCUS_GROUP: _S.ATTENDED}

_OVER = frozenset({*LEFT, *TAKEN_BACK, _S.THANKED})
_UNFINISHED = {
    ActivityKind.BETA: frozenset(
        {_S.DRAWN, _S.INVITED, _S.OPENED, _S.ACCEPTED, *_GETTING_THE_BUILD}
    ),
    ActivityKind.FOCUS_GROUP: frozenset({_S.DRAWN, _S.INVITED, _S.OPENED}),
}


def is_over(kind: ActivityKind, here: Step, *, is_open: bool) -> bool:
    """Whether somebody at this step comes no further; after an activity's end most do not."""
    return here in _OVER or (not is_open and here in _UNFINISHED[kind])


def stand_of(kind: ActivityKind, steps: Sequence[Step], *, is_open: bool) -> Stand:
    """How far somebody came by their steps in order; a no-show who was thanked did not attend."""
    path = PATH[kind]
    far = max((path.index(step) for step in steps if step in path), default=NOWHERE)
    judged = [step for step in steps if step in TAKEN_BACK or step is CONFIRMED[kind]]
    if judged and judged[-1] in TAKEN_BACK:
        far = min(far, path.index(LAST_SURE[kind]))
    return Stand(far, over=bool(steps) and is_over(kind, steps[-1], is_open=is_open))


def count_steps(
    kind: ActivityKind, histories: Iterable[Sequence[Step]], *, is_open: bool = True
) -> tuple[StepCount, ...]:
    """The funnel of an activity from the steps of each participant, in their order.

    Whoever reached a later step of the path is counted at the earlier ones too: somebody who
    answered did open the invitation, also where that step was never recorded.
    """
    return count_stands(
        kind, Counter(stand_of(kind, steps, is_open=is_open) for steps in histories)
    )


def count_stands(kind: ActivityKind, stands: Mapping[Stand, int]) -> tuple[StepCount, ...]:
    """The funnel from how many participants stand where."""
    path = PATH[kind]
    reached = [sum(n for one, n in stands.items() if one.far >= i) for i in range(len(path))]
    waiting = [stands.get(Stand(i - 1, over=False), 0) for i in range(len(path))]
    before = [sum(stands.values()), *reached[:-1]]
    return tuple(
        StepCount(step=step, reached=n, of=of, waiting=still)
        for step, n, of, still in zip(path, reached, before, waiting, strict=True)
    )
