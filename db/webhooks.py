"""Webhooks: which programs are told what happens, and every notice on its way to them."""

import secrets
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework import roles
from casework.errors import Closed, Invalid, NotFound
from casework.messages import RETRYABLE, Event, PostState, WebhookFormat, event_of
from casework.messages.destinations import check_destination
from casework.messages.events import Payload, facts_of, write
from casework.record import Moment, Record
from casework.roles import Act, Actor
from db import audit
from db.table import Table, change

SECRET_BYTES = 32
SHORTEST_SECRET = 16


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
    hearing = [row for row in subscriptions(session) if known in row.events]
    told = _told_before(session, key) if hearing else set()
    for row in hearing:
        if row.id not in told:
            _queue(session, row, known, facts, key=key, now=now)
    session.flush()
    return len(hearing)


def listening(session: Session, event: Event) -> bool:
    """Whether anybody listens, for an event whose facts take some working out."""
    return any(event in row.events for row in subscriptions(session))


def _told_before(session: Session, key: str) -> set[int]:
    return set(session.exec(select(NoticeRow.webhook_id).where(NoticeRow.key == key)))


def _queue(
    session: Session, row: WebhookRow, event: Event, facts: Payload, *, key: str, now: datetime
) -> None:
    body = write(event, facts, row.format, key=key, at=now)
    notice = {"webhook_id": row.id, "event": event, "key": key, "body": body}
    session.add(NoticeRow.model_validate(notice | {"queued_at": now, "due_at": now}))


def subscriptions(session: Session) -> list[WebhookRow]:
    """The webhooks in force, oldest first."""
    query = select(WebhookRow).where(col(WebhookRow.stopped_at).is_(None))
    return list(session.exec(query.order_by(col(WebhookRow.id))))


def subscribe(
    session: Session,
    actor: Actor,
    url: str,
    events: Sequence[Event],
    form: WebhookFormat,
    *,
    secret: str = "",
    private_allowed: bool,
    now: datetime,
) -> WebhookRow:
    """Let an address hear of events from now on; without a secret of its own it is given one.

    Raises:
        Invalid: for an address that may not be called, no event, or a short secret.
    """
    roles.require(actor, Act.SET_WEBHOOKS)
    check_destination(url, private_allowed=private_allowed)
    if not events:
        raise Invalid("Choose at least one event to be told of.")
    if secret and len(secret) < SHORTEST_SECRET:
        raise Invalid(f"A secret has {SHORTEST_SECRET} characters or more. Leave it empty for one.")
    row = WebhookRow(
        url=url,
        secret=secret or secrets.token_urlsafe(SECRET_BYTES),
        events=tuple(events),
        format=form,
        made_at=now,
        made_by=actor.name,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "add webhook", f"webhook {row.id}", now=now)
    return row


def stop(session: Session, actor: Actor, webhook_id: int, *, now: datetime) -> None:
    """Tell this address nothing any more; what waits for it is dropped."""
    roles.require(actor, Act.SET_WEBHOOKS)
    row = get(session, webhook_id)
    row.stopped_at = row.stopped_at or now
    session.add(row)
    unsent = select(NoticeRow).where(
        NoticeRow.webhook_id == webhook_id, NoticeRow.state == PostState.QUEUED
    )
    for notice in session.exec(unsent):
        change(notice, state=PostState.DROPPED, due_at=None, reason="The webhook was stopped.")
        session.add(notice)
    session.flush()
    audit.record(session, actor, "stop webhook", f"webhook {webhook_id}", now=now)


def try_out(session: Session, actor: Actor, webhook_id: int, *, now: datetime) -> None:
    """Send a test notice, so that the receiver can be set up before anything happens."""
    roles.require(actor, Act.SET_WEBHOOKS)
    row = get(session, webhook_id)
    facts = {"text": "Casework can reach this address."}
    _queue(session, row, Event.TEST, facts, key=f"test {now.isoformat()}", now=now)
    session.flush()


def get(session: Session, webhook_id: int) -> WebhookRow:
    """One webhook. Raises: NotFound."""
    row = session.get(WebhookRow, webhook_id)
    if row is None:
        raise NotFound("There is no such webhook.")
    return row


def notices(session: Session, actor: Actor, *, most: int = 50) -> Sequence[NoticeRow]:
    """What webhooks were told lately, newest first."""
    roles.require(actor, Act.SET_WEBHOOKS)
    return session.exec(select(NoticeRow).order_by(col(NoticeRow.id).desc()).limit(most)).all()


def retry(session: Session, actor: Actor, notice_id: int, *, now: datetime) -> None:
    """Put a notice that failed back into the queue. Raises: NotFound, Closed."""
    roles.require(actor, Act.SET_WEBHOOKS)
    row = session.get(NoticeRow, notice_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound("There is no such notice.")
    if row.state not in RETRYABLE:
        raise Closed(f"This notice is “{row.state.label.lower()}”; there is nothing to try again.")
    change(row, state=PostState.QUEUED, due_at=now, attempts=0, reason="")
    session.add(row)
    session.flush()
