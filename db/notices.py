"""Sending webhooks' notices the way letters are sent: claimed, called, marked."""

import secrets
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casework.messages import LEASE, PostState, is_last, pause
from casework.messages.refusals import Fate, Outcome
from casework.messages.signature import (
    EVENT_HEADER,
    KEY_HEADER,
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    sign,
)
from db import webhooks
from db.clock import now as now_
from db.engine import Database
from db.settings import settings
from db.table import change
from db.webhook_calls import call
from db.webhooks import NoticeRow

Clock = Callable[[], datetime]
MOST_AT_ONCE = 5


class Claimed(NamedTuple):
    """A notice that this sender alone may deliver."""

    notice_id: int
    token: str
    url: str
    secret: str
    event: str
    key: str
    body: bytes


def turn(database: Database) -> bool:
    """Tell webhooks some of what waits; whether there may be more."""
    tried = deliver(database, private_allowed=settings().private_webhooks)
    return tried.total() == MOST_AT_ONCE


def deliver(
    database: Database, *, private_allowed: bool, most: int = MOST_AT_ONCE, clock: Clock = now_
) -> Counter[Fate]:
    """Deliver up to `most` notices that are due, and count what became of them."""
    tally: Counter[Fate] = Counter()
    while tally.total() < most:
        with database() as session:
            claimed = claim(session, now=clock())
        if claimed is None:
            break
        headers = _headers(claimed, clock())
        outcome = call(claimed.url, claimed.body, headers, private_allowed=private_allowed)
        with database() as session:
            settle(session, claimed, outcome, now=clock())
        tally[outcome.fate] += 1
    return tally


def claim(session: Session, *, now: datetime) -> Claimed | None:
    """The next notice that is due, held for this sender until settled or the lease ends."""
    waiting = sa.and_(col(NoticeRow.state) == PostState.QUEUED, col(NoticeRow.due_at) <= now)
    left_over = sa.and_(
        col(NoticeRow.state) == PostState.SENDING, col(NoticeRow.leased_until) <= now
    )
    query = select(NoticeRow).where(sa.or_(waiting, left_over))
    query = query.order_by(col(NoticeRow.due_at), col(NoticeRow.id)).limit(1)
    row = session.exec(query.with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    hook, token = webhooks.get(session, row.webhook_id), secrets.token_hex(16)
    held = {"lease_token": token, "leased_until": now + LEASE, "attempts": row.attempts + 1}
    change(row, state=PostState.SENDING, due_at=None, **held)
    session.add(row)
    session.flush()
    return Claimed(
        row.id or 0, token, hook.url, hook.secret, row.event.value, row.key, row.body.encode()
    )


def _headers(claimed: Claimed, now: datetime) -> dict[str, str]:
    timestamp = int(now.timestamp())
    return {
        "Content-Type": "application/json",
        "User-Agent": "Casework",
        EVENT_HEADER: claimed.event,
        KEY_HEADER: claimed.key,
        TIMESTAMP_HEADER: str(timestamp),
        SIGNATURE_HEADER: sign(claimed.secret, timestamp, claimed.body),
    }


def settle(session: Session, claimed: Claimed, outcome: Outcome, *, now: datetime) -> bool:
    """Store what became of a claimed notice; False when the lease was over and another has it."""
    row = session.get(NoticeRow, claimed.notice_id, populate_existing=True, with_for_update=True)
    if row is None or row.lease_token != claimed.token or row.state is not PostState.SENDING:
        return False
    change(row, lease_token=None, leased_until=None, **_standing(row, outcome, now))
    session.add(row)
    session.flush()
    return True


def _standing(row: NoticeRow, outcome: Outcome, now: datetime) -> dict[str, object]:
    if outcome.fate is Fate.TAKEN:
        return {"state": PostState.SENT, "sent_at": now, "reason": ""}
    if outcome.fate is not Fate.LATER or is_last(row.attempts):
        return {"state": PostState.FAILED, "reason": outcome.reason}
    due_at = now + pause(f"{row.webhook_id} {row.key}", row.attempts)
    return {"state": PostState.QUEUED, "due_at": due_at, "reason": outcome.reason}
