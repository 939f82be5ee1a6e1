"""The outbox: every letter from being written to having left, kept with what was sent."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework import roles
from casework.errors import Closed, NotFound
from casework.messages import RETRYABLE, Message, MessageKind, PostState, address_problem
from casework.record import Moment, Record
from casework.roles import Act, Actor
from db import audit
from db.customers import CustomerRow
from db.table import Table, change

UNSENT = (PostState.QUEUED, PostState.HELD)
LEFT_ALONE = "They asked to be left alone."


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
    if customer is not None and customer.left_alone:
        return PostState.DROPPED, LEFT_ALONE
    problem = address_problem(message.email)
    return None if problem is None else (PostState.HELD, problem)


class Search(Record):
    """Which letters to show; what is empty is not filtered by.

    `text` is sought in name, e-mail and subject.
    """

    states: tuple[PostState, ...] = ()
    kinds: tuple[MessageKind, ...] = ()
    text: str = ""


def counts(session: Session) -> dict[PostState, int]:
    """How many letters stand where; states without any are left out."""
    query = select(OutboxRow.state, sa.func.count(col(OutboxRow.id))).group_by(col(OutboxRow.state))
    found = {PostState(state): number for state, number in session.exec(query)}
    return {state: found[state] for state in PostState if state in found}


def letters(
    session: Session, actor: Actor, search: Search, *, most: int = 200
) -> Sequence[OutboxRow]:
    """The letters a search finds, newest first."""
    roles.require(actor, Act.TEND_OUTBOX)
    query = select(OutboxRow)
    if search.states:
        query = query.where(col(OutboxRow.state).in_(search.states))
    if search.kinds:
        query = query.where(col(OutboxRow.kind).in_(search.kinds))
    if text := search.text.strip():
        places = (OutboxRow.name, OutboxRow.email, OutboxRow.subject)
        found = (col(place).icontains(text, autoescape=True) for place in places)
        query = query.where(sa.or_(*found))
    return session.exec(query.order_by(col(OutboxRow.id).desc()).limit(most)).all()


def get(session: Session, actor: Actor, letter_id: int) -> OutboxRow:
    """One letter. Raises: NotFound."""
    roles.require(actor, Act.TEND_OUTBOX)
    row = session.get(OutboxRow, letter_id)
    if row is None:
        raise NotFound("There is no such letter in the outbox.")
    return row


def hold(session: Session, letter_id: int) -> OutboxRow:
    """One letter, kept to this transaction. Raises: NotFound.

    Whoever needs a letter and its customer holds the letter first; so no two wait for each other.
    """
    row = session.get(OutboxRow, letter_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound("There is no such letter in the outbox.")
    return row


def waiting(
    session: Session, participant_ids: Collection[int] | None = None
) -> Sequence[OutboxRow]:
    """The letters that would leave if they could, in their order; of these participants or all."""
    query = select(OutboxRow).where(col(OutboxRow.state) == PostState.QUEUED)
    if participant_ids is not None:
        query = query.where(col(OutboxRow.participant_id).in_(participant_ids))
    return session.exec(query.order_by(col(OutboxRow.id))).all()


def retry(session: Session, actor: Actor, letter_id: int, *, now: datetime) -> OutboxRow:
    """Put a letter back into the queue; whatever held it is looked at again when it leaves.

    A letter to an address that came back counts as mended: its customer's mark is taken away.

    Raises:
        Closed: for a letter that has left, waits already or was dropped for good.
    """
    roles.require(actor, Act.TEND_OUTBOX)
    row = hold(session, letter_id)
    if row.state not in RETRYABLE:
        raise Closed(f"This letter is “{row.state.label.lower()}”; there is nothing to try again.")
    customer = session.get(CustomerRow, row.customer_id) if row.customer_id else None
    if customer is not None and customer.bounced:
        change(customer, bounced_email=None, bounced_at=None)
        session.add(customer)
    change(row, state=PostState.QUEUED, due_at=now, attempts=0, reason="")
    session.add(row)
    session.flush()
    audit.record(session, actor, "retry letter", f"letter {row.id}", now=now, study_id=row.study_id)
    return row


def replace(session: Session, participant_id: int, kind: MessageKind) -> None:
    """Drop what waits of a kind for a participant, for a newer letter comes instead."""
    queued = select(OutboxRow).where(
        OutboxRow.participant_id == participant_id,
        OutboxRow.kind == kind,
        col(OutboxRow.state).in_(UNSENT),
    )
    _drop(session, session.exec(queued.with_for_update()).all(), "A newer letter replaces it.")


def drop_for(session: Session, customer_ids: Collection[int], reason: str) -> int:
    """Drop whatever waits for these customers; returns how many letters."""
    queued = select(OutboxRow).where(
        col(OutboxRow.customer_id).in_(customer_ids), col(OutboxRow.state).in_(UNSENT)
    )
    return _drop(session, session.exec(queued.with_for_update()).all(), reason)


def _drop(session: Session, rows: Sequence[OutboxRow], reason: str) -> int:
    for row in rows:
        change(row, state=PostState.DROPPED, due_at=None, reason=reason)
        session.add(row)
    session.flush()
    return len(rows)
