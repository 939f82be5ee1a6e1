"""What has changed since a moment: each criterion then and now."""

from dataclasses import replace

from casework.criteria import Direction, Metric, Segment
from casework.record import Record
from casework.verdict.evidence import Evidence
from casework.verdict.outcome import CriterionResult, Verdict


class Moved(Record):
    """One criterion then and now; a figure is None where nobody had answered yet."""

    metric: Metric
    segment: Segment
    answers_then: int
    answers_now: int
    then: float | None
    now: float | None

    @property
    def came(self) -> int:
        """Answers that came between the two; negative where some were withdrawn."""
        return self.answers_now - self.answers_then

    @property
    def better(self) -> bool | None:
        """Whether the figure moved to the good side; None where it did not move or has no past."""
        if self.then is None or self.now is None or self.then == self.now:
            return None
        rose = self.now > self.then
        return rose == (self.metric.direction is Direction.AT_LEAST)


def first_of(evidence: Evidence, many: int, *, closed: bool) -> Evidence:
    """The evidence as it was when only the first so many participants had answered."""
    had = evidence.days_with_build
    return replace(
        evidence,
        values={metric: column[:many] for metric, column in evidence.values.items()},
        loyal=evidence.loyal[:many],
        attributes={name: column[:many] for name, column in evidence.attributes.items()},
        days_with_build=None if had is None else had[:many],
        closed=closed,
    )


def moved(before: Verdict, after: Verdict) -> tuple[Moved, ...]:
    """How each criterion of two verdicts on one attempt has moved, in the order of the later."""
    earlier = {_place(result): result for result in before.criteria}
    return tuple(_moved(earlier.get(_place(result)), result) for result in after.criteria)


def _place(result: CriterionResult) -> tuple[Metric, Segment]:
    return result.metric, result.segment


def _moved(before: CriterionResult | None, after: CriterionResult) -> Moved:
    return Moved(
        metric=after.metric,
        segment=after.segment,
        answers_then=before.answers if before else 0,
        answers_now=after.answers,
        then=before.observed if before else None,
        now=after.observed,
    )
