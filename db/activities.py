"""Focus groups and betas of a study."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework import roles
from casework.activities import Activity, check_seats
from casework.errors import Closed, Invalid, NotFound
from casework.roles import Act, Actor
from casework.visits import is_open
from db import audit
from db.studies import StudyRow
from db.table import Table


class ActivityRow(Activity, Table, table=True):
    """An activity; a beta's `build_id` is what its testers get now."""

    __tablename__ = "activity"
    __table_args__ = (sa.UniqueConstraint("study_id", "name"),)
    study_id: int = Field(foreign_key="study.id", index=True)
    build_id: int | None = Field(default=None, foreign_key="build.id", index=True)


def open_activity(
    session: Session, actor: Actor, study: StudyRow, activity: Activity, *, now: datetime
) -> ActivityRow:
    """Plan a focus group or a beta of a study.

    Raises:
        Invalid: outside the seats of a focus group, or for a name the study has already.
        Closed: when it would be over before it began.
    """
    roles.require(actor, Act.RECRUIT)
    check_seats(activity.kind, activity.seats)
    if not is_open(activity, now):
        raise Closed("This activity would be over already. Choose an end that is still to come.")
    if any(other.name.casefold() == activity.name.casefold() for other in of_study(session, study)):
        raise Invalid(f"This study already has an activity “{activity.name}”. Choose another name.")
    row = ActivityRow.model_validate(activity, update={"study_id": study.id})
    session.add(row)
    session.flush()
    audit.record(session, actor, "open activity", f"activity {row.id}", now=now, study_id=study.id)
    return row


def get(session: Session, activity_id: int | None) -> ActivityRow:
    """One activity. Raises: NotFound."""
    row = session.get(ActivityRow, activity_id) if activity_id is not None else None
    if row is None:
        raise NotFound("There is no such activity. Choose one from the list.")
    return row


def of_study(session: Session, study: StudyRow) -> list[ActivityRow]:
    """The activities of a study, in the order they were planned."""
    query = (
        select(ActivityRow).where(ActivityRow.study_id == study.id).order_by(col(ActivityRow.id))
    )
    return list(session.exec(query))
