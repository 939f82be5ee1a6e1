"""Launch criteria: what must hold before a build is released, fixed before the first answer."""

import hashlib
import json
from enum import StrEnum
from typing import Self

from pydantic import Field, ValidationError, model_validator

from casework.criteria.base import Margin
from casework.criteria.metrics import Direction, Metric, Segment
from casework.errors import Invalid
from casework.record import Line, Moment, Record, Slug


class Profile(StrEnum):
    """How much a study can decide, from the number of answers it can reach."""

    stop_check = "stop_check"
    staged = "staged"
    full = "full"
    strict = "strict"


class Criterion(Record):
    """One metric with the threshold it must be shown to meet.

    Shares are fractions in (0, 1). Net promoter scores are fractions in (−1, 1): 20 on screen is
    .20. `floor` is acceptable with conditions; `answers` is the N of the segment, none meaning
    the plan's N.
    """

    metric: Metric
    threshold: float
    floor: float | None = None
    segment: Segment = Segment.everyone
    answers: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _is_sensible(self) -> Self:
        low = 0.0 if self.metric.is_share else -1.0
        for value in (self.threshold, self.threshold if self.floor is None else self.floor):
            if not low < value < 1.0:
                message = (
                    f"{self.metric}: {value:g} must lie between {low:g} and 1 (20 is .20 here)."
                )
                raise ValueError(message)
        if self.floor is not None and self._stricter(self.floor):
            message = f"{self.metric}: the floor {self.floor:g} is stricter than the threshold."
            raise ValueError(message)
        return self

    def _stricter(self, value: float) -> bool:
        if self.metric.direction is Direction.AT_LEAST:
            return value > self.threshold
        return value < self.threshold


class LaunchCriteria(Record):
    """Everything a verdict on one build depends on, besides the answers.

    `answers` is N, the answers planned; `loyal_guardrail_answers` is the N of the loyal segment
    when it is watched on its own; `exposure_days` runs from a tester's first launch.
    """

    study: Slug
    build: Line
    profile: Profile
    answers: int = Field(ge=1)
    closes_at: Moment
    alpha: float = Field(default=0.05, gt=0.0, lt=0.5)
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    loyal_guardrail_answers: int | None = Field(default=None, ge=1)
    loyalty_policy: str
    exposure_days: int = Field(default=7, ge=0)
    scorer_version: str
    base: tuple[Margin, ...] = ()

    @model_validator(mode="after")
    def _agree_with_each_other(self) -> Self:
        named = [(criterion.metric, criterion.segment) for criterion in self.criteria]
        if len(set(named)) < len(named):
            message = "Each metric can be registered once for each segment."
            raise ValueError(message)
        margins = [margin.attribute for margin in self.base]
        if len(set(margins)) < len(margins):
            message = "Each attribute of the customer base can be registered once."
            raise ValueError(message)
        wanted = [self.answers_of(criterion) for criterion in self.criteria]
        if max(*wanted, self.loyal_guardrail_answers or 0) > self.answers:
            message = (
                f"A criterion cannot wait for more answers than the study plans ({self.answers})."
            )
            raise ValueError(message)
        return self

    def answers_of(self, criterion: Criterion) -> int:
        """The N of one criterion: its own, or the plan's."""
        return self.answers if criterion.answers is None else criterion.answers


class Registration(Record):
    """Launch criteria as they were stored: the canonical text, its digest and the moment."""

    version: int = Field(ge=1)
    text: str
    digest: str
    at: Moment


def canonical(criteria: LaunchCriteria) -> str:
    """The one spelling of these criteria: JSON with sorted keys and no spaces."""
    return json.dumps(
        criteria.model_dump(mode="json"),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def digest(text: str) -> str:
    """The fingerprint of a text: SHA-256 of its UTF-8 bytes in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(registration: Registration) -> LaunchCriteria:
    """The criteria that were registered.

    Raises:
        Invalid: the stored text does not match its digest, or is not launch criteria.
    """
    if digest(registration.text) != registration.digest:
        message = "The stored launch criteria do not match their digest: they were changed."
        raise Invalid(message)
    try:
        return LaunchCriteria.model_validate_json(registration.text)
    except ValidationError as error:
        message = "The stored launch criteria cannot be read; register them again as a new attempt."
        raise Invalid(message) from error
