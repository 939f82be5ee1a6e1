"""The texts of letters as this studio words them: every save is a version, and all stay."""

from datetime import datetime

from sqlmodel import Field, Session, col, select

from casework import roles
from casework.errors import Invalid
from casework.messages.first_texts import FIRST
from casework.messages.templates import Template, TemplateName, check
from casework.record import Moment
from casework.roles import Act, Actor
from db import audit
from db.table import Table


class MessageTemplateRow(Table, table=True):
    """One version of a text; the latest is used."""

    __tablename__ = "message_template"
    name: str = Field(index=True)
    version: int
    subject: str
    body: str
    saved_at: Moment
    saved_by: str


def current(session: Session, name: TemplateName) -> Template:
    """The text in force: the latest version, or the one Casework brings along."""
    found = versions(session, name)
    return found[0] if found else FIRST[name]


def versions(session: Session, name: TemplateName) -> list[Template]:
    """Every saved version of a text, newest first."""
    query = select(MessageTemplateRow).where(MessageTemplateRow.name == name.value)
    return [
        Template(name=name, version=row.version, subject=row.subject, body=row.body)
        for row in session.exec(query.order_by(col(MessageTemplateRow.version).desc()))
    ]


def drafted(name: TemplateName, subject: str, body: str) -> Template:
    """A text from what somebody typed, checked. Raises: Invalid saying what to mend."""
    try:
        template = Template(name=name, subject=subject, body=body)
    except ValueError as wrong:
        raise Invalid(
            "Give the letter a subject of at most 200 characters and a text of at most 20,000."
        ) from wrong
    check(template)
    return template


def save(session: Session, actor: Actor, draft: Template, *, now: datetime) -> Template:
    """Use this text from now on; letters written before keep theirs. The same again is no version.

    Raises:
        Invalid: for a text with a wrong or missing placeholder.
    """
    roles.require(actor, Act.TEND_OUTBOX)
    check(draft)
    before = current(session, draft.name)
    if (before.subject, before.body) == (draft.subject, draft.body):
        return before
    kept = draft.model_copy(update={"version": before.version + 1})
    row = MessageTemplateRow(
        name=kept.name.value,
        version=kept.version,
        subject=kept.subject,
        body=kept.body,
        saved_at=now,
        saved_by=actor.name,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "save letter text", kept.reference, now=now)
    return kept
