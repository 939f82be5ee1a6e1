"""Small studies for the tests of the verdict: registered criteria, answers written as strings."""

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from casework.criteria import (
    Criterion,
    LaunchCriteria,
    Metric,
    Profile,
    Registration,
    canonical,
    digest,
)
from casework.verdict import Evidence, Gate

REGISTERED_AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
OPEN_GATE = Gate(
    name="values",
    clear=False,
    detail="Do not launch until Ann has reviewed: “Santa was caught.”",
)
CLEAR_GATE = Gate(name="values", clear=True, detail="Reviewed by Ann: the scene was changed.")

CSAT = Criterion(metric=Metric.csat, threshold=0.70)
CSAT_WITH_FLOOR = Criterion(metric=Metric.csat, threshold=0.70, floor=0.60)
OFFENDED = Criterion(metric=Metric.offended, threshold=0.10)
NPS = Criterion(metric=Metric.nps, threshold=0.20)
CRASH_FREE = Criterion(metric=Metric.crash_free, threshold=0.90)


def plan(
    *criteria: Criterion,
    answers: int,
    profile: Profile = Profile.staged,
    loyal_guardrail_answers: int | None = None,
) -> LaunchCriteria:
    return LaunchCriteria(
        study="santa-run",
        build="0.9.0",
        profile=profile,
        answers=answers,
        closes_at=datetime(2026, 12, 1, tzinfo=UTC),
        criteria=criteria,
        loyal_guardrail_answers=loyal_guardrail_answers,
        loyalty_policy="rfm-1",
        scorer_version="1",
    )


def registered(criteria: LaunchCriteria, version: int = 1) -> Registration:
    text = canonical(criteria)
    return Registration(version=version, text=text, digest=digest(text), at=REGISTERED_AT)


def answers(written: str) -> NDArray[np.float64]:
    """One participant per sign: + yes or promoter, - no, 0 passive, d detractor, . no value."""
    return np.array([_VALUES[sign] for sign in written])


_VALUES = {"+": 1.0, "-": 0.0, "0": 0.0, "d": -1.0, ".": np.nan}


def evenly(n: int, events: int) -> str:
    """Answers among which the events lie evenly, the first as late as possible."""
    return "".join("+" if (i + 1) * events // n > i * events // n else "-" for i in range(n))


def evidence(
    values: Mapping[Metric, str],
    *,
    loyal: str = "",
    closed: bool = False,
    closed_early: bool = False,
    late: bool = False,
    gates: tuple[Gate, ...] = (),
    first_answer_at: datetime | None = None,
    asked: int = 0,
) -> Evidence:
    columns = {metric: answers(written) for metric, written in values.items()}
    n = max((column.size for column in columns.values()), default=0)
    return Evidence(
        values=columns,
        loyal=answers(loyal) == 1.0 if loyal else np.zeros(n, dtype=np.bool_),
        closed=closed,
        closed_early=closed_early,
        late=late,
        gates=gates,
        first_answer_at=first_answer_at,
        asked=asked,
    )
