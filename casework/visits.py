"""What an invited customer finds behind their link, by where they stand."""

from datetime import datetime
from enum import StrEnum

from casework.activities import Activity
from casework.funnel import ActivityKind, Step
from casework.record import Record


class Stage(StrEnum):
    """The one thing that is next for a participant."""

    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    MISSED = "missed"
    NOT_A_FIT = "not_a_fit"
    SCREENER = "screener"
    CONSENT = "consent"
    WAIT = "wait"
    ANSWER = "answer"
    SENT = "sent"
    DONE = "done"
    GROUP = "group"


class Standing(Record):
    """Where somebody stands: their step, a consent in force, a build out now, an answer about it.

    `consented` is false too where the text has changed so much since that they are asked again;
    `to_screen` tells that questions come before joining. `ever_answered` counts answers about
    earlier builds too.
    """

    step: Step
    consented: bool
    to_screen: bool = False
    build_out: bool
    answered: bool
    ever_answered: bool


_LEFT = {
    Step.DECLINED: Stage.DECLINED,
    Step.WITHDRAWN: Stage.WITHDRAWN,
    Step.EXPIRED: Stage.EXPIRED,
    Step.SCREENED_OUT: Stage.NOT_A_FIT,
}


def is_open(activity: Activity, now: datetime) -> bool:
    """Whether answers are still taken: until `closes_at`, that moment excluded."""
    return now < activity.closes_at


def stage_of(activity: Activity, standing: Standing, now: datetime) -> Stage:
    """The page a participant sees now."""
    if standing.step in _LEFT:
        return _LEFT[standing.step]
    if activity.kind is ActivityKind.FOCUS_GROUP and standing.consented:
        return Stage.GROUP
    if not is_open(activity, now):
        return Stage.DONE if standing.ever_answered else Stage.MISSED
    return _stage_while_open(standing)


def _stage_while_open(standing: Standing) -> Stage:
    if not standing.consented:
        return Stage.SCREENER if standing.to_screen else Stage.CONSENT
    if not standing.build_out:
        return Stage.WAIT
    return Stage.SENT if standing.answered else Stage.ANSWER
