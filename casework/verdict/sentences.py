"""The sentences of a verdict: reasons, conditions and warnings, each beginning with its metric."""

import numpy as np

from casework.criteria import Direction, LaunchCriteria, Metric, Segment, figure, percent
from casework.criteria.words import NEAR_END, percent_figure
from casework.verdict.evidence import Evidence
from casework.verdict.intervals import not_excluded
from casework.verdict.outcome import CriterionResult, Reason

MISSING_WARNS_FROM = 0.05
"""Share of counted participants without a value above which a criterion warns."""

RESPONSE_WARNS_BELOW = 0.5
"""Response rate below which those who stayed silent could change the picture."""


def standing(result: CriterionResult) -> str:
    """Where a criterion stands: "offended: 31 of 95 testers (33 %, 95 % interval …) said …"."""
    who = "tester" if result.answers == 1 else "testers"
    who = f"loyal {who}" if result.segment is Segment.loyal else who
    if result.observed is None:
        return f"{result.metric}: no {who} have given a value yet"
    if result.metric.is_share:
        events = round(result.observed * result.answers)
        shown = f"{percent(result.observed)}, 95 % interval {_interval(result)}"
        return (
            f"{result.metric}: {events} of {result.answers} {who} ({shown}) {result.metric.event}"
        )
    shown = figure(result.metric, result.observed)
    return (
        f"{result.metric}: {shown} among {result.answers} {who} "
        f"(95 % interval {_interval(result)}), {result.metric.event}"
    )


def _interval(result: CriterionResult) -> str:
    if result.interval is None:
        return "not known"
    low, high = result.interval
    if result.metric.is_share:
        digits = 1 if high < NEAR_END or low > 1.0 - NEAR_END else 0
        return f"{percent_figure(low, digits)}–{percent_figure(high, digits)} %"
    return f"{figure(result.metric, low)} to {figure(result.metric, high)}"


def against(result: CriterionResult) -> Reason:
    """Why a criterion stops the launch."""
    bound = figure(result.metric, result.threshold)
    asked = f"the limit was {bound}" if _at_most(result) else f"at least {bound} was required"
    return _reason(result, f"{standing(result)}; {asked}{_both_ways(result)}")


def in_favour(result: CriterionResult) -> Reason:
    """Why a criterion allows the launch."""
    return _reason(
        result,
        f"{standing(result)}; {limit(result)} was shown at answer {result.crossed_up_at}",
    )


def undecided(result: CriterionResult) -> Reason:
    """What a criterion still lacks."""
    if result.crossed_up_at is not None:
        return _reason(result, f"{standing(result)}; {limit(result)} is {_unconfirmed(result)}")
    return _reason(result, f"{standing(result)}; {limit(result)} is not shown yet")


def condition(result: CriterionResult) -> str:
    """The condition a criterion puts on a launch: its threshold is not shown, or not for all."""
    if result.crossed_up_at is not None:
        return f"{standing(result)}; {limit(result)} is {_unconfirmed(result)}"
    floor = figure(result.metric, result.threshold if result.floor is None else result.floor)
    side = "at most" if _at_most(result) else "at least"
    return f"{standing(result)}; {side} {floor} is shown, {limit(result)} is not"


def _unconfirmed(result: CriterionResult) -> str:
    shown = figure(result.metric, result.weighted or 0.0)
    return f"shown for the testers but not confirmed for the customer base (weighted: {shown})"


def limit(result: CriterionResult) -> str:
    """The threshold with its side: "at most 5 %"."""
    side = "at most" if _at_most(result) else "at least"
    return f"{side} {figure(result.metric, result.threshold)}"


def no_stop_signal(results: tuple[CriterionResult, ...]) -> str:
    """The best a stop check may say: which bad rates its answers do not exclude."""
    shown = [_not_excluded(result) for result in results if result.metric.is_share]
    return "no stop signal" + "".join(f"; {text}" for text in shown)


def _not_excluded(result: CriterionResult) -> str:
    events = round((result.observed or 0.0) * result.answers)
    bad = events if _at_most(result) else result.answers - events
    name = _BAD_RATE.get(result.metric, f"failures of {result.metric}")
    return f"{name} below {percent(not_excluded(bad, result.answers))} not excluded"


_BAD_RATE = {
    Metric.offended: "offence rates",
    Metric.crash_free: "crash rates",
    Metric.csat: "rates of dissatisfied testers",
}


def missing_warning(result: CriterionResult) -> str:
    """A warning where more than 5 % of the counted participants gave no value; else empty."""
    asked = result.answers + result.missing
    if result.missing <= MISSING_WARNS_FROM * asked:
        return ""
    share = percent(result.missing / asked)
    return f"{result.metric}: {result.missing:,} of {asked:,} participants ({share}) gave no value."


def exposure_warning(criteria: LaunchCriteria, evidence: Evidence) -> str:
    """A warning where more than 5 % spoke of crashes before their time with the build was over.

    No build tells of its crashes yet: what testers report is all there is, and it ends with their
    answer. Also counted are those of whom no download is on file.
    """
    said = evidence.values.get(Metric.crash_free)
    if evidence.days_with_build is None or said is None:
        return ""
    had = evidence.days_with_build[: criteria.answers]
    had = had[~np.isnan(said[: criteria.answers])]
    early = int((had < criteria.exposure_days).sum())
    unknown = int(np.isnan(had).sum())
    if early + unknown <= MISSING_WARNS_FROM * had.size:
        return ""
    return (
        f"{Metric.crash_free}: self-reported; of {had.size:,} testers {early:,} answered before "
        f"{criteria.exposure_days} days with the build were over"
        f"{_without_download(unknown)}. Later crashes are not in it."
    )


def _without_download(unknown: int) -> str:
    return f", and of {unknown:,} no download is on file" if unknown else ""


def ahead_warning(evidence: Evidence) -> str:
    """A warning where answers carry a time that has not come; else empty."""
    if evidence.ahead == 0:
        return ""
    carry = "1 answer carries" if evidence.ahead == 1 else f"{evidence.ahead:,} answers carry"
    return f"clock: {carry} a time that has not come yet; left out until then."


def response_warning(evidence: Evidence) -> str:
    """A warning where fewer than half of those asked answered; else empty."""
    if evidence.asked == 0 or evidence.received >= RESPONSE_WARNS_BELOW * evidence.asked:
        return ""
    rate = percent(evidence.received / evidence.asked)
    answered = f"{evidence.received:,} of {evidence.asked:,} people asked"
    return f"response: {answered} have answered ({rate}); the silent may differ."


def _reason(result: CriterionResult, text: str) -> Reason:
    return Reason(metric=result.metric, segment=result.segment, text=text)


def _both_ways(result: CriterionResult) -> str:
    if result.crossed_up_at is None:
        return ""
    up, down = result.crossed_up_at, result.crossed_down_at
    return f" (shown to hold at answer {up}, to fail at answer {down})"


def _at_most(result: CriterionResult) -> bool:
    return result.direction is Direction.AT_MOST
