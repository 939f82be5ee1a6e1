"""How long people are left in peace here, in versions."""

from datetime import datetime

from sqlmodel import Session

from casework import roles
from casework.contact_rule import ContactRule
from casework.record import Moment
from casework.roles import Act, Actor
from db import audit, rule_versions
from db.table import Table


class ContactRuleRow(ContactRule, Table, table=True):
    """One version; the latest counts."""

    __tablename__ = "contact_rule"
    set_at: Moment
    set_by: str


def current(session: Session) -> ContactRule:
    """The rule in force: the latest version, or the tool's own where nobody set one."""
    return rule_versions.current(session, ContactRuleRow, ContactRule)


def set_rule(session: Session, actor: Actor, wanted: ContactRule, *, now: datetime) -> None:
    """Let this rule count from now on; the same one again changes nothing."""
    roles.require(actor, Act.RECRUIT)
    version = rule_versions.add(session, actor, ContactRuleRow, wanted, now=now)
    if version is None:
        return
    subject = f"rule {version}"
    audit.record(
        session, actor, "set contact rule", subject, now=now, detail=wanted.model_dump_json()
    )
