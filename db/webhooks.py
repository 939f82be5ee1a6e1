"""Webhooks: who is told what happens, and every notice from being written to being taken."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework.messages import Event, PostState, WebhookFormat, event_of
from casework.messages.events import Payload, facts_of, write
from casework.record import Moment, Record
from db.table import Table


class WebhookRow(Table, table=True):
    """Another program that wants to know; `secret` signs what it is told."""

    __tablename__ = "webhook"
    url: str
    secret: str
    events: tuple[Event, ...]
    format: WebhookFormat
    made_at: Moment
    made_by: str
    stopped_at: Moment | None = None


class NoticeRow(Table, table=True):
    """One event on its way to one webhook; `body` is what is sent, the same at every attempt."""

    __tablename__ = "webhook_notice"
    __table_args__ = (
        sa.UniqueConstraint("webhook_id", "key"),
        sa.Index("ix_webhook_notice_state_due_at", "state", "due_at"),
    )
    webhook_id: int = Field(foreign_key="webhook.id", index=True)
    event: Event
    key: str
    body: str
    state: PostState = PostState.QUEUED
    queued_at: Moment
    due_at: Moment | None = None
    attempts: int = 0
    lease_token: str | None = None
    leased_until: Moment | None = None
    sent_at: Moment | None = None
    reason: str = ""


def publish(
    session: Session, event: str, payload: Record | Payload, *, key: str, now: datetime
) -> int:
    """Tell every webhook that listens to an event; returns how many will hear of it.

    `payload` holds plain facts without customers' names or words; a sentence under `text` is what
    Slack shows. `key` names what happened, such as "decision 7": the same key is told once.

    Raises:
        Invalid: for an unknown event or nested facts.
    """
    known, facts = event_of(event), facts_of(payload)
    listening = [row for row in subscriptions(session) if known in row.events]
    told = _told_before(session, key)
    for row in listening:
        if row.id not in told:
            body = write(known, facts, row.format, key=key, at=now)
            notice = {"webhook_id": row.id, "event": known, "key": key, "body": body}
            session.add(NoticeRow.model_validate(notice | {"queued_at": now, "due_at": now}))
    session.flush()
    return len(listening)


def _told_before(session: Session, key: str) -> set[int]:
    return set(session.exec(select(NoticeRow.webhook_id).where(NoticeRow.key == key)))


def subscriptions(session: Session) -> list[WebhookRow]:
    """The webhooks in force, oldest first."""
    query = select(WebhookRow).where(col(WebhookRow.stopped_at).is_(None))
    return list(session.exec(query.order_by(col(WebhookRow.id))))
