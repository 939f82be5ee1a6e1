"""Quotas: how many seats a value of a trait gets at least and at most, and what may give way."""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import Field, model_validator

from casework.customers import Attribute
from casework.record import Line, Record

_BANDS = ((0.9, "0.9 or more"), (0.8, "0.8 to 0.9"), (0.7, "0.7 to 0.8"))


class Trait(StrEnum):
    """What quotas may be set on: the attributes of a customer, and how loyal they are."""

    SEGMENT = Attribute.SEGMENT.value
    PLATFORM = Attribute.PLATFORM.value
    REGION = Attribute.REGION.value
    AGE_BAND = Attribute.AGE_BAND.value
    LOYALTY_BAND = "loyalty_band"

    @property
    def label(self) -> str:
        """As shown to people."""
        return self.value.replace("_", " ").capitalize()


def loyalty_band(score: float) -> str:
    """The tenth of the loyalty scale a score lies in; everything below 0.7 together."""
    return next((name for least, name in _BANDS if score >= least), "below 0.7")


class Quota(Record):
    """At least `minimum` and at most `maximum` seats (None: no limit) for one value of a trait."""

    attribute: Trait
    value: Line
    minimum: int = Field(default=0, ge=0)
    maximum: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _check(self) -> "Quota":
        if self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(
                f"{self.attribute.label} {self.value}: the minimum of {self.minimum} is above "
                f"the maximum of {self.maximum}."
            )
        return self

    @property
    def name(self) -> str:
        """Such as “region LATAM”."""
        return f"{self.attribute.label.lower()} {self.value}"

    @property
    def described(self) -> str:
        """Such as “region LATAM: at least 1, at most 3”."""
        bounds = [f"at least {self.minimum}"] if self.minimum else []
        bounds += [] if self.maximum is None else [f"at most {self.maximum}"]
        return f"{self.name}: {', '.join(bounds) or 'no limit'}"


class Relaxation(Record):
    """One bound (`min` or `max`) of one quota that must give way, and by how much."""

    attribute: Trait
    value: Line
    bound: Line
    before: int
    after: int

    def __str__(self) -> str:
        """Such as “region LATAM: min 2 → 0”."""
        name = f"{self.attribute.label.lower()} {self.value}"
        return f"{name}: {self.bound} {self.before} → {self.after}"

    def applied_to(self, quota: Quota) -> Quota:
        """The quota after this change; one of another value stays as it is."""
        if (quota.attribute, quota.value) != (self.attribute, self.value):
            return quota
        field = "minimum" if self.bound == "min" else "maximum"
        return quota.model_copy(update={field: self.after})


def in_order(quotas: Sequence[Quota]) -> tuple[Quota, ...]:
    """Quotas by the order of the traits, then by value."""
    traits = list(Trait)
    return tuple(sorted(quotas, key=lambda one: (traits.index(one.attribute), one.value)))
