"""How long people are left in peace here: whoever changes it adds a version; earlier ones stay."""

from datetime import datetime

from sqlmodel import Session, col, select

from casework import roles
from casework.contact_rule import ContactRule
from casework.record import Moment
from casework.roles import Act, Actor
from db import audit
from db.table import Table


class ContactRuleRow(ContactRule, Table, table=True):
    """One version; the latest counts."""

    __tablename__ = "contact_rule"
    set_at: Moment
    set_by: str


def current(session: Session) -> ContactRule:
    """The rule in force: the latest version, or the tool's own where nobody set one."""
    row = session.exec(select(ContactRuleRow).order_by(col(ContactRuleRow.id).desc())).first()
    if row is None:
        return ContactRule()
    return ContactRule.model_validate(row.model_dump(include=set(ContactRule.model_fields)))


def set_rule(session: Session, actor: Actor, wanted: ContactRule, *, now: datetime) -> None:
    """Let this rule count from now on; the same one again changes nothing."""
    roles.require(actor, Act.RECRUIT)
    if wanted == current(session):
        return
    row = ContactRuleRow.model_validate(wanted, update={"set_at": now, "set_by": actor.name})
    session.add(row)
    session.flush()
    detail = wanted.model_dump_json()
    audit.record(session, actor, "set contact rule", f"rule {row.id}", now=now, detail=detail)
