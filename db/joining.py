"""Joining an activity: first the questions, where there are any, then the yes."""

from datetime import datetime

from sqlmodel import Session

from casework.errors import Invalid
from casework.roles import Actor
from db import participants, screeners
from db.participants import ConsentRow, ParticipantRow


def join(
    session: Session,
    actor: Actor,
    participant: ParticipantRow,
    *,
    version: str,
    is_adult: bool,
    may_quote: bool,
    contact_again: bool,
    now: datetime,
) -> ConsentRow:
    """Say yes, once the activity's questions are answered.

    Raises:
        Invalid: before they are, when the text has changed meanwhile, or for somebody under age.
        Closed: after the activity has ended.
    """
    asked_before = participants.consent_of(session, participant.id) is not None
    if not asked_before and screeners.to_ask(session, participant):
        raise Invalid("Please answer the questions first; open your link again to see them.")
    return participants.accept(
        session,
        actor,
        participant,
        version=version,
        is_adult=is_adult,
        may_quote=may_quote,
        contact_again=contact_again,
        now=now,
    )
