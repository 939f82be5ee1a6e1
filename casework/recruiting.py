"""Who may be asked, and who is drawn when more may be asked than there are seats."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import Field

from casework.customers import Attribute
from casework.quotas import Trait, loyalty_band
from casework.record import Line, Moment, Record

COOL_DOWN = timedelta(days=30)
"""Nobody is invited twice within it, unless the rule of contact says otherwise.

Source: the rules of recruiting.
"""


class Refusal(StrEnum):
    """Why a customer is not asked this time."""

    NOT_REACHABLE = "not_reachable"
    LEFT_ALONE = "left_alone"
    BOUNCED = "bounced"
    NOT_LOYAL = "not_loyal"
    ALREADY_HERE = "already_here"
    BUSY = "busy"
    CONTACTED = "contacted"
    NOT_AGAIN = "not_again"

    @property
    def label(self) -> str:
        """As shown to people."""
        return {
            Refusal.NOT_REACHABLE: "no address",
            Refusal.LEFT_ALONE: "asked to be left alone",
            Refusal.BOUNCED: "letters to their address come back",
            Refusal.NOT_LOYAL: "not loyal by the policy",
            Refusal.ALREADY_HERE: "already in this activity",
            Refusal.BUSY: "in another activity that is still running",
            Refusal.NOT_AGAIN: "took part before and did not want to be asked again",
            Refusal.CONTACTED: "asked too recently, by the rule of contact",
        }[self]


class Standing(Record):
    """What decides whether one customer may be asked into one activity now.

    Whoever was invited within `rest` is left in peace.
    """

    reachable: bool
    loyal: bool
    left_alone: bool = False
    bounced: bool = False
    here: bool = False
    busy: bool = False
    not_again: bool = False
    invited_at: Moment | None = None
    rest: timedelta = COOL_DOWN


def refusals(standing: Standing, *, now: datetime) -> tuple[Refusal, ...]:
    """Every reason not to ask this customer; none means eligible."""
    invited = standing.invited_at
    reasons = {
        Refusal.NOT_REACHABLE: not standing.reachable,
        Refusal.LEFT_ALONE: standing.left_alone,
        Refusal.BOUNCED: standing.bounced,
        Refusal.NOT_LOYAL: not standing.loyal,
        Refusal.ALREADY_HERE: standing.here,
        Refusal.BUSY: standing.busy,
        Refusal.NOT_AGAIN: standing.not_again,
        Refusal.CONTACTED: invited is not None and now - invited < standing.rest,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


_ATTRIBUTE_OF = {trait: Attribute(trait.value) for trait in Trait if trait.value in set(Attribute)}


class Candidate(Record):
    """A customer as recruiting sees them: no name, no address. `score` is loyalty in [0, 1]."""

    customer_id: int
    attributes: Mapping[Attribute, str]
    loyal: bool
    score: float = Field(ge=0, le=1)
    refusals: tuple[Refusal, ...] = ()

    @property
    def eligible(self) -> bool:
        """Nothing speaks against asking them."""
        return not self.refusals

    def value_of(self, trait: Trait) -> str:
        """What this customer counts as for a quota on the trait."""
        if trait is Trait.LOYALTY_BAND:
            return loyalty_band(self.score)
        return self.attributes[_ATTRIBUTE_OF[trait]]


class Choice(Record):
    """One customer picked for an activity; `chosen_by` says how and is kept with them."""

    candidate: Candidate
    chosen_by: Line


def count_refusals(candidates: Iterable[Candidate]) -> dict[Refusal, int]:
    """How many customers each reason keeps out; somebody with two reasons counts in both."""
    counted = Counter(reason for candidate in candidates for reason in candidate.refusals)
    return {reason: counted[reason] for reason in Refusal if counted[reason]}
