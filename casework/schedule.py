"""From the release date back to today: the last days to invite, to close and to decide.

invite ──14 days── close ──2 days── decide ──fix weeks + store review── release
"""

from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from casework.record import Line, Record
from casework.studies import Study

BETA_DAYS = 14
"""From the first invitation to the last answer of a beta. Source: assumption; the simulated
studies behind the verdict rule collected their answers over 14 days."""

READING_DAYS = 2
"""To read the answers and meet about them. Source: assumption, two working days."""


class Milestone(StrEnum):
    """The four last days of a study, in their order."""

    INVITE = "invite"
    CLOSE = "close"
    DECIDE = "decide"
    RELEASE = "release"

    @property
    def label(self) -> str:
        """As shown to people."""
        return _LABELS[self]


_LABELS = {
    Milestone.INVITE: "Invite by",
    Milestone.CLOSE: "Close answers by",
    Milestone.DECIDE: "Decide by",
    Milestone.RELEASE: "Release",
}
_MISSED = {
    Milestone.INVITE: "Inviting would have had to begin on {day}",
    Milestone.CLOSE: "Answers would have had to close on {day}",
    Milestone.DECIDE: "The decision would have been due on {day}",
    Milestone.RELEASE: "The release date, {day}, has passed",
}


class CalendarDay(Record):
    """One last day, with why it falls there and whether it is behind us."""

    milestone: Milestone
    on: date
    because: Line
    past: bool


class Phase(Record):
    """A stretch of the calendar between two last days."""

    name: Line
    begins: date
    ends: date


class Schedule(Record):
    """A study's last days as seen from `today`. `problems` is empty when every one can be kept."""

    today: date
    release: date
    decide_by: date
    close_by: date
    invite_by: date
    nearest_release: date
    problems: tuple[str, ...]
    calendar: tuple[CalendarDay, ...]

    @property
    def feasible(self) -> bool:
        """Whether all that is still ahead fits before the release."""
        return not self.problems

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The stretches between the last days, ready to be drawn."""
        return (
            Phase(name="Invite and test", begins=self.invite_by, ends=self.close_by),
            Phase(name="Read and decide", begins=self.close_by, ends=self.decide_by),
            Phase(name="Fix and store review", begins=self.decide_by, ends=self.release),
        )


def plain_day(day: date) -> str:
    """A date as people write it: 3 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def in_days(count: int) -> str:
    """A number of days in words: 1 day, 3 days."""
    return f"{count:,} day" if count == 1 else f"{count:,} days"


def days_before_release(study: Study, milestone: Milestone) -> int:
    """Whole days that must lie between a milestone and the release; weeks are rounded up."""
    launch = ceil(study.fix_weeks * 7) + study.store_review_days
    return {
        Milestone.RELEASE: 0,
        Milestone.DECIDE: launch,
        Milestone.CLOSE: launch + READING_DAYS,
        Milestone.INVITE: launch + READING_DAYS + BETA_DAYS,
    }[milestone]


def plan(study: Study, today: date, *, ahead: Milestone | None = Milestone.INVITE) -> Schedule:
    """The last days of a study and what is wrong with them.

    `ahead` is the first milestone not reached yet: a study that has invited cannot invite too
    late any more; None when all is done. Only days still ahead make a problem.
    """
    on = {
        step: study.release_on - timedelta(days_before_release(study, step)) for step in Milestone
    }
    needed = 0 if ahead is None else days_before_release(study, ahead)
    nearest = max(study.release_on, today + timedelta(needed))
    late = ahead is not None and on[ahead] < today
    return Schedule(
        today=today,
        release=study.release_on,
        decide_by=on[Milestone.DECIDE],
        close_by=on[Milestone.CLOSE],
        invite_by=on[Milestone.INVITE],
        nearest_release=nearest if late else study.release_on,
        problems=(_problem(ahead, on[ahead], nearest),) if late and ahead is not None else (),
        calendar=tuple(_calendar_day(study, step, on[step], today) for step in Milestone),
    )


def _problem(milestone: Milestone, day: date, nearest: date) -> str:
    missed = _MISSED[milestone].format(day=plain_day(day))
    return f"{missed}; the nearest feasible release is {plain_day(nearest)}."


def _calendar_day(study: Study, milestone: Milestone, on: date, today: date) -> CalendarDay:
    fix, review = in_days(ceil(study.fix_weeks * 7)), in_days(study.store_review_days)
    because = {
        Milestone.INVITE: f"A beta needs {in_days(BETA_DAYS)} from invitation to last answer.",
        Milestone.CLOSE: f"{in_days(READING_DAYS)} to read the answers before deciding.",
        Milestone.DECIDE: f"A fix takes {fix}, the store review {review}.",
        Milestone.RELEASE: "The planned release date.",
    }[milestone]
    return CalendarDay(milestone=milestone, on=on, because=because, past=on < today)
