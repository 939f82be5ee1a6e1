"""Seats as time passes: invitations expire by the clock, and reserves take what is free."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from casework.funnel import LEFT, Step
from casework.visits import is_open
from db import activities, participants, reserves
from db.activities import ActivityRow
from db.clock import now as the_time
from db.draws import DrawRow
from db.engine import Database
from db.participants import ParticipantRow
from db.reserves import CLOCK, ReplacementRow

UNANSWERED = (Step.INVITED, Step.OPENED)


def tend(database: Database) -> bool:
    """The worker's turn: keep the seats of every activity in which something is due."""
    with database() as session:
        due = activities_with_work(session, now=the_time())
    for activity_id in due:
        with database() as session:
            keep(session, activities.get(session, activity_id), now=the_time())
    return False


def keep(session: Session, activity: ActivityRow, *, now: datetime) -> tuple[int, int]:
    """Let invitations expire whose time is over, then give free seats to reserves.

    Returns how many expired and how many came.
    """
    return expire(session, activity, now=now), reserves.fill(session, activity, now=now)


def expire(session: Session, activity: ActivityRow, *, now: datetime) -> int:
    """Mark whoever has not replied in time; returns how many."""
    query = select(ParticipantRow).where(
        ParticipantRow.activity_id == activity.id, col(ParticipantRow.step).in_(UNANSWERED)
    )
    waiting: Sequence[ParticipantRow] = session.exec(query.order_by(col(ParticipantRow.id))).all()
    overdue = [row for row in waiting if _is_over(session, activity, row, now)]
    for row in overdue:
        participants.advance(session, row, Step.EXPIRED, now=now)
        participants.note(session, CLOCK, "expire invitation", row, now)
    session.flush()
    return len(overdue)


def _is_over(session: Session, activity: ActivityRow, row: ParticipantRow, now: datetime) -> bool:
    if not is_open(activity, now):
        return True
    if activity.reply_days is None:
        return False
    invited = [e.at for e in participants.history(session, row.id or 0) if e.step is Step.INVITED]
    return bool(invited) and now >= invited[-1] + timedelta(days=activity.reply_days)


def activities_with_work(session: Session, *, now: datetime) -> list[int]:
    """Where somebody may have to expire or a seat to be filled; cheap enough to ask often."""
    here = col(ActivityRow.id) == ParticipantRow.activity_id
    waiting = (
        select(ParticipantRow.activity_id)
        .join(ActivityRow, here)
        .where(
            col(ParticipantRow.step).in_(UNANSWERED),
            (col(ActivityRow.closes_at) <= now) | col(ActivityRow.reply_days).is_not(None),
        )
    )
    noted = select(ReplacementRow.left_participant_id)
    freed = (
        select(ParticipantRow.activity_id)
        .join(ActivityRow, here)
        .join(DrawRow, col(DrawRow.activity_id) == ActivityRow.id)
        .where(
            col(ActivityRow.closes_at) > now,
            col(DrawRow.dry_run).is_(False),
            col(ParticipantRow.step).in_(LEFT),
            col(ParticipantRow.id).not_in(noted),
        )
    )
    return sorted({*session.exec(waiting), *session.exec(freed)})
