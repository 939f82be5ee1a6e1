"""When a verdict deserves that its owner is told: the outcome changed, or offence is half way."""

from enum import StrEnum

from casework.record import Moment, Record
from casework.verdict import Outcome

HALF = 0.5
"""Part of the limit for offence from which the owner is told. Source: the verdict's design."""


class AlertKind(StrEnum):
    """What happened."""

    OUTCOME = "outcome"
    OFFENCE = "offence"


class Seen(Record):
    """What was known of one attempt when it was last looked at.

    `offence_half` says whether offence had reached half of its limit by then.
    """

    outcome: Outcome
    offence_half: bool


class Alert(Record):
    """One thing the owner should hear, in a sentence without anybody's words."""

    kind: AlertKind
    text: str


class Addressee(Record):
    """Who hears of a study's alerts by letter; without an address nobody does."""

    email: str = ""
    set_at: Moment
    set_by: str
