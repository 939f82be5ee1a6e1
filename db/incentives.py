"""What the participants of an activity were promised for their help, and whether they got it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from casework import roles
from casework.activities import IncentiveKind
from casework.errors import Invalid
from casework.incentives import EARNED, Owed
from casework.roles import Act, Actor
from db import audit, recruiting
from db.activities import ActivityRow
from db.participants import FunnelEventRow, ParticipantRow, note, of_activity
from db.table import change


def promise(
    session: Session,
    actor: Actor,
    activity: ActivityRow,
    promised: str,
    *,
    kind: IncentiveKind,
    now: datetime,
) -> None:
    """Promise the same to everybody in an activity, those still to come included.

    Raises:
        Invalid: when somebody has got theirs already, since the others must get the same.
    """
    roles.require(actor, Act.RECRUIT)
    people = of_activity(session, activity.id or 0)
    if any(one.incentive_sent_at for one in people):
        raise Invalid("Somebody has got their thank-you; everybody gets the same, so it stays.")
    change(activity, incentive=promised, incentive_kind=kind)
    session.add(activity)
    for one in people:
        change(one, incentive_promised=promised)
        session.add(one)
    session.flush()
    subject, study_id = f"activity {activity.id}", activity.study_id
    detail = f"{kind.label}: {promised}" if promised else "nothing"
    audit.record(
        session, actor, "promise incentive", subject, now=now, study_id=study_id, detail=detail
    )


def record_sent(
    session: Session, actor: Actor, participant: ParticipantRow, *, now: datetime
) -> None:
    """Note that the promised incentive was sent; a second time changes nothing.

    Raises:
        Invalid: when nothing was promised.
    """
    roles.require(actor, Act.RECRUIT)
    if not participant.incentive_promised:
        raise Invalid("Nothing was promised to this participant; write down the promise first.")
    if participant.incentive_sent_at is None:
        change(participant, incentive_sent_at=now)
        session.add(participant)
        note(session, actor, "send incentive", participant, now)


def record_all_sent(session: Session, actor: Actor, activity: ActivityRow, *, now: datetime) -> int:
    """Note that everybody who earned theirs was sent it; returns how many were still waiting."""
    due = [one.participant_id for one in owed(session, activity) if one.due]
    for participant in of_activity(session, activity.id or 0):
        if participant.id in due:
            record_sent(session, actor, participant, now=now)
    return len(due)


def owed(session: Session, activity: ActivityRow) -> list[Owed]:
    """Everybody in an activity with their thank-you, in the order they were chosen."""
    query = (
        select(FunnelEventRow.participant_id)
        .join(ParticipantRow, col(ParticipantRow.id) == FunnelEventRow.participant_id)
        .where(ParticipantRow.activity_id == activity.id, col(FunnelEventRow.step).in_(EARNED))
    )
    earned = set(session.exec(query))
    people: Sequence[recruiting.Seated] = recruiting.roster_of(session, activity)
    return [
        Owed(
            participant_id=one.participant_id,
            name=one.name,
            kind=activity.incentive_kind,
            promised=one.incentive_promised,
            earned=one.participant_id in earned,
            sent_at=one.incentive_sent_at,
        )
        for one in people
    ]
