"""Meetings of a focus group, with attributed remarks and the customers' ideas."""

from sqlmodel import Field

from casework.meetings import Idea, Meeting, Remark
from casework.sentiment import Reading
from db.table import Table


class MeetingRow(Meeting, Table, table=True):
    """A meeting of one focus group."""

    __tablename__ = "meeting"
    activity_id: int = Field(foreign_key="activity.id", index=True)


class RemarkRow(Remark, Table, table=True):
    """One remark by one participant."""

    __tablename__ = "remark"
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    participant_id: int = Field(foreign_key="participant.id", index=True)
    reading: Reading


class IdeaRow(Idea, Table, table=True):
    """An idea, credited to the participant who had it."""

    __tablename__ = "idea"
    study_id: int = Field(foreign_key="study.id", index=True)
    participant_id: int = Field(foreign_key="participant.id", index=True)
