"""Rules the studio sets for itself: whoever changes one adds a version; earlier ones stay."""

from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from casework.record import Record
from casework.roles import Actor
from db.table import Table

Rule = TypeVar("Rule", bound=Record)


def current(session: Session, versions: type[Table], rule: type[Rule]) -> Rule:
    """The rule in force: the latest version, or the tool's own where nobody set one."""
    row = session.exec(select(versions).order_by(col(versions.id).desc())).first()
    if row is None:
        return rule()
    return rule.model_validate(row.model_dump(include=set(rule.model_fields)))


def add(
    session: Session, actor: Actor, versions: type[Table], wanted: Rule, *, now: datetime
) -> int | None:
    """Let this rule count from now on, as the version returned; None for the one in force."""
    if wanted == current(session, versions, type(wanted)):
        return None
    row = versions.model_validate(wanted, update={"set_at": now, "set_by": actor.name})
    session.add(row)
    session.flush()
    return row.id
