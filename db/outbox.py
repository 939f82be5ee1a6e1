"""The outbox: every letter from being written to having left, kept with what was sent."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, select

from casework.messages import Message, PostState, address_problem
from casework.messages.caps import LetterCap
from casework.record import Moment
from db.customers import CustomerRow
from db.table import Table


class OutboxRow(Message, Table, table=True):
    """A letter with where it stands; `key` says what it is for, so that it is written once.

    Whoever sends it holds it by `lease_token` until `leased_until`.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (sa.Index("ix_outbox_message_state_due_at", "state", "due_at"),)
    key: str = Field(unique=True)
    state: PostState = PostState.QUEUED
    queued_at: Moment
    due_at: Moment | None = None
    attempts: int = 0
    lease_token: str | None = None
    leased_until: Moment | None = None
    sent_at: Moment | None = None
    reason: str = ""
    customer_id: int | None = Field(default=None, foreign_key="customer.id", index=True)
    participant_id: int | None = Field(default=None, foreign_key="participant.id", index=True)
    study_id: int | None = Field(default=None, foreign_key="study.id", index=True)


class MessageTemplateRow(Table, table=True):
    """One version of the text of a kind of letter; the latest is used, earlier ones stay."""

    __tablename__ = "message_template"
    name: str = Field(index=True)
    version: int
    subject: str
    body: str
    saved_at: Moment
    saved_by: str


class LetterCapRow(LetterCap, Table, table=True):
    """One version of how many letters one person may get; the latest counts."""

    __tablename__ = "letter_cap"
    set_at: Moment
    set_by: str


def enqueue(
    session: Session,
    message: Message,
    *,
    key: str,
    now: datetime,
    due_at: datetime | None = None,
) -> OutboxRow:
    """Put a letter into the outbox; the same key again returns the letter that is there.

    `key` names what the letter is for, such as "invitation 7"; `due_at` is the first moment it
    may leave, at once by default. A letter that may not be sent is kept too, with its reason.
    """
    written = session.exec(select(OutboxRow).where(OutboxRow.key == key)).first()
    if written is not None:
        return written
    standing: dict[str, object] = {"key": key, "queued_at": now, "due_at": due_at or now}
    stopped = _why_stopped(session, message)
    if stopped is not None:
        standing |= {"state": stopped[0], "reason": stopped[1], "due_at": None}
    row = OutboxRow.model_validate(message, update=standing)
    session.add(row)
    session.flush()
    return row


def _why_stopped(session: Session, message: Message) -> tuple[PostState, str] | None:
    customer = session.get(CustomerRow, message.customer_id) if message.customer_id else None
    if customer is not None and (customer.opted_out_at or not customer.may_contact):
        return PostState.DROPPED, "They asked to be left alone."
    problem = address_problem(message.email)
    return None if problem is None else (PostState.HELD, problem)
