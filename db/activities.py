"""Focus groups and betas of a study."""

import sqlalchemy as sa
from sqlmodel import Field

from casework.activities import Activity
from db.table import Table


class ActivityRow(Activity, Table, table=True):
    """An activity; a beta's `build_id` is what its testers get now."""

    __tablename__ = "activity"
    __table_args__ = (sa.UniqueConstraint("study_id", "name"),)
    study_id: int = Field(foreign_key="study.id", index=True)
    build_id: int | None = Field(default=None, foreign_key="build.id", index=True)
