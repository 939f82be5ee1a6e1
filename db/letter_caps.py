"""How many letters one person may get: whoever changes it adds a version; earlier ones stay."""

from datetime import datetime

from sqlmodel import Session, col, select

from casework import roles
from casework.messages import LetterCap
from casework.record import Moment
from casework.roles import Act, Actor
from db import audit
from db.table import Table


class LetterCapRow(LetterCap, Table, table=True):
    """One version; the latest counts."""

    __tablename__ = "letter_cap"
    set_at: Moment
    set_by: str


def current(session: Session) -> LetterCap:
    """The limit in force: the latest version, or the tool's own where nobody set one."""
    row = session.exec(select(LetterCapRow).order_by(col(LetterCapRow.id).desc())).first()
    if row is None:
        return LetterCap()
    return LetterCap.model_validate(row.model_dump(include=set(LetterCap.model_fields)))


def set_cap(session: Session, actor: Actor, wanted: LetterCap, *, now: datetime) -> None:
    """Let this limit count from now on; the same one again changes nothing."""
    roles.require(actor, Act.TEND_OUTBOX)
    if wanted == current(session):
        return
    row = LetterCapRow.model_validate(wanted, update={"set_at": now, "set_by": actor.name})
    session.add(row)
    session.flush()
    subject = f"letter cap {row.id}"
    audit.record(session, actor, "set letter cap", subject, now=now, detail=wanted.sentence)
