"""Letters on their way: an outbox, a way out for it, people to write to."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

from pydantic import SecretStr
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from casework.messages import Message, MessageKind, PostState
from casework.messages.links import OPT_OUT
from casework.messages.refusals import Fate, Outcome
from db import letters, outbox, sending
from db.customers import CustomerRow
from db.engine import Database
from db.outbox import OutboxRow
from db.participants import ParticipantRow
from db.post import Post
from db.table import change
from tests.betas import NOW, OWNER, a_study
from tests.recruits import an_activity_for, seat, some_customers

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


def three_asked(session: Session) -> list[ParticipantRow]:
    """Three people of a group, each with an invitation in the outbox."""
    group = an_activity_for(session, a_study(session))
    people = seat(session, group, *some_customers(session, 3))
    letters.invite(session, OWNER, people, POST, now=NOW)
    return people


def all_letters(session: Session) -> Sequence[OutboxRow]:
    """Every letter, in the order they were written."""
    return session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()


def let_go(session: Session, now: datetime) -> list[str]:
    """Everything that may leave leaves; returns the subjects."""
    gone = []
    while (claimed := sending.claim(session, POST, now=now)) is not None:
        sending.settle(session, claimed, Outcome(fate=Fate.TAKEN), now=now)
        gone.append(str(claimed.email["Subject"]))
    return gone


def people(database: Database, count: int, **changes: object) -> list[CustomerRow]:
    """New customers, all with the same changes."""
    with database() as session:
        rows = some_customers(session, count)
        for row in rows if changes else ():
            change(row, **changes)
            session.add(row)
        return rows


def queue_all(database: Database, rows: Sequence[CustomerRow]) -> None:
    """A letter to each of them."""
    with database() as session:
        for row in rows:
            queue(session, row)


def the_only(database: Database) -> OutboxRow:
    """The one letter there is."""
    with database() as session:
        return session.exec(select(OutboxRow)).one()


def send(database: Database, server: str, *, after: timedelta = timedelta()) -> sending.Sent:
    """Send what is due at a moment after NOW."""
    return sending.send(database, a_post(server), clock=lambda: NOW + after)


DAY = timedelta(days=1)
POST = a_post("mail.example")
