"""Builds, what testers on each platform get of them, and their release to a beta."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework.builds import (
    Artifact,
    Build,
    Platform,
    link,
    offered_to,
    require_file_platform,
)
from casework.errors import Closed, Invalid, NotFound
from casework.funnel import ActivityKind
from casework.roles import Act, Actor, require
from casework.visits import is_open
from db import audit
from db.activities import ActivityRow
from db.participants import ParticipantRow, activity_of
from db.storage import Stored
from db.studies import StudyRow
from db.table import Table, change


class BuildRow(Build, Table, table=True):
    """One version under test in a study."""

    __tablename__ = "build"
    __table_args__ = (sa.UniqueConstraint("study_id", "version"),)
    study_id: int = Field(foreign_key="study.id", index=True)


class ArtifactRow(Artifact, Table, table=True):
    """What one platform gets of a build."""

    __tablename__ = "artifact"
    __table_args__ = (sa.UniqueConstraint("build_id", "platform"),)
    build_id: int = Field(foreign_key="build.id", index=True)


def add_build(
    session: Session, actor: Actor, study: StudyRow, build: Build, *, now: datetime
) -> BuildRow:
    """Add a version to a study. Raises: Invalid when the study has this version already."""
    require(actor, Act.RELEASE_BUILD)
    if any(row.version == build.version for row in of_study(session, study.id)):
        raise Invalid(f"Version {build.version} is there already: give this one its own number.")
    row = BuildRow.model_validate(build, update={"study_id": study.id})
    session.add(row)
    session.flush()
    _note(session, actor, "add build", row, now=now, detail=row.version)
    return row


def attach_file(
    session: Session,
    actor: Actor,
    build: BuildRow,
    platform: Platform,
    stored: Stored,
    *,
    now: datetime,
) -> ArtifactRow:
    """Give one platform a stored file. Raises: Invalid where it takes none or has one released."""
    require(actor, Act.RELEASE_BUILD)
    require_file_platform(platform)
    return _attach(
        session, actor, build, Artifact(platform=platform, **stored.model_dump()), now=now
    )


def attach_link(
    session: Session, actor: Actor, build: BuildRow, platform: Platform, url: str, *, now: datetime
) -> ArtifactRow:
    """Give one platform a link-out. Raises: Invalid for http, or where one is released."""
    require(actor, Act.RELEASE_BUILD)
    return _attach(session, actor, build, link(platform, url), now=now)


def _attach(
    session: Session, actor: Actor, build: BuildRow, artifact: Artifact, *, now: datetime
) -> ArtifactRow:
    before = next(
        (a for a in artifacts_of(session, build.id) if a.platform is artifact.platform), None
    )
    if before is not None and was_released(session, build.id):
        raise Invalid(
            f"Testers have {build.version} for {artifact.platform.label} already. "
            "What they test must stay the same: add a new version."
        )
    row = before or ArtifactRow.model_validate(artifact, update={"build_id": build.id})
    if before is not None:
        change(before, **artifact.model_dump())
    session.add(row)
    session.flush()
    _note(session, actor, "attach", build, now=now, detail=artifact.platform.value)
    return row


def release(
    session: Session, actor: Actor, activity: ActivityRow, build: BuildRow, *, now: datetime
) -> None:
    """Give this build to a beta's testers from now on.

    Raises:
        Invalid: for a focus group, another study's build, or a build nobody can download.
        Closed: when the beta has ended.
    """
    require(actor, Act.RELEASE_BUILD)
    _require_releasable(session, activity, build, now)
    change(activity, build_id=build.id)
    session.add(activity)
    session.flush()
    _note(session, actor, RELEASED, build, now=now, detail=f"activity {activity.id}")


RELEASED = "release build"


def _require_releasable(
    session: Session, activity: ActivityRow, build: BuildRow, now: datetime
) -> None:
    if activity.kind is not ActivityKind.BETA:
        raise Invalid("A focus group meets and plays together: release the build to a beta.")
    if activity.study_id != build.study_id:
        raise Invalid("This build belongs to another study. Choose one of this study's builds.")
    if not artifacts_of(session, build.id):
        raise Invalid(
            f"Give {build.version} a file or a link first, so that testers get something."
        )
    if not is_open(activity, now):
        raise Closed(f"“{activity.name}” has ended: plan another beta for this build.")


def _note(
    session: Session, actor: Actor, act: str, build: BuildRow, *, now: datetime, detail: str
) -> None:
    audit.record(
        session, actor, act, f"build {build.id}", now=now, study_id=build.study_id, detail=detail
    )


def get(session: Session, build_id: int) -> BuildRow:
    """One build. Raises: NotFound."""
    row = session.get(BuildRow, build_id)
    if row is None:
        raise NotFound("There is no such build. Choose one from the list.")
    return row


def of_study(session: Session, study_id: int | None) -> list[BuildRow]:
    """A study's builds, newest first."""
    query = select(BuildRow).where(BuildRow.study_id == study_id).order_by(col(BuildRow.id).desc())
    return list(session.exec(query))


def artifacts_of(session: Session, build_id: int | None) -> list[ArtifactRow]:
    """What a build offers, in the order it was attached."""
    query = (
        select(ArtifactRow).where(ArtifactRow.build_id == build_id).order_by(col(ArtifactRow.id))
    )
    return list(session.exec(query))


def released_to(session: Session, build_id: int | None) -> list[ActivityRow]:
    """The betas whose testers get this build now."""
    query = (
        select(ActivityRow).where(ActivityRow.build_id == build_id).order_by(col(ActivityRow.id))
    )
    return list(session.exec(query))


def was_released(session: Session, build_id: int | None) -> bool:
    """Whether any beta ever got this build, also one that has moved on."""
    query = select(audit.AuditRow.id).where(
        audit.AuditRow.act == RELEASED, audit.AuditRow.subject == f"build {build_id}"
    )
    return session.exec(query).first() is not None


def artifacts_for(session: Session, participant: ParticipantRow) -> list[ArtifactRow]:
    """What a tester may get now: the released build for their platform and for the web.

    Somebody whose platform is unknown chooses among all.
    """
    build_id = activity_of(session, participant).build_id
    offered = offered_to(participant.platform)
    return [row for row in artifacts_of(session, build_id) if row.platform in offered]
