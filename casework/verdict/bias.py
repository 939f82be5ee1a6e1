"""Does a result hold for the customer base, and how far could the silent change it?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casework.criteria import Criterion, LaunchCriteria, Segment, percent
from casework.verdict import crossing, means
from casework.verdict.boundary import first_look
from casework.verdict.evidence import Evidence, Sample, counted
from casework.verdict.outcome import BaseCheck
from casework.verdict.weights import Texts, Weights, rake

COMMON = (0.10, 0.90)
"""Thresholds between which a share can be checked with weights; rarer events are only shown."""

LEAST_EFFECTIVE = 0.67
LARGE_SHARE = 0.05
FEW_ANSWERS = 5


@dataclass(frozen=True)
class Weighted:
    """A criterion seen through the customer base.

    `estimate` is the weighted figure; `confirmed` whether the means rule crosses with the weights
    too, None where it cannot be asked (rare events).
    """

    estimate: float
    confirmed: bool | None


def weighted(
    criteria: LaunchCriteria, criterion: Criterion, sample: Sample, evidence: Evidence
) -> Weighted | None:
    """The weighted view of one criterion: d = w (x − threshold) under the means rule.

    None where no base is registered, no value has come, or the criterion is about loyal testers.
    """
    if not criteria.base or criterion.segment is Segment.loyal or sample.answers == 0:
        return None
    weights = rake(criteria.base, _of(evidence, sample.rows), sample.answers).values
    estimate = float((weights * sample.values).sum() / weights.sum())
    if not _is_common(criterion):
        return Weighted(estimate, None)
    distance = crossing.good(sample) - crossing.good_share(sample, criterion.threshold)
    crossed = means.crossed_up(
        weights * distance,
        0.0,
        planned=sample.planned,
        alpha=criteria.alpha,
        earliest=first_look(sample.planned),
        close_at=sample.close_at,
    )
    return Weighted(estimate, crossed is not None)


def _is_common(criterion: Criterion) -> bool:
    low, high = COMMON
    return not criterion.metric.is_share or low <= criterion.threshold <= high


def _of(evidence: Evidence, rows: NDArray[np.intp]) -> dict[str, Texts]:
    return {name: column[rows] for name, column in evidence.attributes.items()}


def base_check(criteria: LaunchCriteria, evidence: Evidence) -> BaseCheck | None:
    """What weighting all counted testers to the registered base costs; None without a base.

    Design effect n Σw² / (Σw)². Source: Kish (1965).
    """
    n = counted(criteria, evidence)
    if not criteria.base or n == 0:
        return None
    weights = rake(criteria.base, _of(evidence, np.arange(n)), n)
    return BaseCheck(
        answers=n,
        effective=round(weights.effective, 1),
        design_effect=round(n / weights.effective, 2),
        trimmed=weights.trimmed,
        dropped=weights.dropped,
        dropped_share=round(weights.dropped_share, 6),
    )


def warnings(criteria: LaunchCriteria, evidence: Evidence) -> tuple[str, ...]:
    """Where the counted testers differ from the registered base by more than weights can mend."""
    n = counted(criteria, evidence)
    if not criteria.base or n == 0:
        return ()
    attributes = _of(evidence, np.arange(n))
    found = [*_about(rake(criteria.base, attributes, n), n), *_thin(criteria, attributes)]
    rare = [c.metric.title for c in criteria.criteria if not _is_common(c)]
    if rare:
        found.append(
            f"base: weighted figures of {', '.join(rare)} are shown but cannot be checked."
        )
    return tuple(found)


def _about(weights: Weights, n: int) -> list[str]:
    found = []
    if weights.effective < LEAST_EFFECTIVE * n:
        found.append(
            f"base: after weighting {n:,} answers are worth {weights.effective:,.0f} "
            f"(design effect {n / weights.effective:.1f})."
        )
    if weights.trimmed:
        found.append(f"base: {weights.trimmed} weights were above five times the median and cut.")
    if weights.dropped_share >= LARGE_SHARE:
        lost = percent(weights.dropped_share)
        found.append(f"base: {lost} of it gave no answer ({', '.join(weights.dropped)}).")
    return found


def _thin(criteria: LaunchCriteria, attributes: dict[str, Texts]) -> list[str]:
    return [
        f"base: {margin.attribute} {cell.value}, {percent(cell.share)} of it, gave {came} answers."
        for margin in criteria.base
        for cell in margin.cells
        if cell.share >= LARGE_SHARE
        and (came := _came(attributes, margin.attribute, cell.value)) < FEW_ANSWERS
    ]


def _came(attributes: dict[str, Texts], attribute: str, value: str) -> int:
    column = attributes.get(attribute)
    return 0 if column is None else int((column == value).sum())


def tipping_point(response: float, observed: float, threshold: float) -> str:
    """The rate among those who stayed silent at which the whole would just meet its threshold.

    (threshold − r · observed) / (1 − r), for a share and a response rate r in [0, 1].
    """
    if response >= 1.0:
        return "everyone answered"
    needed = (threshold - response * observed) / (1.0 - response)
    if not 0.0 <= needed <= 1.0:
        return "no rate among the silent could change it"
    return f"a rate of {percent(needed)} among the silent would bring the whole to its threshold"
