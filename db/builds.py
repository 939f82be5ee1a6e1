"""Builds, what testers on each platform get, and the downloads."""

import sqlalchemy as sa
from sqlmodel import Field

from casework.builds import Artifact, Build
from db.table import Table


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
