"""Who spoke in a meeting: the people of a study as a transcript names them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from casework.errors import Invalid
from casework.funnel import Step
from db import participants
from db.activities import ActivityRow
from db.customers import CustomerRow
from db.participants import ParticipantRow
from db.studies import StudyRow

LEFT = frozenset({Step.DECLINED, Step.WITHDRAWN, Step.EXPIRED})
HOSTS = frozenset({"moderator", "host", "interviewer", "facilitator", "moderation"})


@dataclass(frozen=True)
class Speakers:
    """Everybody who has a seat in a study, by name, first name, id and e-mail; newest seat last."""

    known: Mapping[str, tuple[ParticipantRow, ...]]
    hosts: frozenset[str]

    def participant_of(self, session: Session, speaker: str) -> int | None:
        """The participant who spoke; None for somebody who is nobody of the study.

        Raises:
            Invalid: for the host, for two people of one name, and without the speaker's consent.
        """
        name = speaker.strip().casefold()
        if name in self.hosts:
            raise Invalid(f"“{speaker}” hosts the meeting: what hosts say is no customer’s voice.")
        seats = self.known.get(name, ())
        if not seats:
            return None
        if len({seat.customer_id for seat in seats}) > 1:
            raise Invalid(
                f"Several people of the study are called “{speaker}”. Use their full names."
            )
        return _taking_part(session, seats, speaker)


def _taking_part(session: Session, seats: tuple[ParticipantRow, ...], speaker: str) -> int | None:
    for seat in reversed(seats):
        if seat.step not in LEFT and participants.consent_of(session, seat.id) is not None:
            return seat.id
    raise Invalid(
        f"“{speaker}” has not agreed to take part, or has left: nothing of theirs is kept."
    )


def speakers_of(session: Session, study: StudyRow) -> Speakers:
    """Everybody who was ever chosen for a meeting or a beta of this study, and who hosts."""
    query = (
        select(ParticipantRow, CustomerRow)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .join(CustomerRow, col(CustomerRow.id) == ParticipantRow.customer_id)
        .where(ActivityRow.study_id == study.id)
        .order_by(col(ActivityRow.id))
    )
    known: dict[str, list[ParticipantRow]] = defaultdict(list)
    for participant, customer in session.exec(query):
        for told in _told(customer):
            known[told].append(participant)
    hosts = HOSTS | {study.owner_name.strip().casefold()}
    return Speakers({name: tuple(seats) for name, seats in known.items()}, hosts)


def _told(customer: CustomerRow) -> set[str]:
    """How a transcript may name somebody."""
    name = customer.name.strip().casefold()
    names = {name, customer.ref.casefold(), (customer.email or "").casefold()}
    return {told for told in (*names, name.partition(" ")[0]) if told}
