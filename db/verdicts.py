"""The evidence of a build as columns of numbers, and the verdict on it.

Only the columns that a verdict needs are read, in one query; never texts, never whole rows.
"""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, func, select

from casework import criteria as rules
from casework.attempts import Attempt
from casework.criteria import LaunchCriteria, Metric
from casework.errors import Invalid, NotFound
from casework.measures import measure
from casework.roles import Act, Actor, require_reading
from casework.verdict import Evidence, Verdict, decide, sample_of
from casework.verdict.since import first_of
from db import columns, criteria, reviews
from db.builds import BuildRow
from db.columns import Columns
from db.feedback import FeedbackRow
from db.joined import Times, instant
from db.studies import StudyRow


@dataclass(frozen=True)
class Counted:
    """What a verdict counts, and the way back: `feedback_ids` are the answers in the same order.

    `received` says when each came, UTC.
    `criteria` is None where none were registered or the stored text was changed.
    """

    build: str
    build_id: int | None
    attempt: Attempt | None
    criteria: LaunchCriteria | None
    evidence: Evidence
    feedback_ids: NDArray[np.int64]
    received: Times

    def before(self, moment: datetime) -> "Counted":
        """What was counted before a moment; gates stand as they do now."""
        many = int(np.searchsorted(self.received, instant(moment)))
        closed = self.criteria is not None and moment >= self.criteria.closes_at
        return replace(
            self,
            evidence=first_of(self.evidence, many, closed=closed),
            feedback_ids=self.feedback_ids[:many],
            received=self.received[:many],
        )

    @property
    def counted_ids(self) -> NDArray[np.int64]:
        """The answers that count: all received, up to the N of the criteria."""
        return self.feedback_ids[: self.criteria.answers if self.criteria else None]

    def ids_by_criterion(self) -> tuple[NDArray[np.int64], ...]:
        """For each registered criterion the answers behind its figure, in order of receipt."""
        if self.criteria is None:
            return ()
        samples = (sample_of(self.criteria, one, self.evidence) for one in self.criteria.criteria)
        return tuple(self.feedback_ids[sample.rows] for sample in samples)


def verdict(
    session: Session, actor: Actor, study: StudyRow, build: str | None = None, *, now: datetime
) -> Verdict:
    """The verdict on a build, by default the newest attempt's. Raises: NotAllowed, NotFound."""
    return judge(study, evidence(session, actor, study, build, now=now))


def judge(study: StudyRow, counted: Counted) -> Verdict:
    """The verdict on what was counted."""
    registration = counted.attempt.registration if counted.attempt else None
    return decide(registration, counted.evidence, study=study.slug, build=counted.build)


def evidence(
    session: Session, actor: Actor, study: StudyRow, build: str | None = None, *, now: datetime
) -> Counted:
    """What the verdict on a build counts. Raises: NotAllowed, NotFound for an unknown build."""
    require_reading(actor, Act.READ_VERDICT, study.slug)
    attempt = criteria.attempt(session, study, build)
    version = attempt.build if attempt else build or _newest_build(session, study)
    build_id = _build_id(session, study, version)
    if build_id is None and attempt is None:
        raise NotFound(f"“{study.title}” has no build “{version}”.")
    registered = _registered(attempt)
    since, until = _window(attempt, registered)
    found = columns.of_build(
        session,
        build_id,
        since=since,
        until=until,
        base=registered.base if registered else (),
        now=now,
    )
    return Counted(
        build=version,
        build_id=build_id,
        attempt=attempt,
        criteria=registered,
        feedback_ids=found.ids,
        received=found.received,
        evidence=Evidence(
            values=measure(found.ticked),
            loyal=found.loyal,
            closed=registered is not None and now >= registered.closes_at,
            gates=reviews.gates(session, study, build_id),
            first_answer_at=_first_answer(session, build_id),
            asked=found.asked,
            attributes=found.attributes,
            days_with_build=_days_with_build(session, build_id, registered, found),
            ahead=found.ahead,
            late=attempt is not None and attempt.late,
        ),
    )


def _days_with_build(
    session: Session, build_id: int | None, registered: LaunchCriteria | None, found: Columns
) -> NDArray[np.float64] | None:
    """How long each tester had the build before answering, where a criterion depends on it."""
    if registered is None or registered.exposure_days == 0:
        return None
    if all(one.metric is not Metric.crash_free for one in registered.criteria):
        return None
    had = found.received - columns.got_at(session, build_id, found.participants)
    return np.where(np.isnat(had), np.nan, had / np.timedelta64(1, "D"))


def _registered(attempt: Attempt | None) -> LaunchCriteria | None:
    try:
        return rules.read(attempt.registration) if attempt else None
    except Invalid:
        return None


def _window(
    attempt: Attempt | None, registered: LaunchCriteria | None
) -> tuple[datetime | None, datetime | None]:
    """After when and up to when answers count.

    Without criteria, or with changed ones, everything is shown and the verdict is INVALID.
    """
    if attempt is None or registered is None:
        return None, None
    closes_at = registered.closes_at
    return attempt.since, min(closes_at, attempt.until or closes_at)


def _build_id(session: Session, study: StudyRow, version: str) -> int | None:
    query = select(BuildRow.id).where(BuildRow.study_id == study.id, BuildRow.version == version)
    return session.exec(query).first()


def _newest_build(session: Session, study: StudyRow) -> str:
    query = select(BuildRow.version).where(BuildRow.study_id == study.id)
    found = session.exec(query.order_by(col(BuildRow.id).desc())).first()
    if found is None:
        raise NotFound(f"“{study.title}” has no build and no launch criteria yet.")
    return found


def _first_answer(session: Session, build_id: int | None) -> datetime | None:
    query = select(func.min(FeedbackRow.received_at)).where(FeedbackRow.build_id == build_id)
    return session.exec(query).one()
