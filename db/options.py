"""The ways out of a verdict that the owner entered."""

from datetime import datetime

from sqlmodel import Field, Session, col, select

from casework.options import LaunchOption, OptionKind
from casework.roles import Act, Actor, require
from db import audit
from db.studies import StudyRow
from db.table import Table


class LaunchOptionRow(LaunchOption, Table, table=True):
    """An option of a study; the latest of each kind is the one in force."""

    __tablename__ = "launch_option"
    study_id: int = Field(foreign_key="study.id", index=True)


def enter(
    session: Session, actor: Actor, study: StudyRow, option: LaunchOption, *, now: datetime
) -> LaunchOptionRow:
    """Write down who would carry out an option, by when and at what cost; the latest counts."""
    require(actor, Act.PLAN_STUDY)
    facts = {"study_id": study.id, "entered_at": now}
    row = LaunchOptionRow.model_validate(option, update=facts)
    session.add(row)
    subject = f"option {option.kind.value}"
    audit.record(session, actor, "enter option", subject, now=now, study_id=study.id)
    return row


def of_study(session: Session, study_id: int | None) -> dict[OptionKind, LaunchOptionRow]:
    """The option of each kind in force."""
    query = select(LaunchOptionRow).where(LaunchOptionRow.study_id == study_id)
    rows = session.exec(query.order_by(col(LaunchOptionRow.id)))
    return {row.kind: row for row in rows}
