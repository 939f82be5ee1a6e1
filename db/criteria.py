"""Registered launch criteria: never edited, only followed by another version."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, func, select

from casework import attempts as rule
from casework.attempts import Attempt, Version, Window
from casework.criteria import LaunchCriteria, Registration, canonical, digest
from casework.errors import Invalid
from casework.roles import Act, Actor, require
from db import audit
from db.builds import BuildRow
from db.feedback import FeedbackRow
from db.studies import StudyRow
from db.table import Table


class CriteriaRow(Registration, Table, table=True):
    """One registered version of a study's launch criteria for one build version."""

    __tablename__ = "criteria"
    __table_args__ = (sa.UniqueConstraint("study_id", "version"),)
    study_id: int = Field(foreign_key="study.id", index=True)
    build: str
    registered_by: str


def register(
    session: Session, actor: Actor, study: StudyRow, criteria: LaunchCriteria, *, now: datetime
) -> CriteriaRow:
    """Store the next version for good; the same criteria sent twice stay one version.

    Raises:
        Invalid: for another study's criteria, or a closing time that has passed.
    """
    require(actor, Act.REGISTER_CRITERIA)
    if criteria.study != study.slug:
        raise Invalid(f"These criteria are for “{criteria.study}”, not for “{study.slug}”.")
    # Two owners registering at once would both become one version: the study's row queues them.
    session.exec(select(StudyRow).where(StudyRow.id == study.id).with_for_update()).one()
    text = canonical(criteria)
    before = versions(session, study.id)
    latest = next((row for row in reversed(before) if row.build == criteria.build), None)
    if latest is not None and latest.text == text:
        return latest
    if criteria.closes_at <= now:
        raise Invalid("The closing time has passed. Choose one that leaves time to answer.")
    return _store(session, actor, study, criteria, len(before) + 1, now=now)


def _store(
    session: Session,
    actor: Actor,
    study: StudyRow,
    criteria: LaunchCriteria,
    version: int,
    *,
    now: datetime,
) -> CriteriaRow:
    text = canonical(criteria)
    stored = Registration(version=version, text=text, digest=digest(text), at=now)
    row = CriteriaRow.model_validate(
        stored.model_dump()
        | {"study_id": study.id, "build": criteria.build, "registered_by": actor.name}
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor,
        "register criteria",
        f"criteria {row.id}",
        now=now,
        study_id=study.id,
        detail=f"version {version}, build {criteria.build}, SHA-256 {row.digest}",
    )
    return row


def registration_of(row: CriteriaRow) -> Registration:
    """The version as the verdict reads it."""
    return Registration(version=row.version, text=row.text, digest=row.digest, at=row.at)


def versions(session: Session, study_id: int | None) -> list[CriteriaRow]:
    """Every version of a study, the first one first."""
    query = (
        select(CriteriaRow)
        .where(CriteriaRow.study_id == study_id)
        .order_by(col(CriteriaRow.version))
    )
    return list(session.exec(query))


def attempts(
    session: Session, study_id: int | None, build: str | None = None
) -> tuple[Attempt, ...]:
    """The attempts of a study, or of one build, in the order of registration."""
    known = [
        Version(build=row.build, registration=registration_of(row))
        for row in versions(session, study_id)
    ]
    ids = _builds(session, study_id)
    answers = {
        one.version: _received(session, ids.get(one.build), one) for one in rule.windows(known)
    }
    found = rule.attempts(known, _first_answers(session, ids), answers)
    return tuple(one for one in found if build in (None, one.build))


def attempt(session: Session, study: StudyRow, build_version: str | None = None) -> Attempt | None:
    """The current attempt for a build, or without one the study's newest; None without criteria."""
    of_build = attempts(session, study.id, build_version)
    return of_build[-1] if of_build else None


def answers_received(session: Session, study_id: int | None) -> dict[str, int]:
    """How many participants have answered about each build version, whenever they did."""
    query = (
        select(BuildRow.version, func.count(col(FeedbackRow.id)))
        .join(FeedbackRow, col(FeedbackRow.build_id) == BuildRow.id)
        .where(BuildRow.study_id == study_id, FeedbackRow.version == 1)
        .group_by(col(BuildRow.version))
    )
    return dict(session.exec(query).all())


def _builds(session: Session, study_id: int | None) -> dict[str, int]:
    query = select(BuildRow.version, BuildRow.id).where(BuildRow.study_id == study_id)
    return {version: row_id for version, row_id in session.exec(query) if row_id is not None}


def _first_answers(session: Session, ids: dict[str, int]) -> dict[str, datetime]:
    """When the first answer of all to each build came; one step in the index for each."""
    found = {
        version: session.scalar(
            select(func.min(FeedbackRow.received_at)).where(FeedbackRow.build_id == build_id)
        )
        for version, build_id in ids.items()
    }
    return {version: at for version, at in found.items() if at is not None}


def _received(session: Session, build_id: int | None, window: Window) -> int:
    """Participants whose first answer came within a window, counted by the database."""
    received = col(FeedbackRow.received_at)
    query = select(func.count(col(FeedbackRow.id))).where(
        FeedbackRow.build_id == build_id, FeedbackRow.version == 1, received > window.since
    )
    if window.until is not None:
        query = query.where(received <= window.until)
    return session.exec(query).one()
