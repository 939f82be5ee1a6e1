"""Alerts on a verdict: who hears of it, and what was known when it was last looked at."""

import sqlalchemy as sa
from sqlmodel import Field

from casework.alerts import Addressee, Seen
from casework.record import Moment
from db.table import Table


class AddresseeRow(Addressee, Table, table=True):
    """Who hears of a study's alerts; the latest row counts."""

    __tablename__ = "alert_addressee"
    study_id: int = Field(foreign_key="study.id", index=True)


class SeenRow(Seen, Table, table=True):
    """What was last seen of one attempt; `mark` tells cheaply whether anything has come since.

    `told` counts the alerts, so that each has a key of its own.
    """

    __tablename__ = "verdict_seen"
    __table_args__ = (sa.UniqueConstraint("study_id", "build", "version"),)
    study_id: int = Field(foreign_key="study.id", index=True)
    build: str
    version: int
    mark: str
    told: int = 0
    looked_at: Moment
