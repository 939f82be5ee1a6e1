"""A study's testers as a file may name them: by the studio's own id or by e-mail."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from casework.errors import Invalid
from casework.funnel import LEFT, ActivityKind
from casework.outside import FeedbackEntry
from casework.visits import is_open
from db import participants
from db.activities import ActivityRow
from db.builds import BuildRow
from db.customers import CustomerRow
from db.participants import ParticipantRow
from db.studies import StudyRow


@dataclass(frozen=True)
class Seat:
    """One customer's place in one beta; `build` is the version its testers have now."""

    participant: ParticipantRow
    activity: ActivityRow
    build: str | None


@dataclass(frozen=True)
class Testers:
    """Everybody with a place in a beta of a study; `seats` by customer, the newest beta first."""

    seats: Mapping[int, Sequence[Seat]]
    by_ref: Mapping[str, frozenset[int]]
    by_email: Mapping[str, frozenset[int]]

    def author_of(self, session: Session, entry: FeedbackEntry, now: datetime) -> int | None:
        """The participant whose answer a row is; None when its author is no tester.

        Raises:
            Invalid: when the author is a tester, but the row cannot be their answer.
        """
        seats = sorted(self._seats_of(entry), key=lambda seat: not _is_about(entry, seat))
        refusals = []
        for seat in seats:
            refusal = _refusal(session, seat, entry, now)
            if refusal is None:
                return seat.participant.id
            refusals.append(refusal)
        if refusals:
            raise Invalid(refusals[0])
        return None

    def builds_of(self, participant_ids: set[int]) -> list[str]:
        """The versions that these participants have now, each once."""
        held = (seat for seats in self.seats.values() for seat in seats)
        found = {seat.build for seat in held if seat.participant.id in participant_ids}
        return sorted(build for build in found if build)

    def _seats_of(self, entry: FeedbackEntry) -> Sequence[Seat]:
        for told in filter(None, (entry.author, entry.author_email)):
            who = self.by_ref.get(told) or self.by_email.get(told.casefold()) or frozenset()
            if len(who) > 1:
                raise Invalid("Several testers have this address. Name the author by customer id.")
            for customer_id in who:
                return self.seats[customer_id]
        return ()


def testers_of(session: Session, study: StudyRow) -> Testers:
    """Everybody who was ever chosen for a beta of this study."""
    query = (
        select(ParticipantRow, ActivityRow, CustomerRow, BuildRow)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .join(CustomerRow, col(CustomerRow.id) == ParticipantRow.customer_id)
        .join(BuildRow, col(BuildRow.id) == ActivityRow.build_id, isouter=True)
        .where(ActivityRow.study_id == study.id, ActivityRow.kind == ActivityKind.BETA)
        .order_by(col(ActivityRow.id).desc())
    )
    seats: dict[int, list[Seat]] = defaultdict(list)
    by_ref: dict[str, set[int]] = defaultdict(set)
    by_email: dict[str, set[int]] = defaultdict(set)
    for participant, activity, customer, build in session.exec(query):
        who = participant.customer_id
        seats[who].append(Seat(participant, activity, build.version if build else None))
        by_ref[customer.ref].add(who)
        if customer.email:
            by_email[customer.email.casefold()].add(who)
    return Testers(seats, _frozen(by_ref), _frozen(by_email))


def _frozen(found: Mapping[str, set[int]]) -> dict[str, frozenset[int]]:
    return {told: frozenset(who) for told, who in found.items()}


def _is_about(entry: FeedbackEntry, seat: Seat) -> bool:
    """Whether a row may be about this seat's build; one that names no build is about any."""
    return not entry.build or _version(entry.build) == _version(seat.build or "")


def _version(text: str) -> str:
    return text.strip().casefold().removeprefix("v")


def _refusal(session: Session, seat: Seat, entry: FeedbackEntry, now: datetime) -> str | None:
    """Why a row cannot be this tester's answer, in words for the owner; None when it can."""
    name = seat.activity.name
    if seat.participant.step in LEFT:
        return "This tester is no longer in the test, so nothing of theirs is taken over."
    if participants.consent_of(session, seat.participant.id) is None:
        return "This tester has not agreed to take part, so the answer cannot be kept."
    if seat.build is None:
        return f"The testers of “{name}” have no build yet that an answer could be about."
    if not is_open(seat.activity, now):
        return f"“{name}” ended on {seat.activity.closes_at:%Y-%m-%d}: answers are closed."
    if not _is_about(entry, seat):
        return f"The row is about build {entry.build}; the testers of “{name}” have {seat.build}."
    return None
