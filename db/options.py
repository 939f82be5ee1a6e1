"""The ways out of a verdict that the owner entered."""

from sqlmodel import Field

from casework.options import LaunchOption
from db.table import Table


class LaunchOptionRow(LaunchOption, Table, table=True):
    """An option of a study; the latest of each kind is the one in force."""

    __tablename__ = "launch_option"
    study_id: int = Field(foreign_key="study.id", index=True)
