"""The evidence of a build as columns of numbers, and the verdict on it.

Only the metric columns are read, in order of receipt; never texts, never whole rows.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, func, select

from casework import criteria as rules
from casework.attempts import Attempt
from casework.errors import CaseworkError, NotFound
from casework.funnel import Step
from casework.measures import measure
from casework.roles import Act, Actor, require_reading
from casework.verdict import Evidence, Verdict, decide
from db import criteria, reviews
from db.activities import ActivityRow
from db.builds import BuildRow
from db.feedback import FeedbackRow
from db.participants import FunnelEventRow, ParticipantRow
from db.studies import StudyRow

TICKED = ("csat", "recommend", "effort", "keep_playing", "crashed", "offended", "polarity")


@dataclass(frozen=True)
class Counted:
    """What a verdict counts, and the way back: `feedback_ids` are the answers in the same order."""

    build: str
    build_id: int | None
    attempt: Attempt | None
    evidence: Evidence
    feedback_ids: NDArray[np.int64]


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
    window = _window(attempt)
    answers = _answers(session, build_id, window)
    return Counted(
        build=version,
        build_id=build_id,
        attempt=attempt,
        feedback_ids=np.array([row[0] for row in answers], dtype=np.int64),
        evidence=Evidence(
            values=measure({name: _column(answers, 4 + i) for i, name in enumerate(TICKED)}),
            loyal=np.array([row[3] for row in answers], dtype=bool),
            closed=now >= window.closes_at,
            gates=reviews.gates(session, study.id or 0, build_id),
            first_answer_at=_first_answer(session, build_id),
            asked=_asked(session, build_id),
            late=attempt is not None and attempt.late,
        ),
    )


@dataclass(frozen=True)
class _Window:
    """Which times of receipt an attempt counts: after `since`, up to `until`."""

    since: datetime
    until: datetime
    closes_at: datetime


_ALWAYS = datetime.max.replace(tzinfo=UTC)
_EVERYTHING = _Window(since=datetime.min.replace(tzinfo=UTC), until=_ALWAYS, closes_at=_ALWAYS)


def _window(attempt: Attempt | None) -> _Window:
    """Without criteria, or with tampered ones, everything is shown and the verdict is INVALID."""
    if attempt is None:
        return _EVERYTHING
    try:
        closes_at = rules.read(attempt.registration).closes_at
    except CaseworkError:
        return _EVERYTHING
    return _Window(
        since=attempt.since, until=min(closes_at, attempt.until or closes_at), closes_at=closes_at
    )


_Row = tuple[int, datetime, int, bool, *tuple[float | None, ...]]
"""Answer, when received, customer, loyal, then the ticked columns."""


def _answers(session: Session, build_id: int | None, window: "_Window") -> list[_Row]:
    """Each customer's first valid answer within the attempt, in order of receipt."""
    columns = [getattr(FeedbackRow, name) for name in TICKED]
    query = (
        select(
            FeedbackRow.id,
            FeedbackRow.received_at,
            ParticipantRow.customer_id,
            ParticipantRow.loyal,
            *columns,
        )
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .where(FeedbackRow.build_id == build_id, col(FeedbackRow.valid))
        .where(ParticipantRow.step != Step.WITHDRAWN)
        .order_by(col(FeedbackRow.received_at), col(FeedbackRow.id))
    )
    first: dict[int, _Row] = {}
    for row in session.execute(query):
        first.setdefault(row[2], row)
    kept = [row for row in first.values() if window.since < row[1] <= window.until]
    return sorted(kept, key=lambda row: (row[1], sha256(str(row[2]).encode()).digest()))


def _column(answers: list[_Row], index: int) -> NDArray[np.float64]:
    values = [row[index] for row in answers]
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


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


def _asked(session: Session, build_id: int | None) -> int:
    """People invited to the betas in which this build is or was tested."""
    query = (
        select(func.count(func.distinct(ParticipantRow.customer_id)))
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .join(FunnelEventRow, col(FunnelEventRow.participant_id) == ParticipantRow.id)
        .where(ActivityRow.build_id == build_id, FunnelEventRow.step == Step.INVITED)
    )
    return session.exec(query).one()
