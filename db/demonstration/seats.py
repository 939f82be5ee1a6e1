"""Seating people by the real draw, and taking them through their invitation."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from casework.lottery import chosen_by, draw, in_turn, solve
from casework.recruiting import Choice
from casework.roles import Actor, Role
from casework.world import Turnout
from db import consent_texts, invitations, participants, recruiting
from db.activities import ActivityRow
from db.customers import CustomerRow, Standings
from db.demonstration.roster import person_of
from db.participants import ParticipantRow

BASE_URL = "https://boomergames.example"


def choose(
    session: Session,
    activity: ActivityRow,
    loyal: Standings,
    seats: int,
    *,
    seed: int,
    now: datetime,
) -> list[Choice]:
    """Draw that many loyal, reachable customers, then everybody else as ordered reserves."""
    pool = recruiting.candidates(session, activity, loyal, now=now)
    drawn = draw(solve(pool, [], seats), str(seed))
    by_id = {candidate.customer_id: candidate for candidate in pool}
    return [
        Choice(candidate=by_id[customer_id], chosen_by=chosen_by(drawn.seed, ()))
        for customer_id in (*drawn.seats, *in_turn(drawn))
    ]


def people_of(session: Session, rows: list[ParticipantRow]) -> dict[int, ParticipantRow]:
    """Participants by the person of the world they are, in the order they were seated."""
    ids = [row.customer_id for row in rows]
    query = select(CustomerRow.id, CustomerRow.ref).where(col(CustomerRow.id).in_(ids))
    refs = dict(session.exec(query).all())
    return {person_of(refs[row.customer_id]): row for row in rows}


def answer_invitation(
    session: Session,
    actor: Actor,
    participant: ParticipantRow,
    person: int,
    turnout: Turnout,
    *,
    now: datetime,
) -> datetime | None:
    """Invite one person; returns when they accepted, None if they did not."""
    link = invitations.issue(session, actor, participant, now=now, base_url=BASE_URL)
    opened = now + timedelta(hours=float(turnout.hours_to_open[person]))
    if turnout.opens[person]:
        invitations.open_invitation(session, link.token, now=opened)
    replied = opened + timedelta(minutes=2)
    if turnout.accepts[person]:
        kind = participants.activity_of(session, participant).kind
        participants.accept(
            session,
            customer(participant),
            participant,
            version=consent_texts.in_force(session, kind).version,
            is_adult=True,
            may_quote=bool(turnout.may_quote[person]),
            now=replied,
        )
        return replied
    if turnout.declines[person]:
        participants.decline(session, customer(participant), participant, now=replied)
    return None


def customer(participant: ParticipantRow) -> Actor:
    """The participant, acting for themselves."""
    return Actor(
        role=Role.CUSTOMER, name=f"participant {participant.id}", participant_id=participant.id
    )
