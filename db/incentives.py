"""What participants were promised for their help, and whether they got it."""

from datetime import datetime

from sqlmodel import Session

from casework import roles
from casework.errors import Invalid
from casework.roles import Act, Actor
from db.participants import ParticipantRow, note
from db.table import change


def promise(
    session: Session, actor: Actor, participant: ParticipantRow, promised: str, *, now: datetime
) -> None:
    """Write down what a participant was promised, such as “500 gems”; sent ones stay as they are.

    Raises:
        Invalid: when the promise was kept already.
    """
    roles.require(actor, Act.RECRUIT)
    if participant.incentive_sent_at is not None:
        raise Invalid("This incentive was sent already; what was promised cannot change any more.")
    change(participant, incentive_promised=promised)
    session.add(participant)
    note(session, actor, "promise incentive", participant, now)


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
