"""Which decision a study can carry with the answers it can reach."""

import math

from pydantic import Field

from casework.criteria.launch import Criterion, Profile
from casework.criteria.metrics import Metric
from casework.record import Record

LEAST_ANSWERS = {Profile.stop_check: 1, Profile.staged: 60, Profile.full: 300, Profile.strict: 700}
"""Answers from which a profile is offered. Source: power of the exact boundary at its limits."""

STAGED_OFFENCE_ANSWERS = 100
"""From here a staged release can show offence at most 5 % rather than 10 %."""

_SCOPE = {
    Profile.stop_check: "a check for reasons to stop; it can never say GO",
    Profile.staged: "a staged release to at most 10 % of players, with a named rule for halting it",
    Profile.full: "a full release",
    Profile.strict: "a full release under strict limits",
}


class Reach(Record):
    """How many answers an invitation of loyal customers can be expected to bring.

    The rates are assumptions until the studio has its own.
    """

    loyal: int = Field(ge=0)
    reachable: float = Field(default=0.8, ge=0.0, le=1.0)
    accept: float = Field(default=0.3, ge=0.0, le=1.0)
    answer: float = Field(default=0.35, ge=0.0, le=1.0)

    @property
    def expected_answers(self) -> int:
        """Loyal × reachable × accept × answer, rounded down."""
        # Rounding first keeps 1,500 × .8 × .3 × .35 at 126 whatever the binary dust.
        return math.floor(round(self.loyal * self.reachable * self.accept * self.answer, 6))


def profiles_within(answers: int) -> tuple[Profile, ...]:
    """The profiles that this many answers can carry, the most modest first."""
    return tuple(profile for profile, least in LEAST_ANSWERS.items() if answers >= least)


def scope_of(profile: Profile) -> str:
    """What a GO under this profile allows, in plain words."""
    return _SCOPE[profile]


def profile_criteria(profile: Profile, answers: int) -> tuple[Criterion, ...]:
    """The criteria a profile starts from; they can be edited before registration."""
    if profile is Profile.stop_check:
        return _stop_check()
    if profile is Profile.staged:
        return _staged(answers)
    if profile is Profile.full:
        return _release(offended=(0.05, 0.08), crash_free=(0.95, 0.92))
    return _release(offended=(0.02, 0.04), crash_free=(0.99, 0.98))


def _stop_check() -> tuple[Criterion, ...]:
    return (
        Criterion(metric=Metric.offended, threshold=0.05),
        Criterion(metric=Metric.csat, threshold=0.70),
        Criterion(metric=Metric.crash_free, threshold=0.90),
    )


def _staged(answers: int) -> tuple[Criterion, ...]:
    offended = Criterion(metric=Metric.offended, threshold=0.10)
    if answers >= STAGED_OFFENCE_ANSWERS:
        offended = Criterion(metric=Metric.offended, threshold=0.05, floor=0.08)
    return (
        Criterion(metric=Metric.csat, threshold=0.70, floor=0.65),
        Criterion(metric=Metric.crash_free, threshold=0.90, floor=0.85),
        offended,
    )


def _release(
    *, offended: tuple[float, float], crash_free: tuple[float, float]
) -> tuple[Criterion, ...]:
    return (
        Criterion(metric=Metric.csat, threshold=0.70, floor=0.65),
        Criterion(metric=Metric.nps, threshold=0.20, floor=0.10),
        Criterion(metric=Metric.offended, threshold=offended[0], floor=offended[1]),
        Criterion(metric=Metric.crash_free, threshold=crash_free[0], floor=crash_free[1]),
        Criterion(metric=Metric.sentiment, threshold=0.10, floor=0.05),
    )
