"""Named groups of the roster: which customers fit, in words and one by one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import Field

from casework.customers import Attribute
from casework.panel import CameBy, Interests
from casework.quotas import loyalty_band
from casework.record import Line, Record
from casework.reliability import ReliabilityBand

LOYALTY_BANDS = tuple(dict.fromkeys(map(loyalty_band, (1.0, 0.85, 0.75, 0.0))))
"""The bands of loyalty, the highest first."""


@dataclass(frozen=True)
class Person:
    """A customer as a segment sees them; `score` is loyalty in [0, 1]."""

    customer_id: int
    attributes: Mapping[Attribute, str]
    score: float = 0.0
    interests: frozenset[str] = frozenset()
    reliability: ReliabilityBand = ReliabilityBand.NEW
    asked_at: datetime | None = None
    came_by: CameBy | None = None


class Segment(Record):
    """A saved filter; what is empty is not filtered by, and one fitting value is enough.

    `rested_days` wants nobody who was invited within so many days.
    """

    name: Line
    loyalty_bands: tuple[str, ...] = ()
    values: Mapping[Attribute, tuple[str, ...]] = Field(default_factory=dict)
    interests: Interests = ()
    reliability: tuple[ReliabilityBand, ...] = ()
    rested_days: int | None = Field(default=None, ge=1, le=3_650)
    came_by: tuple[CameBy, ...] = ()

    def fits(self, person: Person, *, now: datetime) -> bool:
        """Whether a customer belongs to it at this moment."""
        return (
            (not self.loyalty_bands or loyalty_band(person.score) in self.loyalty_bands)
            and self._has_values(person)
            and (not self.interests or bool(person.interests & set(self.interests)))
            and (not self.reliability or person.reliability in self.reliability)
            and (not self.came_by or person.came_by in self.came_by)
            and self._has_rested(person.asked_at, now)
        )

    def _has_values(self, person: Person) -> bool:
        return all(
            person.attributes[attribute] in wanted
            for attribute, wanted in self.values.items()
            if wanted
        )

    def _has_rested(self, asked_at: datetime | None, now: datetime) -> bool:
        if self.rested_days is None or asked_at is None:
            return True
        return now - asked_at >= timedelta(days=self.rested_days)

    @property
    def described(self) -> str:
        """The filter in words, such as “region EU or US, interests puzzles”."""
        wanted = [
            ("loyalty", self.loyalty_bands),
            *((each.label.lower(), self.values.get(each, ())) for each in Attribute),
            ("interested in", self.interests),
            ("takes part", tuple(one.value for one in self.reliability)),
            ("came", tuple(one.label for one in self.came_by)),
        ]
        parts = [f"{what} {' or '.join(values)}" for what, values in wanted if values]
        if self.rested_days is not None:
            parts.append(f"not invited for {self.rested_days} days")
        return ", ".join(parts) or "everybody"


def members(segment: Segment, people: Iterable[Person], *, now: datetime) -> frozenset[int]:
    """The ids of the customers who fit."""
    return frozenset(one.customer_id for one in people if segment.fits(one, now=now))
