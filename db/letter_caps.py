"""How many letters one person may get, in versions."""

from datetime import datetime

from sqlmodel import Session

from casework import roles
from casework.messages import LetterCap
from casework.record import Moment
from casework.roles import Act, Actor
from db import audit, rule_versions
from db.table import Table


class LetterCapRow(LetterCap, Table, table=True):
    """One version; the latest counts."""

    __tablename__ = "letter_cap"
    set_at: Moment
    set_by: str


def current(session: Session) -> LetterCap:
    """The limit in force: the latest version, or the tool's own where nobody set one."""
    return rule_versions.current(session, LetterCapRow, LetterCap)


def set_cap(session: Session, actor: Actor, wanted: LetterCap, *, now: datetime) -> None:
    """Let this limit count from now on; the same one again changes nothing."""
    roles.require(actor, Act.TEND_OUTBOX)
    version = rule_versions.add(session, actor, LetterCapRow, wanted, now=now)
    if version is None:
        return
    subject = f"letter cap {version}"
    audit.record(session, actor, "set letter cap", subject, now=now, detail=wanted.sentence)
