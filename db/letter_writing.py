"""One letter to one person, from the text in force, put into the outbox."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from casework.errors import NotFound
from casework.messages import Message, PostState
from casework.messages import wording as say
from casework.messages.templates import Template, TemplateName, render
from casework.record import Record
from db import letter_templates, outbox, participants
from db.customers import CustomerRow
from db.outbox import OutboxRow
from db.participants import ParticipantRow
from db.studies import StudyRow

NO_ADDRESS = "There is no e-mail address for them."


class Written(Record):
    """What a request for letters came to; `left_out` says of each person without one why."""

    queued: int = 0
    left_out: tuple[tuple[str, str], ...] = ()


class Tally:
    """Counts letters as they are written, and whoever gets none."""

    def __init__(self) -> None:
        self._queued: set[int | None] = set()
        self._left_out: list[tuple[str, str]] = []

    def add(self, customer: CustomerRow, letter: OutboxRow | None) -> None:
        """A letter that is in the outbox now; None where there is no address."""
        if letter is None:
            self.leave_out(customer.name, NO_ADDRESS)
        elif letter.state in (PostState.DROPPED, PostState.HELD):
            self.leave_out(customer.name, letter.reason)
        else:
            self._queued.add(letter.id)

    def leave_out(self, name: str, reason: str) -> None:
        """Somebody who gets no letter."""
        self._left_out.append((name, reason))

    @property
    def written(self) -> Written:
        """The sum of it."""
        return Written(queued=len(self._queued), left_out=tuple(self._left_out))


def study_of(session: Session, person: ParticipantRow) -> StudyRow:
    """The study somebody was asked for. Raises: NotFound."""
    row = session.get(StudyRow, participants.activity_of(session, person).study_id)
    if row is None:
        raise NotFound("This activity's study no longer exists.")
    return row


def customer_of(session: Session, person: ParticipantRow) -> CustomerRow:
    """The customer behind a participant."""
    return session.get_one(CustomerRow, person.customer_id)


def values_for(session: Session, person: ParticipantRow) -> dict[str, str]:
    """What the placeholders every letter may have say to this person."""
    activity = participants.activity_of(session, person)
    asked = say.of_study(study_of(session, person)) | say.of_activity(activity)
    return asked | say.next_step(person.step) | {"name": customer_of(session, person).name}


def compose(
    session: Session,
    person: ParticipantRow,
    template: Template,
    more: Mapping[str, str],
    *,
    calendar: str = "",
) -> Message | None:
    """The letter to one person from a text; None without an address. Raises: Invalid."""
    customer = customer_of(session, person)
    if customer.email is None:
        return None
    written = render(template, values_for(session, person) | dict(more))
    return Message(
        kind=template.name.kind,
        name=customer.name,
        email=customer.email,
        subject=written.subject,
        body=written.body,
        calendar=calendar,
        template=template.reference,
        customer_id=customer.id,
        participant_id=person.id,
        study_id=study_of(session, person).id,
    )


def write(
    session: Session,
    person: ParticipantRow,
    name: TemplateName,
    *,
    key: str,
    now: datetime,
    more: Mapping[str, str] | None = None,
    calendar: str = "",
) -> OutboxRow | None:
    """Compose from the text in force and enqueue; None without an address."""
    template = letter_templates.current(session, name)
    message = compose(session, person, template, more or {}, calendar=calendar)
    return None if message is None else outbox.enqueue(session, message, key=key, now=now)
