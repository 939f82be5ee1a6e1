"""The evidence of a build as columns of numbers, and the verdict on it.

Only the columns that a verdict needs are read, in one query; never texts, never whole rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlmodel import Session, col, func, select

from casework import criteria as rules
from casework.attempts import Attempt
from casework.criteria import LaunchCriteria
from casework.errors import Invalid, NotFound
from casework.funnel import Step
from casework.measures import measure
from casework.roles import Act, Actor, require_reading
from casework.verdict import Evidence, Verdict, decide, sample_of
from db import criteria, reviews
from db.activities import ActivityRow
from db.builds import BuildRow
from db.feedback import FeedbackRow
from db.participants import FunnelEventRow, ParticipantRow, is_taking_part
from db.studies import StudyRow

TICKED = ("csat", "recommend", "effort", "keep_playing", "crashed", "offended", "polarity")
ATTRIBUTES = ("segment", "platform")
"""What a registered customer base may be compared by."""


@dataclass(frozen=True)
class Counted:
    """What a verdict counts, and the way back: `feedback_ids` are the answers in the same order.

    `criteria` is None where none were registered or the stored text was changed.
    """

    build: str
    build_id: int | None
    attempt: Attempt | None
    criteria: LaunchCriteria | None
    evidence: Evidence
    feedback_ids: NDArray[np.int64]

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
    columns = _columns(session, build_id, _window(attempt, registered))
    return Counted(
        build=version,
        build_id=build_id,
        attempt=attempt,
        criteria=registered,
        feedback_ids=columns.ids,
        evidence=Evidence(
            values=measure(columns.ticked),
            loyal=columns.loyal,
            closed=registered is not None and now >= registered.closes_at,
            gates=reviews.gates(session, study, build_id),
            first_answer_at=_first_answer(session, build_id),
            asked=_asked(session, build_id),
            attributes=columns.attributes,
            late=attempt is not None and attempt.late,
        ),
    )


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


class _Columns(NamedTuple):
    """Each customer's first valid answer within the attempt, in order of receipt."""

    ids: NDArray[np.int64]
    loyal: NDArray[np.bool_]
    attributes: dict[str, NDArray[np.str_]]
    ticked: dict[str, NDArray[np.float64]]


def _columns(
    session: Session, build_id: int | None, window: tuple[datetime | None, datetime | None]
) -> _Columns:
    rows = _in_order(session.connection().execute(_query(build_id, window)).all())
    by_name = dict(zip(_NAMES, zip(*rows, strict=True), strict=True)) if rows else {}
    return _Columns(
        ids=np.array(by_name.get("id", ()), dtype=np.int64),
        loyal=np.array(by_name.get("loyal", ()), dtype=np.bool_),
        attributes={name: np.array(by_name.get(name, ()), dtype=np.str_) for name in ATTRIBUTES},
        # An answer that was not given comes as None and becomes NaN.
        ticked={name: np.array(by_name.get(name, ()), dtype=np.float64) for name in TICKED},
    )


_NAMES = ("received_at", "customer_id", "id", "loyal", *ATTRIBUTES, *TICKED)
_Row = sa.Row[*tuple[object, ...]]


def _query(
    build_id: int | None, window: tuple[datetime | None, datetime | None]
) -> sa.Select[*tuple[object, ...]]:
    """One row a customer, whichever of a build's betas they are in."""
    received = col(FeedbackRow.received_at)
    place = func.row_number().over(
        partition_by=col(ParticipantRow.customer_id), order_by=(received, col(FeedbackRow.id))
    )
    first = (
        sa.select(
            *(getattr(FeedbackRow, name) for name in ("received_at", "id", *TICKED)),
            *(getattr(ParticipantRow, name) for name in ("customer_id", "loyal", *ATTRIBUTES)),
            place.label("place"),
        )
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .where(col(FeedbackRow.build_id) == build_id, col(FeedbackRow.valid), is_taking_part())
        .subquery()
    )
    # The moment is only compared with its neighbours: making a time of it would cost most of all.
    moment = sa.type_coerce(first.c.received_at, sa.types.NullType())
    chosen = sa.select(moment, *(first.c[name] for name in _NAMES[1:])).where(first.c.place == 1)
    since, until = window
    if since is not None:
        chosen = chosen.where(first.c.received_at > since)
    if until is not None:
        chosen = chosen.where(first.c.received_at <= until)
    return chosen.order_by(first.c.received_at)


def _in_order(rows: Sequence[_Row]) -> list[_Row]:
    """By receipt; what came at the same moment by the digest of the customer's number."""
    ordered: list[_Row] = []
    for _, together in groupby(rows, key=lambda row: row[0]):
        same = list(together)
        ordered += sorted(same, key=_digest) if len(same) > 1 else same
    return ordered


def _digest(row: _Row) -> bytes:
    return sha256(str(row[1]).encode()).digest()


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
    """People invited to the betas in which this build is tested, or was and gave answers."""
    tested = (
        select(ParticipantRow.activity_id)
        .join(FeedbackRow, col(FeedbackRow.participant_id) == ParticipantRow.id)
        .where(FeedbackRow.build_id == build_id)
    )
    query = (
        select(func.count(func.distinct(ParticipantRow.customer_id)))
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .join(FunnelEventRow, col(FunnelEventRow.participant_id) == ParticipantRow.id)
        .where(FunnelEventRow.step == Step.INVITED)
        .where(sa.or_(col(ActivityRow.build_id) == build_id, col(ActivityRow.id).in_(tested)))
    )
    return session.exec(query).one()
