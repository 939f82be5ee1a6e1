"""Being left alone: a customer's own word, in force everywhere from the moment it is given."""

from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer
from sqlmodel import Session, col, select

from casework import roles
from casework.errors import NotFound
from casework.funnel import Step
from casework.roles import Act, Actor, Role
from db import audit, outbox, participants
from db.customers import CustomerRow
from db.participants import ParticipantRow
from db.table import change

BY_LINK = Actor(role=Role.CUSTOMER, name="a customer, by the link in a letter")
UNDECIDED = (Step.DRAWN, Step.INVITED, Step.OPENED)


def link_to(customer_id: int, *, secret: str, base_url: str) -> str:
    """The address in a letter by which its reader ends all letters; it never expires."""
    return f"{base_url.rstrip('/')}/o/{_signer(secret).dumps(customer_id)}"


def customer_of(session: Session, token: str, *, secret: str) -> CustomerRow:
    """Whose opt-out link this is. Raises: NotFound."""
    try:
        found = _signer(secret).loads(token)
    except BadSignature:
        found = None
    row = session.get(CustomerRow, found) if isinstance(found, int) else None
    if row is None:
        raise NotFound("We do not know this link. Please copy it whole from your letter.")
    return row


def opt_out(session: Session, actor: Actor, customer: CustomerRow, *, now: datetime) -> None:
    """Write to this customer never again; saying it twice changes nothing.

    What waits for them is dropped, a seat they have not taken is free, and no import takes it
    back. Whoever takes part goes on taking part, without letters.
    """
    roles.require(actor, Act.WITHDRAW)
    if customer.opted_out_at is not None:
        return
    outbox.drop_for(session, [customer.id or 0], outbox.LEFT_ALONE)
    change(customer, opted_out_at=now, may_contact=False)
    session.add(customer)
    for participant in _undecided(session, customer):
        participants.advance(
            session, participant, Step.DECLINED, now=now, detail="asked to be left alone"
        )
    session.flush()
    audit.record(session, actor, "opt out", f"customer {customer.id}", now=now)


def _undecided(session: Session, customer: CustomerRow) -> list[ParticipantRow]:
    query = select(ParticipantRow).where(
        ParticipantRow.customer_id == customer.id, col(ParticipantRow.step).in_(UNDECIDED)
    )
    return list(session.exec(query))


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="opt-out")
