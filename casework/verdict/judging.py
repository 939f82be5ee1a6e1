"""Where each registered criterion stands, and which of them stop the launch."""

from dataclasses import dataclass

from casework.criteria import Criterion, Direction, LaunchCriteria, Segment
from casework.verdict import bias, crossing, means
from casework.verdict.evidence import Evidence, Sample, sample_of
from casework.verdict.intervals import Interval, interval_of
from casework.verdict.outcome import CriterionResult, Crossed

DIGITS = 6
"""Decimals kept of observed figures, so that every machine writes the same record."""


@dataclass(frozen=True)
class Judged:
    """All criteria on all evidence: those registered, and the same among loyal testers."""

    results: tuple[CriterionResult, ...]
    guardrails: tuple[CriterionResult, ...]

    @property
    def stops(self) -> tuple[CriterionResult, ...]:
        """What crossed downward, in the order in which it should be read."""
        crossed = [r for r in self.results + self.guardrails if r.crossed is Crossed.down]
        return tuple(sorted(crossed, key=lambda r: (r.metric.urgency, r.segment is Segment.loyal)))


def judge(criteria: LaunchCriteria, evidence: Evidence) -> Judged:
    """Follow every criterion along the counted answers."""
    family = len(criteria.criteria)
    return Judged(
        _followed(criteria, criteria.criteria, evidence, family),
        _followed(criteria, _among_loyal(criteria), evidence, family),
    )


def _among_loyal(criteria: LaunchCriteria) -> tuple[Criterion, ...]:
    """The criteria for everyone, watched within the loyal segment on its own N."""
    planned = criteria.loyal_guardrail_answers
    own = {c.metric for c in criteria.criteria if c.segment is Segment.loyal}
    if planned is None:
        return ()
    return tuple(
        criterion.model_copy(update={"segment": Segment.loyal, "answers": planned})
        for criterion in criteria.criteria
        if criterion.metric not in own
    )


def _followed(
    criteria: LaunchCriteria, watched: tuple[Criterion, ...], evidence: Evidence, family: int
) -> tuple[CriterionResult, ...]:
    samples = [sample_of(criteria, criterion, evidence) for criterion in watched]
    limits = [criterion.threshold for criterion in watched]
    falls = holm(samples, limits, criteria.alpha, family)
    return tuple(
        _result(
            criterion,
            sample,
            criteria.alpha,
            falls.get(i),
            bias.weighted(criteria, criterion, sample, evidence),
        )
        for i, (criterion, sample) in enumerate(zip(watched, samples, strict=True))
    )


def holm(samples: list[Sample], limits: list[float], alpha: float, family: int) -> dict[int, int]:
    """Which samples cross downward, each with the answer number; any of them falsely at most alpha.

    First at alpha/K; with R listed, those that cross at alpha/(K − |R|) are added, until none is.
    Source: Holm (1979).
    """
    listed: dict[int, int] = {}
    while len(listed) < len(samples):
        level = alpha / (family - len(listed))
        falls = {
            i: at
            for i, sample in enumerate(samples)
            if i not in listed and (at := crossing.down(sample, limits[i], level)) is not None
        }
        if not falls:
            break
        listed |= falls
    return listed


def _result(
    criterion: Criterion,
    sample: Sample,
    alpha: float,
    down_at: int | None,
    weighted: bias.Weighted | None,
) -> CriterionResult:
    up_at = crossing.up(sample, criterion.threshold, alpha)
    return CriterionResult(
        metric=criterion.metric,
        direction=criterion.metric.direction,
        threshold=criterion.threshold,
        floor=criterion.floor,
        segment=criterion.segment,
        answers=sample.answers,
        missing=sample.missing,
        planned=sample.planned,
        observed=_mean(sample),
        interval=_interval(sample),
        spread=_spread(criterion, sample),
        weighted=None if weighted is None else _rounded(weighted.estimate),
        confirmed=None if weighted is None else weighted.confirmed,
        crossed=_crossed(up_at, down_at),
        floor_crossed=up_at is not None or _floor_crossed(criterion, sample, alpha),
        crossed_up_at=up_at,
        crossed_down_at=down_at,
    )


def _floor_crossed(criterion: Criterion, sample: Sample, alpha: float) -> bool:
    if criterion.floor is None:
        return False
    return crossing.up(sample, criterion.floor, alpha) is not None


def _crossed(up_at: int | None, down_at: int | None) -> Crossed:
    if down_at is not None:
        return Crossed.down
    return Crossed.none if up_at is None else Crossed.up


def _interval(sample: Sample) -> Interval | None:
    found = interval_of(sample.metric, sample.values)
    return None if found is None else (_rounded(found[0]), _rounded(found[1]))


def _mean(sample: Sample) -> float | None:
    return _rounded(float(sample.values.mean())) if sample.answers else None


def _spread(criterion: Criterion, sample: Sample) -> float | None:
    if criterion.metric.is_share or sample.answers == 0:
        return None
    return float(means.spread(sample.values, criterion.threshold)[-1])


def _rounded(value: float) -> float:
    # Adding 0.0 turns −0.0 into 0.0: one value, one spelling.
    return round(value, DIGITS) + 0.0


def is_shown(result: CriterionResult) -> bool:
    """Whether a criterion allows a GO: it crossed upward, and the customer base does not object."""
    return result.crossed_up_at is not None and result.confirmed is not False


def falls_short(result: CriterionResult) -> bool:
    """Whether the estimate is not beyond the threshold, so that more of the same cannot show it."""
    if result.observed is None:
        return False
    if result.direction is Direction.AT_MOST:
        return result.observed >= result.threshold
    return result.observed <= result.threshold
