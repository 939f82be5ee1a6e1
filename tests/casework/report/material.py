"""Material for a launch summary, made by hand: one study, one criterion, chosen answers."""

from datetime import UTC, date, datetime

import numpy as np

from casework.attempts import Attempt
from casework.criteria import LaunchCriteria, Metric
from casework.report import Material, Verbatim
from casework.studies import Study
from casework.verdict import Evidence, Gate, Verdict, decide
from tests.casework.verdict.study import CRASH_FREE, CSAT, OFFENDED, plan, registered

MOMENT = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> **bold** [x](http://evil.example) =1+1 $x$ | # head"
STUDY = Study(
    slug="santa-run",
    title="Santa Run",
    product="Santa Run",
    owner_name="Nora",
    release_on=date(2026, 12, 15),
    created_at=MOMENT,
)
CRITERIA = plan(CSAT, CRASH_FREE, OFFENDED, answers=60)


def verdict(
    happy: int,
    unhappy: int = 0,
    gates: tuple[Gate, ...] = (),
    criteria: LaunchCriteria | None = CRITERIA,
) -> Verdict:
    """The verdict on so many answers; the unhappy ones come first and are offended too."""
    n = happy + unhappy
    bad = np.arange(n) < unhappy
    values = {
        Metric.csat: (~bad).astype(float),
        Metric.crash_free: np.ones(n),
        Metric.offended: bad.astype(float),
    }
    evidence = Evidence(values=values, loyal=np.ones(n, dtype=bool), gates=gates)
    registration = registered(criteria) if criteria else None
    return decide(registration, evidence, study="santa-run", build="0.9.0")


def verbatim(
    answer_id: int,
    text: str,
    *,
    offended: bool = False,
    loyal: bool = True,
    polarity: float | None = 0.5,
) -> Verbatim:
    return Verbatim(
        answer_id=answer_id,
        text=text,
        segment="fan",
        loyal=loyal,
        offended=offended,
        polarity=polarity,
    )


def material(found: Verdict, *said: Verbatim, **more: object) -> Material:
    attempt = Attempt(
        build="0.9.0",
        registration=registered(CRITERIA),
        since=MOMENT,
        until=None,
        late=False,
        answers=found.answers,
        number=1,
        of=1,
    )
    facts: dict[str, object] = {
        "study": STUDY,
        "verdict": found,
        "criteria": CRITERIA if found.criteria else None,
        "decide_by": date(2026, 12, 1),
        "options": (),
        "verbatims": said,
        "groups": (),
        "funnels": (),
        "attempts": (attempt,) if found.criteria else (),
        "reviews": (),
    }
    return Material.model_validate(facts | more)
