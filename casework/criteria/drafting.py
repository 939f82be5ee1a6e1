"""Launch criteria on their way from what an owner types to what is registered."""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from pydantic import ValidationError

from casework.criteria.base import Cell, Margin
from casework.criteria.launch import Criterion, LaunchCriteria, Profile
from casework.criteria.metrics import Metric
from casework.criteria.profiles import profile_criteria
from casework.customers import UNKNOWN
from casework.errors import Invalid

_ELSEWHERE = {
    Metric.ces: Criterion(metric=Metric.ces, threshold=0.70, floor=0.65),
    Metric.keep_playing: Criterion(metric=Metric.keep_playing, threshold=0.60, floor=0.55),
}
"""Where to begin with a metric that no profile has. Source: assumption, as satisfaction and a bit
below it; the owner sets it."""

_DIGITS = 6


def starting_point(profile: Profile, answers: int, metric: Metric) -> Criterion:
    """What stands in the fields of a metric before the owner changes it."""
    for source in (profile, Profile.full):
        for criterion in profile_criteria(source, answers):
            if criterion.metric is metric:
                return criterion
    return _ELSEWHERE[metric]


def typed_scale(metric: Metric) -> int:
    """What a value is multiplied by on screen: 70 % for .70, an NPS of 20 for .20, a tone as is."""
    return 1 if metric is Metric.sentiment else 100


def to_typed(metric: Metric, value: float | None) -> float | None:
    """A threshold as it stands in a field."""
    return None if value is None else round(value * typed_scale(metric), _DIGITS)


def from_typed(metric: Metric, typed: float | None) -> float | None:
    """The threshold that a field means, free of binary dust."""
    return None if typed is None else round(typed / typed_scale(metric), _DIGITS)


def criterion_from(metric: Metric, threshold: float | None, floor: float | None) -> Criterion:
    """One criterion from its fields. Raises: Invalid saying what does not fit."""
    value = from_typed(metric, threshold)
    if value is None:
        raise Invalid(f"{metric.title}: give a threshold, or take it out of the list.")
    try:
        return Criterion(metric=metric, threshold=value, floor=from_typed(metric, floor))
    except ValidationError as wrong:
        raise Invalid(_said(wrong)) from wrong


def criteria_from(
    *,
    study: str,
    build: str,
    profile: Profile,
    answers: int,
    closes_on: date,
    criteria: Sequence[Criterion],
    loyal_guardrail_answers: int | None,
    loyalty_policy: str,
    exposure_days: int,
    scorer_version: str,
    base: Sequence[Margin] = (),
) -> LaunchCriteria:
    """All of it together; closing is at the end of its day, UTC. Raises: Invalid."""
    if not build.strip():
        raise Invalid("Name the build that is to be decided, such as 0.9.0.")
    if not criteria:
        raise Invalid("Choose at least one thing that must hold.")
    try:
        return LaunchCriteria(
            study=study,
            build=build,
            profile=profile,
            answers=answers,
            closes_at=end_of(closes_on),
            criteria=tuple(criteria),
            loyal_guardrail_answers=loyal_guardrail_answers,
            loyalty_policy=loyalty_policy,
            exposure_days=exposure_days,
            scorer_version=scorer_version,
            base=tuple(base),
        )
    except ValidationError as wrong:
        raise Invalid(_said(wrong)) from wrong


CELLS_AT_MOST = 12
"""Parts of the base offered for one attribute; whoever is in none of them is not weighted."""

_SHARES_MISS = 1.0
"""By how much typed percentages may miss 100 through rounding."""


def shares_of(counts: Mapping[str, int]) -> tuple[tuple[str, float], ...]:
    """The base's parts with their shares in percent, the largest first; the unknown left out."""
    known = {value: n for value, n in counts.items() if value != UNKNOWN and n > 0}
    largest = sorted(known.items(), key=lambda one: (-one[1], one[0]))[:CELLS_AT_MOST]
    total = sum(n for _, n in largest)
    return tuple((value, round(100 * n / total, 2)) for value, n in largest)


def margin_from(attribute: str, typed: Sequence[tuple[str, float]]) -> Margin:
    """How the base divides by one attribute, from percentages. Raises: Invalid saying what to mend.

    They may miss 100 by a rounding; then they are scaled to it.
    """
    name = attribute.replace("_", " ").capitalize()
    rows = [(value.strip(), share) for value, share in typed if value.strip() and share]
    total = math.fsum(share for _, share in rows)
    if not rows:
        raise Invalid(f"{name}: give the shares of the customer base, or take it out of the list.")
    if abs(total - 100) > _SHARES_MISS:
        raise Invalid(f"{name}: the shares add up to {total:g} %; they must add up to 100 %.")
    try:
        return Margin(
            attribute=attribute,
            cells=tuple(Cell(value=value, share=share / total) for value, share in rows),
        )
    except ValidationError as wrong:
        raise Invalid(_said(wrong)) from wrong


def not_excluded(answers: int, alpha: float = 0.05) -> float:
    """The rate, as a share, that so many answers without one bad one still leave possible.

    Source: exact binomial, 1 − α^(1/n); 40 clean answers leave 7.2 %.
    """
    return float(1 - alpha ** (1 / answers))


def warned(text: str) -> str:
    """A warning with the metric's name as people know it in place of its code."""
    code, colon, rest = text.partition(": ")
    named = code in set(Metric) and colon
    return f"{Metric(code).title}: {rest}" if named else text


def end_of(day: date) -> datetime:
    """The moment a day ends, in UTC."""
    return datetime.combine(day + timedelta(days=1), time.min, UTC)


def _said(wrong: ValidationError) -> str:
    first = wrong.errors()[0]
    return str(first["msg"]).removeprefix("Value error, ")
