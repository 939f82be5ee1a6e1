"""Testers' answers, each with the reading of its text."""

import sqlalchemy as sa
from sqlmodel import Field

from casework.feedback import Feedback
from casework.sentiment import Reading
from db.table import Table


class FeedbackRow(Feedback, Table, table=True):
    """One version of one participant's answer about one build.

    `polarity` is the reading's, copied so that a verdict reads numbers and never texts; None where
    the text holds no evidence.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        sa.UniqueConstraint("participant_id", "build_id", "version"),
        sa.Index("ix_feedback_build_id_received_at", "build_id", "received_at"),
    )
    participant_id: int = Field(foreign_key="participant.id", index=True)
    build_id: int = Field(foreign_key="build.id")
    reading: Reading | None = None
    polarity: float | None = None
    offence: bool = False


class DraftRow(Table, table=True):
    """What a participant has typed but not sent; survives a reload."""

    __tablename__ = "draft"
    __table_args__ = (sa.UniqueConstraint("participant_id", "build_id"),)
    participant_id: int = Field(foreign_key="participant.id", index=True)
    build_id: int = Field(foreign_key="build.id")
    values: dict[str, str | int | bool | None]
