"""Finding who may be asked into an activity, and seating them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casework import roles
from casework.activities import Participant
from casework.customers import Attribute
from casework.errors import Closed, Invalid, NotEnough
from casework.funnel import SEAT_FREED, ActivityKind, FunnelEvent, Step
from casework.loyalty import Loyalty
from casework.record import Line, Moment, Record
from casework.recruiting import (
    Candidate,
    Choice,
    Refusal,
    refusals,
)
from casework.roles import Act, Actor
from casework.visits import is_open
from db import audit
from db.activities import ActivityRow
from db.contacts import contacts_of
from db.customers import CustomerRow
from db.participants import FunnelEventRow, ParticipantRow


class Seated(Record):
    """One participant with what tables show of them; `email` is None for whoever has no address."""

    participant_id: int
    customer_id: int
    name: Line
    email: Line | None
    step: Step
    since: Moment
    loyalty: float
    loyal: bool
    segment: Line
    platform: Line
    chosen_by: Line
    incentive_promised: str
    incentive_sent_at: Moment | None


def candidates(
    session: Session,
    activity: ActivityRow,
    loyalties: Mapping[int, Loyalty],
    *,
    now: datetime,
) -> list[Candidate]:
    """Every customer with whatever speaks against asking them now, in the order of their ids.

    `loyalties` by customer id; somebody missing in it counts as not loyal.
    """
    rows = session.exec(select(CustomerRow).order_by(col(CustomerRow.id))).all()
    contacts = contacts_of(session, activity, now)
    found = []
    for row in rows:
        known = loyalties.get(row.id or 0)
        standing = contacts.standing_of(row, loyal=known is not None and known.loyal)
        found.append(_candidate(row, known, refusals(standing, now=now)))
    return found


def _candidate(row: CustomerRow, known: Loyalty | None, reasons: tuple[Refusal, ...]) -> Candidate:
    return Candidate(
        customer_id=row.id or 0,
        attributes={attribute: row.value_of(attribute) for attribute in Attribute},
        loyal=known is not None and known.loyal,
        score=known.score if known else 0.0,
        refusals=reasons,
    )


def recruit(
    session: Session,
    actor: Actor,
    activity: ActivityRow,
    choices: Sequence[Choice],
    *,
    now: datetime,
) -> list[ParticipantRow]:
    """Seat the chosen, with loyalty, segment and platform as they are now; nobody twice.

    Whoever is in the activity already is passed over, so that a second click changes nothing.
    What speaks against somebody is looked up again: another tab may have been quicker.

    Raises:
        Closed: after the activity's end.
        Invalid: for somebody who may not be asked.
        NotEnough: for more people than a focus group has seats left.
    """
    roles.require(actor, Act.RECRUIT)
    if not is_open(activity, now):
        raise Closed(f"“{activity.name}” has ended; nobody can be chosen for it any more.")
    fresh = _not_here_yet(session, activity, choices, now)
    _require_seats(session, activity, len(fresh))
    rows = [_seat(session, activity, choice) for choice in fresh]
    _stamp(session, rows, now)
    ways = ", ".join(sorted({row.chosen_by for row in rows}))
    subject, detail = f"activity {activity.id}", f"{len(rows)} people: {ways}"
    audit.record(
        session, actor, "recruit", subject, now=now, study_id=activity.study_id, detail=detail
    )
    return rows


def _stamp(session: Session, rows: Sequence[ParticipantRow], now: datetime) -> None:
    session.flush()
    for row in rows:
        event = FunnelEvent(step=Step.DRAWN, at=now, detail=row.chosen_by)
        session.add(FunnelEventRow.model_validate(event, update={"participant_id": row.id}))


def _not_here_yet(
    session: Session, activity: ActivityRow, choices: Sequence[Choice], now: datetime
) -> list[Choice]:
    contacts = contacts_of(session, activity, now)
    fresh = {
        choice.candidate.customer_id: choice
        for choice in choices
        if choice.candidate.customer_id not in contacts.here
    }
    reasons: list[Refusal] = []
    for customer_id, choice in fresh.items():
        customer = session.get(CustomerRow, customer_id)
        if customer is None:
            reasons.append(Refusal.NOT_REACHABLE)
            continue
        standing = contacts.standing_of(customer, loyal=choice.candidate.loyal)
        reasons.extend(refusals(standing, now=now))
    if reasons:
        why = "; ".join(sorted({reason.label for reason in reasons}))
        raise Invalid(f"Not everybody chosen may be asked: {why}. Choose again from the list.")
    return list(fresh.values())


def _require_seats(session: Session, activity: ActivityRow, wanted: int) -> None:
    if activity.kind is not ActivityKind.FOCUS_GROUP:
        return
    left = seats_left(session, activity)
    if wanted > left:
        raise NotEnough(
            f"{wanted} people chosen for {left} free seats of {activity.seats}. "
            "Choose fewer; a seat is free again when somebody declines."
        )


def seats_left(session: Session, activity: ActivityRow) -> int:
    """Seats nobody holds: declining, withdrawing, lapsing and staying away free one."""
    query = select(sa.func.count(col(ParticipantRow.id))).where(
        ParticipantRow.activity_id == activity.id, col(ParticipantRow.step).not_in(SEAT_FREED)
    )
    return max(activity.seats - session.exec(query).one(), 0)


def _seat(session: Session, activity: ActivityRow, choice: Choice) -> ParticipantRow:
    customer = session.get_one(CustomerRow, choice.candidate.customer_id)
    frozen = Participant(
        loyalty=choice.candidate.score,
        loyal=choice.candidate.loyal,
        segment=customer.segment,
        platform=customer.platform,
        chosen_by=choice.chosen_by,
        incentive_promised=activity.incentive,
    )
    row = ParticipantRow.model_validate(
        frozen, update={"activity_id": activity.id, "customer_id": customer.id}
    )
    session.add(row)
    return row


def roster_of(session: Session, activity: ActivityRow) -> list[Seated]:
    """Everybody in an activity with name, address and the time of their last step."""
    since = (
        select(FunnelEventRow.participant_id, sa.func.max(FunnelEventRow.at).label("at"))
        .group_by(col(FunnelEventRow.participant_id))
        .subquery()
    )
    query = (
        select(ParticipantRow, CustomerRow, since.c.at)
        .join(CustomerRow, col(CustomerRow.id) == ParticipantRow.customer_id)
        .join(since, since.c.participant_id == ParticipantRow.id)
        .where(ParticipantRow.activity_id == activity.id)
        .order_by(col(ParticipantRow.id))
    )
    return [_seated(*found) for found in session.exec(query)]


def _seated(participant: ParticipantRow, customer: CustomerRow, since: datetime) -> Seated:
    kept = participant.model_dump(include=set(Seated.model_fields) - {"name", "email", "since"})
    return Seated(
        **kept,
        participant_id=participant.id or 0,
        name=customer.name,
        email=customer.email,
        since=since,
    )


def names_of(session: Session, customer_ids: Collection[int]) -> dict[int, str]:
    """The names of these customers by their id, for a list on the screen."""
    query = select(CustomerRow.id, CustomerRow.name).where(col(CustomerRow.id).in_(customer_ids))
    return {customer_id: name for customer_id, name in session.exec(query) if customer_id}
