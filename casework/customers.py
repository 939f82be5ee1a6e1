"""The people a studio knows already, and what they bought and played."""

from enum import StrEnum

from pydantic import Field

from casework.record import Line, Moment, Record

UNKNOWN = "unknown"
"""An attribute nobody told us: a value of its own, never guessed."""


class Attribute(StrEnum):
    """What groups of customers may differ in; quotas and filters speak of these."""

    SEGMENT = "segment"
    PLATFORM = "platform"
    REGION = "region"
    AGE_BAND = "age_band"

    @property
    def label(self) -> str:
        """As shown to people."""
        return self.value.replace("_", " ").capitalize()


class Customer(Record):
    """One customer as the studio's own files describe them.

    `ref` is the studio's own identifier and never changes; the rest may be updated by an import.
    """

    ref: Line
    name: Line
    email: Line | None = None
    segment: Line = UNKNOWN
    platform: Line = UNKNOWN
    region: Line = UNKNOWN
    age_band: Line = UNKNOWN
    may_contact: bool = True

    def value_of(self, attribute: Attribute) -> str:
        """This customer's value of a quota attribute."""
        return str(getattr(self, attribute.value))

    @property
    def reachable(self) -> bool:
        """Has an address and has not asked to be left alone."""
        return self.may_contact and self.email is not None


class InteractionKind(StrEnum):
    """What a dated row of the studio's history records."""

    PURCHASE = "purchase"
    SESSION = "session"


class Interaction(Record):
    """One purchase or session. `ref` makes a re-import harmless: the same row, the same ref."""

    ref: Line
    customer_ref: Line
    kind: InteractionKind
    at: Moment
    spend_cents: int = Field(default=0, ge=0, le=100_000_000)
    product: str = Field(default="", max_length=200)
