"""Leaving an activity: everything that follows at once when somebody declines or withdraws."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select

from casework.funnel import Step
from casework.messages import PostState
from casework.roles import Actor, Role
from db import opt_outs, participants, reserves, screeners
from db.customers import CustomerRow
from db.feedback import DraftRow
from db.outbox import OutboxRow
from db.participants import ParticipantRow

BY_LETTER = "a customer, by the link in a letter"
WAITING = (PostState.QUEUED, PostState.HELD, PostState.FAILED)


def withdraw(session: Session, actor: Actor, participant: ParticipantRow, *, now: datetime) -> None:
    """Stop taking part, at once and everywhere.

    Answers and remarks leave the evidence and are not quoted from now on; what was typed and not
    sent, and what the screener was told, is deleted; letters that wait are dropped; downloads end;
    a reserve is seated. The trail of steps stays, and so do verdicts that were signed before.
    """
    participants.withdraw(session, actor, participant, now=now)
    session.execute(delete(DraftRow).where(col(DraftRow.participant_id) == participant.id))
    screeners.forget(session, participant)
    drop_letters(session, participant)
    free_seat(session, participant, now)


def decline(
    session: Session,
    actor: Actor,
    participant: ParticipantRow,
    *,
    reason: str = "",
    leave_alone: bool = False,
    now: datetime,
) -> None:
    """Say no, also after a yes: letters that wait are dropped and a reserve is seated.

    With `leave_alone` they are never written to again, as by the link in a letter.
    """
    participants.decline(session, actor, participant, reason=reason, now=now)
    drop_letters(session, participant)
    if leave_alone:
        customer = session.get_one(CustomerRow, participant.customer_id)
        opt_outs.opt_out(session, actor, customer, now=now)
    free_seat(session, participant, now)


def drop_letters(session: Session, participant: ParticipantRow) -> None:
    """Let no letter to this participant leave that has not left yet."""
    session.execute(
        sa.update(OutboxRow)
        .where(col(OutboxRow.participant_id) == participant.id)
        .where(col(OutboxRow.state).in_(WAITING))
        .values(state=PostState.DROPPED, due_at=None, reason="They take no part any more.")
    )
    session.flush()


def free_seat(session: Session, participant: ParticipantRow, now: datetime) -> None:
    """Give the seat somebody left to a reserve."""
    reserves.fill(session, participants.activity_of(session, participant), now=now)


def taken_part_in(session: Session, customer: CustomerRow) -> list[ParticipantRow]:
    """Every activity of this customer that they may still stop taking part in."""
    query = (
        select(ParticipantRow)
        .where(ParticipantRow.customer_id == customer.id)
        .where(col(ParticipantRow.step) != Step.WITHDRAWN)
        .order_by(col(ParticipantRow.id))
    )
    return list(session.exec(query))


def withdraw_everywhere(session: Session, customer: CustomerRow, *, now: datetime) -> int:
    """Stop by the link in a letter, in every activity at once; returns in how many."""
    taking_part = taken_part_in(session, customer)
    for participant in taking_part:
        oneself = Actor(role=Role.CUSTOMER, name=BY_LETTER, participant_id=participant.id)
        withdraw(session, oneself, participants.hold(session, participant.id), now=now)
    return len(taking_part)
