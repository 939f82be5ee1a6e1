"""Sending the outbox: claim a letter, hand it over, mark it; each step stored before the next.

A letter is claimed under a lease before it is handed over and marked afterwards, so that of several
senders one has it, and what a killed sender had claimed is sent by another when the lease is over.
One window cannot be closed: a sender killed after the mail server said yes and before that was
stored. The letter then goes out again, with the same Message-ID, by which its receiver can tell.
"""

import secrets
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from email.message import EmailMessage
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.errors import Invalid
from casework.funnel import Step
from casework.messages import LEASE, MessageKind, PostState, is_last, pause
from casework.messages.refusals import Fate, Outcome
from casework.record import Record
from db import mail, outbox, participants
from db.clock import now as now_
from db.customers import CustomerRow
from db.engine import Database
from db.outbox import OutboxRow
from db.post import Post, as_it_leaves, post_of, stamp, stopped
from db.settings import settings
from db.table import change

Clock = Callable[[], datetime]
MOST_AT_ONCE = 20
MOST_LOOKED_AT = 100
"""Letters that may turn out to be stopped in one transaction, so that it stays short."""

CAME_BACK = "the letter came back"


class Sent(Record):
    """What one round did: how many letters left, came to nothing, or wait for another try."""

    taken: int = 0
    refused: int = 0
    later: int = 0

    @property
    def tried(self) -> int:
        """How many letters were handed over or nearly so."""
        return self.taken + self.refused + self.later


class Claimed(NamedTuple):
    """A letter that this sender alone may hand over."""

    letter_id: int
    token: str
    email: EmailMessage


def turn(database: Database) -> bool:
    """Send some of what waits; whether there may be more. Raises: Invalid without a way out."""
    post = post_of(settings())
    return post.smtp_url is not None and send(database, post).tried == MOST_AT_ONCE


def send(database: Database, post: Post, *, most: int = MOST_AT_ONCE, clock: Clock = now_) -> Sent:
    """Send up to `most` letters that are due, one after the other over one connection.

    Raises:
        Invalid: when no mail server can be used; the letters go on waiting and say why.
    """
    if post.smtp_url is None:
        raise Invalid("There is no mail server. Set SMTP_URL, or download the letters.")
    parts, _ = mail.parse(post.smtp_url)
    with database() as session:
        if session.exec(_due(post, clock()).limit(1)).first() is None:
            return Sent()
    tally: Counter[Fate] = Counter()
    with ExitStack() as stack:
        try:
            server = stack.enter_context(mail.connected(parts))
        except Invalid as wrong:
            _note_trouble(database, post, str(wrong), clock())
            raise
        while tally.total() < most and server.sock is not None:
            with database() as session:
                claimed = claim(session, post, now=clock())
            if claimed is None:
                break
            outcome = mail.hand_over(server, claimed.email)
            with database() as session:
                settle(session, claimed, outcome, now=clock())
            tally[outcome.fate] += 1
    refused = tally[Fate.NEVER] + tally[Fate.BOUNCED]
    return Sent(taken=tally[Fate.TAKEN], refused=refused, later=tally[Fate.LATER])


def claim(session: Session, post: Post, *, now: datetime) -> Claimed | None:
    """The next letter that may leave, held for this sender until it is settled or the lease ends.

    Whatever may not leave is stored with its reason on the way.
    """
    for _ in range(MOST_LOOKED_AT):
        query = _due(post, now).limit(1).with_for_update(skip_locked=True)
        row = session.exec(query).first()
        if row is None:
            return None
        if _exhausted(session, row) or stopped(session, row, post, now=now):
            continue
        token = secrets.token_hex(16)
        held = {"lease_token": token, "leased_until": now + LEASE}
        change(row, state=PostState.SENDING, attempts=row.attempts + 1, due_at=None, **held)
        session.add(row)
        session.flush()
        return Claimed(row.id or 0, token, as_it_leaves(session, row, post, now=now))
    return None


def _due(post: Post, now: datetime) -> SelectOfScalar[OutboxRow]:
    waiting = sa.and_(col(OutboxRow.state).in_(outbox.UNSENT), col(OutboxRow.due_at) <= now)
    left_over = sa.and_(
        col(OutboxRow.state) == PostState.SENDING, col(OutboxRow.leased_until) <= now
    )
    query = select(OutboxRow).where(sa.or_(waiting, left_over))
    if post.customers_barred:
        query = query.where(col(OutboxRow.kind) == MessageKind.ALERT)
    return query.order_by(col(OutboxRow.due_at), col(OutboxRow.id))


def _exhausted(session: Session, row: OutboxRow) -> bool:
    """Whether senders died over this letter as often as any letter is tried."""
    if not is_last(row.attempts):
        return False
    change(row, state=PostState.FAILED, reason="It was begun several times and never finished.")
    session.add(row)
    session.flush()
    return True


def settle(session: Session, claimed: Claimed, outcome: Outcome, *, now: datetime) -> bool:
    """Store what became of a claimed letter; False when the lease was over and another has it."""
    row = outbox.hold(session, claimed.letter_id)
    if row.lease_token != claimed.token or row.state is not PostState.SENDING:
        return False
    change(row, lease_token=None, leased_until=None, **_standing(row, outcome, now))
    session.add(row)
    session.flush()
    if outcome.fate is Fate.TAKEN:
        stamp(session, [row], now=now)
    if outcome.fate is Fate.BOUNCED and row.customer_id is not None:
        _mark_bounce(session, row, now)
    return True


def _standing(row: OutboxRow, outcome: Outcome, now: datetime) -> dict[str, object]:
    if outcome.fate is Fate.TAKEN:
        return {"state": PostState.SENT, "sent_at": now, "reason": ""}
    if outcome.fate is Fate.BOUNCED and row.customer_id is not None:
        return {"state": PostState.BOUNCED, "reason": outcome.reason}
    if outcome.fate is not Fate.LATER or is_last(row.attempts):
        return {"state": PostState.FAILED, "reason": outcome.reason}
    due_at = now + pause(row.key, row.attempts)
    return {"state": PostState.QUEUED, "due_at": due_at, "reason": outcome.reason}


def _mark_bounce(session: Session, row: OutboxRow, now: datetime) -> None:
    """Remember the address, and free the seat of somebody who never heard of it."""
    customer = session.get_one(CustomerRow, row.customer_id)
    change(customer, bounced_email=row.email, bounced_at=now)
    session.add(customer)
    session.flush()
    if row.kind is MessageKind.INVITATION and row.participant_id is not None:
        participant = participants.get(session, row.participant_id)
        if participant.step is Step.INVITED:
            participants.advance(session, participant, Step.EXPIRED, now=now, detail=CAME_BACK)


def _note_trouble(database: Database, post: Post, reason: str, now: datetime) -> None:
    """Say on every letter that is due why it still waits; no attempt of theirs is used up."""
    with database() as session:
        for row in session.exec(_due(post, now)):
            if row.state is PostState.QUEUED and row.reason != reason:
                change(row, reason=reason[:300])
                session.add(row)
