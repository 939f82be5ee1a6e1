"""Letters on their way: an outbox, a way out for it, people to write to."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from pydantic import SecretStr
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from casework.messages import Message, MessageKind, PostState
from casework.messages.links import OPT_OUT
from db import outbox
from db.customers import CustomerRow
from db.engine import Database
from db.outbox import OutboxRow
from db.post import Post
from tests.betas import NOW

BASE = "https://studio.example"
SECRET = "a secret for tests, 32 characters or more"


def a_post(server: str | None = None, base_url: str = BASE) -> Post:
    """Letters leave by this server, from Nora."""
    url = f"smtp://{server}?from=nora@studio.example" if server else None
    return Post(smtp_url=url, base_url=base_url, secret=SecretStr(SECRET))


def database_of(engine: Engine) -> Database:
    """Units of work in this database, as a door gives them."""

    @contextmanager
    def opened() -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as session:
            yield session
            session.commit()

    def open_one() -> AbstractContextManager[Session]:
        return opened()

    return open_one


def a_letter(
    customer: CustomerRow,
    kind: MessageKind = MessageKind.THANKS,
    *,
    participant_id: int | None = None,
) -> Message:
    """A letter to a customer; a thank-you counts towards no limit."""
    return Message(
        kind=kind,
        name=customer.name,
        email=customer.email or "",
        subject=f"To {customer.name}",
        body=f"Hello {customer.name}\n\nEnough? {OPT_OUT}",
        customer_id=customer.id,
        participant_id=participant_id,
    )


def queue(
    session: Session,
    customer: CustomerRow,
    kind: MessageKind = MessageKind.THANKS,
    key: str = "",
    now: datetime = NOW,
) -> OutboxRow:
    """Put a letter to a customer into the outbox."""
    letter = a_letter(customer, kind)
    return outbox.enqueue(session, letter, key=key or f"{kind} {customer.id}", now=now)


def states(session: Session) -> list[PostState]:
    """Where every letter stands, in the order they were written."""
    session.expire_all()
    return [row.state for row in session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))]
