"""Reserves of a draw: who steps in when somebody drawn leaves, and who came for whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Field, Session, col, select

from casework import roles
from casework.funnel import LEFT, SEAT_FREED, Step
from casework.lottery import SHOWN_SIGNS
from casework.record import Line, Moment, Record
from casework.recruiting import Candidate, Choice
from casework.reserves import Reserve, Vacant, step_in
from casework.roles import Act, Actor, Role
from casework.visits import is_open
from db import audit, customers, draws, participants, recruiting
from db.activities import ActivityRow
from db.draws import DrawRow
from db.participants import ParticipantRow
from db.table import Table

CLOCK = Actor(role=Role.OWNER, name="Casework")
"""Who acts when nobody is at the screen: by rules an owner set, for a time that has come."""


class ReplacementRow(Table, table=True):
    """Who came for whom; nobody, where `vacant` says why the seat stays free.

    `turn` is the reserve's number in the draw's list, counted from 1.
    """

    __tablename__ = "seat_replacement"
    draw_id: int = Field(foreign_key="draw.id", index=True)
    left_participant_id: int = Field(foreign_key="participant.id", unique=True)
    participant_id: int | None = Field(default=None, foreign_key="participant.id", unique=True)
    turn: int = 0
    same_kind: bool = True
    vacant: str = ""
    at: Moment


class Successor(Record):
    """One change of a seat as the owner reads it."""

    left: Line
    because: Line
    came: Line
    how: Line
    at: Moment
    step: Step


class _Gap(NamedTuple):
    """A seat of a draw that somebody has just left."""

    activity: ActivityRow
    draw: DrawRow
    left: ParticipantRow


def fill(session: Session, activity: ActivityRow, *, now: datetime) -> int:
    """Seat a reserve for everybody drawn who left; returns how many came.

    Where nobody may, the seat is noted as vacant and not looked at again by itself.
    """
    if not is_open(activity, now):
        return 0
    came = [
        _close(session, _Gap(activity, row, left), now)
        for row in _real_draws(session, activity)
        for left in _unreplaced(session, row)
    ]
    return sum(came)


def look_again(session: Session, actor: Actor, activity: ActivityRow, *, now: datetime) -> int:
    """Try vacant seats once more, such as after somebody's cool-down; returns how many came."""
    roles.require(actor, Act.RECRUIT)
    for row in _replacements(session, activity):
        if row.participant_id is None:
            session.delete(row)
    session.flush()
    return fill(session, activity, now=now)


def vacancies(session: Session, activity: ActivityRow) -> list[str]:
    """Why seats stay free, each reason once."""
    said = [row.vacant for row in _replacements(session, activity) if row.vacant]
    return list(dict.fromkeys(said))


def successors(session: Session, activity: ActivityRow) -> list[Successor]:
    """Who came for whom, the latest first."""
    people = {one.participant_id: one for one in recruiting.roster_of(session, activity)}
    return [
        Successor(
            left=people[row.left_participant_id].name,
            because=people[row.left_participant_id].step.label,
            came=people[row.participant_id].name,
            how=Reserve(customer_id=0, turn=row.turn, same_kind=row.same_kind).described,
            at=row.at,
            step=people[row.participant_id].step,
        )
        for row in _replacements(session, activity)
        if row.participant_id is not None
    ]


def _replacements(session: Session, activity: ActivityRow) -> Sequence[ReplacementRow]:
    query = (
        select(ReplacementRow)
        .join(DrawRow, col(DrawRow.id) == ReplacementRow.draw_id)
        .where(DrawRow.activity_id == activity.id)
        .order_by(col(ReplacementRow.id).desc())
    )
    return session.exec(query).all()


def _real_draws(session: Session, activity: ActivityRow) -> Sequence[DrawRow]:
    query = (
        select(DrawRow)
        .where(DrawRow.activity_id == activity.id, col(DrawRow.dry_run).is_(False))
        .order_by(col(DrawRow.id))
    )
    return session.exec(query).all()


def _lineage(session: Session, row: DrawRow) -> list[ParticipantRow]:
    """Everybody who ever held a seat of this draw."""
    came = select(ReplacementRow.participant_id).where(
        ReplacementRow.draw_id == row.id, col(ReplacementRow.participant_id).is_not(None)
    )
    held = col(ParticipantRow.customer_id).in_(row.seats) | col(ParticipantRow.id).in_(came)
    query = select(ParticipantRow).where(ParticipantRow.activity_id == row.activity_id, held)
    return list(session.exec(query.order_by(col(ParticipantRow.id))))


def _unreplaced(session: Session, row: DrawRow) -> list[ParticipantRow]:
    """Those who left and for whom nobody came yet, in the order in which they left."""
    noted = set(session.exec(select(ReplacementRow.left_participant_id)))
    gone = [one for one in _lineage(session, row) if one.step in LEFT and one.id not in noted]
    return sorted(gone, key=lambda one: _left_at(session, one))


def _left_at(session: Session, one: ParticipantRow) -> tuple[datetime, int]:
    return participants.history(session, one.id or 0)[-1].at, one.id or 0


def _close(session: Session, gap: _Gap, now: datetime) -> bool:
    activity, row = gap.activity, gap.draw
    if not recruiting.seats_left(session, activity):
        return False
    loyal = customers.loyalties(session, row.loyalty_policy)
    pool = recruiting.candidates(session, activity, loyal, now=now)
    askable = {one.customer_id: one for one in pool if one.eligible}
    holders = [one.customer_id for one in _lineage(session, row) if one.step not in SEAT_FREED]
    drawn = draws.replay(row, activity)
    found = step_in(row.mixture, drawn, gap.left.customer_id, holders, set(askable))
    if isinstance(found, Vacant):
        _keep_free(session, gap, found, now)
        return False
    _seat(session, gap, found, askable[found.customer_id], now)
    return True


def _keep_free(session: Session, gap: _Gap, found: Vacant, now: datetime) -> None:
    told = {"draw_id": gap.draw.id, "left_participant_id": gap.left.id, "at": now}
    session.add(ReplacementRow.model_validate(told | {"vacant": found.described}))
    _record(session, gap, "leave seat free", found.described, now)


def _seat(session: Session, gap: _Gap, found: Reserve, candidate: Candidate, now: datetime) -> None:
    how = f"{found.described}, draw of seed {gap.draw.seed[:SHOWN_SIGNS]}"
    choice = Choice(candidate=candidate, chosen_by=how)
    (came,) = recruiting.recruit(session, CLOCK, gap.activity, [choice], now=now)
    told = {
        "draw_id": gap.draw.id,
        "left_participant_id": gap.left.id,
        "participant_id": came.id,
        "turn": found.turn,
        "same_kind": found.same_kind,
        "at": now,
    }
    session.add(ReplacementRow.model_validate(told))
    _record(session, gap, "fill seat", f"by participant {came.id}, {how}", now)


def _record(session: Session, gap: _Gap, act: str, detail: str, now: datetime) -> None:
    session.flush()
    subject = f"seat of participant {gap.left.id}"
    study_id = gap.activity.study_id
    audit.record(session, CLOCK, act, subject, now=now, study_id=study_id, detail=detail)
