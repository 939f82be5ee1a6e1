"""Registered launch criteria: never edited, only followed by another version."""

import sqlalchemy as sa
from sqlmodel import Field

from casework.criteria import Registration
from db.table import Table


class CriteriaRow(Registration, Table, table=True):
    """One registered version of a study's launch criteria for one build version."""

    __tablename__ = "criteria"
    __table_args__ = (sa.UniqueConstraint("study_id", "version"),)
    study_id: int = Field(foreign_key="study.id", index=True)
    build: str
    registered_by: str
