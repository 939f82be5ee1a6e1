"""The answers a verdict counts, as arrays in order of receipt."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from casework.criteria import Criterion, LaunchCriteria, Metric, Segment
from casework.errors import Invalid
from casework.record import Moment
from casework.verdict.outcome import Gate

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """What is known about a build: one entry per participant, in order of receipt.

    Only answers that belong to the attempt enter: the first valid answer of each participant,
    received after its criteria were registered and before closing. More than N may be given; the
    first N count.

    Attributes:
        values: per metric, aligned with `loyal`; NaN = no value. Shares are 1.0 where the event
            named by the metric happened (satisfied, offended, no crash), else 0.0; nps is −1, 0
            or 1; sentiment lies in [−1, 1]. crash_free is what testers report with their answer:
            no build tells of its crashes yet.
        loyal: whether the participant belongs to the loyal segment.
        closed: no more answers are counted.
        closed_early: it was closed by hand before the registered time. Closing by hand spends
            nothing: without this, an owner could choose the moment that looks best.
        gates: what people must clear first.
        first_answer_at: the first answer ever received for the build.
        asked: people invited to answer, 0 when unknown.
        attributes: per attribute of the registered base, aligned with `loyal`; a text that names no
            part of the base is unknown.
        days_with_build: days from having the whole build to the answer, aligned with `loyal`; NaN
            where no download is on file. None where it was not looked up.
        ahead: answers whose receipt lies in the future; a clock was wrong, and they are left out.
        late: the criteria were registered after the first answer, so that they could have been
            fitted to it.
    """

    values: Mapping[Metric, Floats]
    loyal: NDArray[np.bool_]
    closed: bool = False
    gates: tuple[Gate, ...] = ()
    first_answer_at: Moment | None = None
    asked: int = 0
    late: bool = False
    closed_early: bool = False
    attributes: Mapping[str, NDArray[np.str_]] = field(default_factory=dict)
    days_with_build: Floats | None = None
    ahead: int = 0

    def __post_init__(self) -> None:
        sizes = {str(name): column.size for name, column in self.values.items()}
        sizes |= {name: column.size for name, column in self.attributes.items()}
        if self.days_with_build is not None:
            sizes["days with the build"] = self.days_with_build.size
        for name, size in sizes.items():
            if size != self.loyal.size:
                message = f"{name}: {size} values for {self.loyal.size} participants."
                raise Invalid(message)

    @property
    def received(self) -> int:
        """Participants given, counted or not."""
        return int(self.loyal.size)


@dataclass(frozen=True)
class Sample:
    """The values one criterion is judged on, in order of receipt.

    Attributes:
        rows: where in the evidence each value stands.
        values: those of the first `planned` participants of the segment who have one.
        missing: counted participants of the segment without one.
        planned: N of this criterion.
        close_at: answers at which the closing test is due, where the criterion ends before its N.
    """

    metric: Metric
    segment: Segment
    rows: NDArray[np.intp]
    values: Floats
    missing: int
    planned: int
    close_at: int | None

    @property
    def answers(self) -> int:
        """Participants counted by this criterion."""
        return int(self.values.size)


def counted(criteria: LaunchCriteria, evidence: Evidence) -> int:
    """Participants who count: the first N."""
    return min(evidence.received, criteria.answers)


def is_finished(criteria: LaunchCriteria, evidence: Evidence) -> bool:
    """Whether no further answer can count: N participants answered, or it is closed."""
    return evidence.closed or evidence.received >= criteria.answers


def sample_of(criteria: LaunchCriteria, criterion: Criterion, evidence: Evidence) -> Sample:
    """The values that one registered criterion counts.

    Raises:
        Invalid: a value is not one its metric can take.
    """
    n = counted(criteria, evidence)
    everyone = evidence.values.get(criterion.metric)
    column = np.full(n, np.nan) if everyone is None else everyone[:n]
    member = np.ones(n, dtype=np.bool_)
    if criterion.segment is Segment.loyal:
        member = evidence.loyal[:n]
    present = np.flatnonzero(member & ~np.isnan(column))
    _check(criterion.metric, column[present])
    planned = criteria.answers_of(criterion)
    rows = present[:planned]
    return Sample(
        metric=criterion.metric,
        segment=criterion.segment,
        rows=rows,
        values=column[rows],
        missing=int(member.sum()) - present.size,
        planned=planned,
        close_at=_close_at(criteria, evidence, rows.size, planned),
    )


def _close_at(
    criteria: LaunchCriteria, evidence: Evidence, answers: int, planned: int
) -> int | None:
    """The criterion's own n, once all N took part or the registered time has come."""
    in_time = evidence.closed and not evidence.closed_early
    if not 0 < answers < planned:
        return None
    return answers if in_time or evidence.received >= criteria.answers else None


def _check(metric: Metric, values: Floats) -> None:
    if metric is Metric.sentiment:
        good = bool(np.all(np.abs(values) <= 1.0))
    elif metric is Metric.nps:
        good = bool(np.isin(values, (-1.0, 0.0, 1.0)).all())
    else:
        good = bool(np.isin(values, (0.0, 1.0)).all())
    if not good:
        message = f"{metric}: a value is outside what this metric can be."
        raise Invalid(message)
