"""Studies."""

from sqlmodel import Field

from casework.studies import Study
from db.table import Table


class StudyRow(Study, Table, table=True):
    """A study; `slug` names it in addresses and commands."""

    __tablename__ = "study"
    slug: str = Field(unique=True, index=True)
