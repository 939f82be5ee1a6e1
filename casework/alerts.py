"""When a verdict deserves that its owner is told: the outcome changed, or offence is half way."""

from enum import StrEnum

from casework.criteria import Metric, Segment, percent
from casework.record import Moment, Record
from casework.verdict import CriterionResult, Outcome, Verdict

HALF = 0.5
"""Part of the limit for offence from which the owner is told. Source: the verdict's design."""


class AlertKind(StrEnum):
    """What happened."""

    OUTCOME = "outcome"
    OFFENCE = "offence"


class Seen(Record):
    """What was known of one attempt when it was last looked at.

    `offence_half` says whether offence had reached half of its limit by then.
    """

    outcome: Outcome
    offence_half: bool


class Alert(Record):
    """One thing the owner should hear, in a sentence without anybody's words."""

    kind: AlertKind
    text: str


class Addressee(Record):
    """Who hears of a study's alerts by letter; without an address nobody does."""

    email: str = ""
    set_at: Moment
    set_by: str


def seen(verdict: Verdict) -> Seen:
    """What is known of an attempt from its verdict."""
    return Seen(outcome=verdict.outcome, offence_half=half_way(verdict) is not None)


def half_way(verdict: Verdict) -> CriterionResult | None:
    """The criterion on offence, once its figure has reached half of the limit."""
    for result in verdict.criteria:
        about_all = result.metric is Metric.offended and result.segment is Segment.everyone
        if about_all and (result.observed or 0.0) >= HALF * result.threshold:
            return result
    return None


def alerts(before: Seen | None, verdict: Verdict) -> tuple[Alert, ...]:
    """What the owner should hear now, given what was known before.

    The first look at an attempt changes no outcome. Offence is told once for each attempt: whoever
    falls below half of the limit and reaches it again is not told again.
    """
    found = []
    if before is not None and before.outcome is not verdict.outcome:
        found.append(Alert(kind=AlertKind.OUTCOME, text=_changed(before.outcome, verdict)))
    result = half_way(verdict)
    if result is not None and not (before and before.offence_half):
        found.append(Alert(kind=AlertKind.OFFENCE, text=_offended(result, verdict)))
    return tuple(found)


def remembered(before: Seen | None, verdict: Verdict) -> Seen:
    """What to remember of this look; that offence was half way is never forgotten."""
    now = seen(verdict)
    half = now.offence_half or (before is not None and before.offence_half)
    return now.model_copy(update={"offence_half": half})


def _changed(before: Outcome, verdict: Verdict) -> str:
    return (
        f"{verdict.study}, build {verdict.build}: the verdict is {verdict.outcome}, after "
        f"{before}, with {_answers(verdict.answers)} counted."
    )


def _offended(result: CriterionResult, verdict: Verdict) -> str:
    observed = result.observed or 0.0
    return (
        f"{verdict.study}, build {verdict.build}: {round(observed * result.answers)} of "
        f"{result.answers:,} testers were upset or offended ({percent(observed)}); the limit is "
        f"{percent(result.threshold)}."
    )


def _answers(many: int) -> str:
    return "1 answer" if many == 1 else f"{many:,} answers"
