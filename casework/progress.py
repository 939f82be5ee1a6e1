"""How far the people of an activity came, how long each step took them, and who is stuck."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from casework.funnel import LEFT, ActivityKind, FunnelEvent, Step, StepCount, count_steps
from casework.record import Moment, Record
from casework.verdict.intervals import Interval
from casework.verdict.intervals import share as interval_of

STUCK_AFTER = timedelta(days=3)
"""Somebody who has stood still for longer may have been forgotten, by themselves or by us."""

_OURS = {
    ActivityKind.BETA: frozenset({Step.DRAWN, Step.VALID, Step.INVALID}),
    ActivityKind.FOCUS_GROUP: frozenset({Step.DRAWN, Step.ACCEPTED, Step.SCHEDULED, Step.ATTENDED}),
}
_IN_HOURS = 48
_OVER = LEFT | {Step.THANKED, Step.NO_SHOW}


class Journey(Record):
    """One participant's steps, oldest first; the last one is where they stand."""

    participant_id: int
    events: tuple[FunnelEvent, ...]


class StepFigures(Record):
    """One step of the funnel; `typical` is the median time people stayed before they moved on.

    Of whoever never moved on nothing is known yet; `moved_on` says how many the median rests on.
    """

    count: StepCount
    moved_on: int
    typical: timedelta | None

    @property
    def share(self) -> float | None:
        """Of those who reached the step before, in [0, 1]; None where there was nobody."""
        return self.count.reached / self.count.of if self.count.of else None

    @property
    def share_interval(self) -> Interval | None:
        """Where the share may lie at 95 %, were many more people asked."""
        return interval_of(self.count.reached, self.count.of) if self.count.of else None

    @property
    def lost_interval(self) -> Interval | None:
        """The same for the share of those lost here, among whoever came or was lost."""
        decided = self.count.of - self.count.waiting
        return interval_of(self.count.lost, decided) if decided > 0 else None


class Stuck(Record):
    """Somebody who has not moved for too long, and whether it is our turn or theirs."""

    participant_id: int
    step: Step
    since: Moment
    ours: bool


def figures(
    kind: ActivityKind, journeys: Sequence[Journey], *, is_open: bool = True
) -> tuple[StepFigures, ...]:
    """The funnel with the time in each step; after an activity's end nobody is waited for."""
    histories = [[event.step for event in one.events] for one in journeys]
    counts = count_steps(kind, histories, is_open=is_open)
    stays = _stays(journeys)
    return tuple(
        StepFigures(
            count=count,
            moved_on=len(stays.get(count.step, ())),
            typical=_median(stays.get(count.step, ())),
        )
        for count in counts
    )


def _stays(journeys: Iterable[Journey]) -> dict[Step, list[timedelta]]:
    found: dict[Step, list[timedelta]] = {}
    for one in journeys:
        for here, there in pairwise(one.events):
            found.setdefault(here.step, []).append(there.at - here.at)
    return found


def _median(stays: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(stay.total_seconds() for stay in stays)) if stays else None


def find_stuck(
    kind: ActivityKind,
    journeys: Iterable[Journey],
    *,
    now: datetime,
    longer_than: timedelta = STUCK_AFTER,
    is_open: bool = True,
) -> tuple[Stuck, ...]:
    """Who has stood still for too long, the longest first.

    After an activity's end (`is_open` false) nothing is left to do for those asked, so only
    whoever waits for us is named.
    """
    found = []
    for one in journeys:
        if not one.events or one.events[-1].step in _OVER:
            continue
        last, ours = one.events[-1], one.events[-1].step in _OURS[kind]
        if now - last.at > longer_than and (ours or is_open):
            found.append(
                Stuck(participant_id=one.participant_id, step=last.step, since=last.at, ours=ours)
            )
    return tuple(sorted(found, key=lambda one: (one.since, one.participant_id)))


def in_words(stay: timedelta) -> str:
    """Such as “20 min”, “5 h” or “2.5 days”."""
    hours = stay.total_seconds() / 3600
    if hours < 1:
        return f"{round(hours * 60)} min"
    return f"{hours:.0f} h" if hours < _IN_HOURS else f"{hours / 24:.1f} days"
