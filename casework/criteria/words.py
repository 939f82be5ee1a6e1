"""Thresholds in plain words, and what a plan can never show."""

import math

from scipy.special import ndtri

from casework.criteria.launch import Criterion, LaunchCriteria
from casework.criteria.metrics import Direction, Metric
from casework.criteria.profiles import LEAST_ANSWERS

MEAN_LEAST_ANSWERS = 10
"""Means are not judged on fewer answers than this. Source: simulation of the means rule."""

NEAR_END = 0.10
"""Shares this near to 0 or 1 are shown with a decimal."""


def percent(share: float) -> str:
    """A share as read on a page: "33 %", and "7.2 %" or "98.6 %" near the ends."""
    digits = 0 if NEAR_END <= share <= 1.0 - NEAR_END else 1
    return f"{percent_figure(share, digits)} %"


def unbroken(text: str) -> str:
    """The same text, in which no line ends between a figure and its percent sign."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


def percent_figure(share: float, digits: int) -> str:
    """The figure of a percentage, without its sign and without an empty decimal."""
    return f"{100 * share:.{digits}f}".removesuffix(".0")


def figure(metric: Metric, value: float) -> str:
    """A value of a metric as read on a page: a percentage, an NPS like 20, a tone like 0.10."""
    if metric.is_share:
        return percent(value)
    if metric is Metric.nps:
        return f"{round(100 * value):d}".replace("-", "−")
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def in_plain_words(criterion: Criterion, players: int) -> str:
    """What the threshold means for this many players: "5 % = 5,000 of 100,000 players"."""
    shown = figure(criterion.metric, criterion.threshold)
    many = round(criterion.threshold * players)
    if criterion.metric.is_share:
        return f"{shown} = {many:,} of {players:,} players"
    if criterion.metric is Metric.nps:
        which = "more promoters than detractors" if many >= 0 else "fewer promoters than detractors"
        return f"{shown} = {abs(many):,} {which} among {players:,} players"
    return f"{shown} on a scale from −1 (all angry) to 1 (all delighted)"


def smallest_go_answers(threshold: float, alpha: float = 0.05) -> int:
    """Answers below which a share cannot be shown to exceed the threshold, even if all are good.

    The smallest n with threshold ** n ≤ alpha. For "at most" limits give 1 − limit.
    """
    n = max(1, math.floor(math.log(alpha) / math.log(threshold)))
    while threshold**n > alpha:
        n += 1
    return n


def warnings(criteria: LaunchCriteria) -> tuple[str, ...]:
    """What the owner should know before registering: criteria that can never be shown at this N."""
    found = [_hopeless(criteria, criterion) for criterion in criteria.criteria]
    found.append(_too_few_for_profile(criteria))
    return tuple(text for text in found if text)


def _hopeless(criteria: LaunchCriteria, criterion: Criterion) -> str:
    planned = criteria.answers_of(criterion)
    needed = least_answers(criterion, criteria.alpha)
    if planned >= needed:
        return ""
    shown = figure(criterion.metric, criterion.threshold)
    side = "at most" if criterion.metric.direction is Direction.AT_MOST else "at least"
    return (
        f"{criterion.metric}: no GO is possible with {planned:,} answers, even if all are good; "
        f"{side} {shown} needs {needed:,} or more."
    )


def _too_few_for_profile(criteria: LaunchCriteria) -> str:
    least = LEAST_ANSWERS[criteria.profile]
    if criteria.answers >= least:
        return ""
    name = criteria.profile.replace("_", " ")
    return (
        f"The {name} profile is meant for {least:,} answers or more; "
        f"this study plans {criteria.answers:,}."
    )


def least_answers(criterion: Criterion, alpha: float) -> int:
    """Answers from which a GO on this criterion is possible at all."""
    if not criterion.metric.is_share:
        return _least_for_mean(criterion.threshold, alpha)
    if criterion.metric.direction is Direction.AT_MOST:
        return smallest_go_answers(1.0 - criterion.threshold, alpha)
    return smallest_go_answers(criterion.threshold, alpha)


def _least_for_mean(threshold: float, alpha: float) -> int:
    """The first n at which n answers of 1 cross by the means rule."""
    best = 1.0 - threshold
    wide = float(-ndtri(alpha / 4))
    n = MEAN_LEAST_ANSWERS
    while n * best < wide * math.sqrt(n * (n * best**2 + 2) / (n + 2)):
        n += 1
    return n


def base_in_words(criteria: LaunchCriteria) -> tuple[str, ...]:
    """The registered base, a line for each attribute: "platform: android 60 %, ios 40 %"."""
    return tuple(
        f"{margin.attribute.replace('_', ' ')}: "
        + ", ".join(f"{cell.value} {percent(cell.share)}" for cell in margin.cells)
        for margin in criteria.base
    )
