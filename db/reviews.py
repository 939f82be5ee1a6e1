"""Reviews of a study's gates by a named person."""

from sqlmodel import Field

from casework.gates import GateReview
from db.table import Table


class GateReviewRow(GateReview, Table, table=True):
    """One review; it is never edited, only followed by another."""

    __tablename__ = "gate_review"
    study_id: int = Field(foreign_key="study.id", index=True)
