"""The audit trail: added to by every act, never changed."""

from datetime import datetime

from sqlmodel import Field, Session, col, select

from casework.audit import AuditEvent
from casework.roles import Actor
from db.table import Table


class AuditRow(AuditEvent, Table, table=True):
    """One line of the trail."""

    __tablename__ = "audit_event"
    study_id: int | None = Field(default=None, foreign_key="study.id", index=True)


def record(
    session: Session,
    actor: Actor,
    act: str,
    subject: str,
    *,
    now: datetime,
    study_id: int | None = None,
    detail: str = "",
) -> None:
    """Add one line. `subject` names things by kind and id, such as "build 3"; never a person."""
    event = AuditEvent(at=now, actor=actor.name, act=act, subject=subject, detail=detail)
    session.add(AuditRow.model_validate(event, update={"study_id": study_id}))


def of_study(session: Session, study_id: int) -> list[AuditRow]:
    """The trail of a study, oldest first."""
    query = select(AuditRow).where(AuditRow.study_id == study_id).order_by(col(AuditRow.id))
    return list(session.exec(query))
