"""What participants were told about what they said."""

from sqlmodel import Field

from casework.replies import Reply
from db.table import Table


class ReplyRow(Reply, Table, table=True):
    """One published reply; shown on each participant's link."""

    __tablename__ = "reply"
    study_id: int = Field(foreign_key="study.id", index=True)
    idea_id: int | None = Field(default=None, foreign_key="idea.id", index=True)
