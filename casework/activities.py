"""Focus groups and betas: what people are invited to."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field, ValidationError, model_validator

from casework.errors import Invalid
from casework.funnel import ActivityKind
from casework.record import Line, Moment, Prose, Record
from casework.schedule import plain_day, plan
from casework.studies import Study

GROUP_SEATS = (5, 10)
"""Seats of a focus group: fewer is an interview, more is a lecture. Source: the case, F17."""


REPLY_DAYS = 7
"""How long an invitation to a focus group waits for its reply before a reserve is asked."""


class IncentiveKind(StrEnum):
    """What a thank-you is."""

    IN_GAME = "in_game"
    VOUCHER = "voucher"
    MONEY = "money"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As shown to people."""
        return {"in_game": "In the game", "other": "Something else"}.get(
            self.value, self.value.capitalize()
        )


class Activity(Record):
    """One focus group or beta. `closes_at` is when its last answer or meeting must be in.

    Whoever has not replied `reply_days` after their invitation is passed over; None waits until
    the end. `incentive` is the same for everybody, whatever they say.
    """

    kind: ActivityKind
    name: Line
    purpose: Prose = ""
    seats: int = Field(ge=1, le=100_000)
    starts_at: Moment
    closes_at: Moment
    incentive: str = Field(default="", max_length=200)
    incentive_kind: IncentiveKind = IncentiveKind.OTHER
    reply_days: int | None = Field(default=None, ge=1, le=60)

    @model_validator(mode="after")
    def _check(self) -> "Activity":
        if self.closes_at <= self.starts_at:
            raise ValueError("The activity must end after it starts.")
        return self


_MENDING = {
    "name": "Give the activity a name of one line.",
    "seats": "Plan 1 to 100,000 seats.",
    "incentive": "Say the thank-you in 200 characters or fewer.",
    "reply_days": "Give people 1 to 60 days to reply.",
}


def drafted(
    *,
    kind: ActivityKind,
    name: str,
    purpose: str,
    seats: int,
    starts_at: datetime,
    closes_at: datetime,
    incentive: str,
    incentive_kind: IncentiveKind = IncentiveKind.OTHER,
    reply_days: int | None = None,
) -> Activity:
    """An activity from what somebody typed. Raises: Invalid saying what to mend."""
    try:
        return Activity(
            kind=kind,
            name=name,
            purpose=purpose,
            seats=seats,
            starts_at=starts_at,
            closes_at=closes_at,
            incentive=incentive,
            incentive_kind=incentive_kind,
            reply_days=reply_days,
        )
    except ValidationError as wrong:
        field = next(iter(wrong.errors()[0]["loc"]), "")
        said = _MENDING.get(str(field), "The activity must end after it starts.")
        raise Invalid(said) from wrong


def check_seats(kind: ActivityKind, seats: int) -> None:
    """Hold a focus group to 5–10 seats. Raises: Invalid."""
    low, high = GROUP_SEATS
    if kind is ActivityKind.FOCUS_GROUP and not low <= seats <= high:
        raise Invalid(f"A focus group has {low} to {high} seats; {seats} is outside. Plan another.")


def warnings(study: Study, activity: Activity) -> tuple[str, ...]:
    """What will hurt later if the dates stay as they are; shown for as long as it is true."""
    ends = activity.closes_at.date()
    decide_by = plan(study, ends).decide_by
    if ends < decide_by:
        return ()
    place = "on" if ends == decide_by else "after"
    return (
        f"“{activity.name}” ends on {plain_day(ends)}, {place} the day to decide "
        f"({plain_day(decide_by)}): its answers would come too late for a fix before the release "
        f"on {plain_day(study.release_on)}. End it earlier, or plan a later release.",
    )


class Participant(Record):
    """A customer in an activity, as they were when chosen; later imports do not change it.

    `loyalty` in [0, 1]; `chosen_by` says how: "by hand" or "draw, seed 7, quotas on platform".
    """

    loyalty: float = Field(ge=0, le=1)
    loyal: bool
    segment: Line
    platform: Line
    chosen_by: Line
    incentive_promised: str = Field(default="", max_length=200)
    incentive_sent_at: Moment | None = None
