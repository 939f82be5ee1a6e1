"""What stops a letter at the moment it would leave: much may have happened since it was written."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from casework.funnel import ActivityKind, Step
from casework.messages import MessageKind, PostState, address_problem, free_again
from casework.messages.links import PERSONAL, needs
from casework.messages.wording import plain_date
from casework.visits import is_open
from db import invitations, letter_caps, outbox, participants
from db.customers import CustomerRow
from db.outbox import OutboxRow
from db.table import change

ASKING = frozenset({MessageKind.INVITATION, MessageKind.REMINDER})
_NOT_SAID = frozenset({Step.INVITED, Step.OPENED})
_GOT_IT = frozenset({Step.ACCEPTED, Step.LINK_OPENED, Step.DOWNLOADED, Step.LAUNCHED})
REMINDED = {
    ActivityKind.FOCUS_GROUP: _NOT_SAID,
    ActivityKind.BETA: _NOT_SAID | _GOT_IT,
}
"""Who has not done yet what a reminder asks for; after a yes to a group the next step is ours."""


class Stop(NamedTuple):
    """Why a letter does not leave now; with `due_at` it is looked at again then."""

    state: PostState
    reason: str
    due_at: datetime | None = None


def stop_of(
    session: Session, row: OutboxRow, *, secret: str, base_url: str, now: datetime
) -> Stop | None:
    """What keeps a letter from leaving now; None when nothing does.

    The customer's row is held until the end of the transaction, so that two senders never count
    the same person's letters at the same time. The letter goes to the address they have now.
    """
    customer = _held(session, row.customer_id)
    if customer is not None and customer.email is not None and customer.email != row.email:
        change(row, email=customer.email)
    stopped = _by_the_customer(customer) or _by_the_address(row)
    stopped = stopped or _by_the_funnel(session, row, now)
    if stopped is None and needs(row.body, PERSONAL) and row.participant_id is not None:
        link = invitations.link_in_force(
            session, row.participant_id, secret=secret, base_url=base_url, now=now
        )
        if link is None:
            stopped = Stop(PostState.DROPPED, "Its personal link was replaced by another one.")
    return stopped or _by_the_cap(session, row, now)


def _held(session: Session, customer_id: int | None) -> CustomerRow | None:
    if customer_id is None:
        return None
    return session.get(CustomerRow, customer_id, populate_existing=True, with_for_update=True)


def _by_the_customer(customer: CustomerRow | None) -> Stop | None:
    if customer is None:
        return None
    if customer.left_alone:
        return Stop(PostState.DROPPED, outbox.LEFT_ALONE)
    if customer.bounced and customer.bounced_at is not None:
        since = plain_date(customer.bounced_at)
        reason = f"A letter to this address came back on {since}. Mend it, then try again."
        return Stop(PostState.HELD, reason)
    return None


def _by_the_address(row: OutboxRow) -> Stop | None:
    problem = address_problem(row.email)
    return None if problem is None else Stop(PostState.HELD, problem)


def _by_the_funnel(session: Session, row: OutboxRow, now: datetime) -> Stop | None:
    if row.participant_id is None:
        return None
    participant = participants.get(session, row.participant_id)
    if participant.step is Step.WITHDRAWN:
        return Stop(PostState.DROPPED, "They have withdrawn.")
    if row.kind not in ASKING:
        return None
    activity = participants.activity_of(session, participant)
    if not is_open(activity, now):
        return Stop(PostState.DROPPED, "The activity has ended.")
    done = row.kind is MessageKind.REMINDER and participant.step not in REMINDED[activity.kind]
    if done or participant.step in invitations.GONE:
        return Stop(PostState.DROPPED, f"They are “{participant.step.label.lower()}” meanwhile.")
    return None


def _by_the_cap(session: Session, row: OutboxRow, now: datetime) -> Stop | None:
    if not row.kind.capped or row.customer_id is None:
        return None
    limit = letter_caps.current(session)
    gone = _lately(session, row, now - limit.window)
    reminders = [at for kind, at in gone if kind is MessageKind.REMINDER]
    free = [free_again([at for _, at in gone], limit.letters, limit.window)]
    if row.kind is MessageKind.REMINDER:
        free.append(free_again(reminders, limit.reminders, limit.window))
    due_at = max((at for at in free if at is not None), default=None)
    if due_at is None:
        return None
    reason = f"{limit.sentence} It leaves on {plain_date(due_at)}."
    return Stop(PostState.HELD, reason, due_at)


def _lately(
    session: Session, row: OutboxRow, since: datetime
) -> list[tuple[MessageKind, datetime]]:
    """What else this customer got since then by whatever way, and what is on its way to them."""
    gone = (PostState.SENT, PostState.HANDED_OVER, PostState.SENDING)
    query = select(OutboxRow.kind, OutboxRow.sent_at, OutboxRow.leased_until).where(
        OutboxRow.customer_id == row.customer_id,
        OutboxRow.id != row.id,
        col(OutboxRow.kind).in_(ASKING),
        col(OutboxRow.state).in_(gone),
    )
    found = [(MessageKind(kind), sent or leased) for kind, sent, leased in session.exec(query)]
    return [(kind, at) for kind, at in found if at is not None and at > since]
