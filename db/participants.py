"""Customers in an activity, the steps they have reached, and what they consented to."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework import roles
from casework.activities import Participant
from casework.consent import Consent, agree, must_ask_again
from casework.errors import Closed, NotFound
from casework.funnel import FunnelEvent, Step, require_step
from casework.roles import Act, Actor
from casework.visits import is_open
from db import audit, consent_texts
from db.activities import ActivityRow
from db.table import Table, change


class ParticipantRow(Participant, Table, table=True):
    """One customer in one activity; `step` is the last event's, kept here to be found quickly."""

    __tablename__ = "participant"
    __table_args__ = (sa.UniqueConstraint("activity_id", "customer_id"),)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    step: Step = Step.DRAWN


class FunnelEventRow(FunnelEvent, Table, table=True):
    """One participant reached one step."""

    __tablename__ = "funnel_event"
    participant_id: int = Field(foreign_key="participant.id", index=True)


class ConsentRow(Consent, Table, table=True):
    """A participant's consent; the latest row is the one in force."""

    __tablename__ = "consent"
    participant_id: int = Field(foreign_key="participant.id", index=True)


def get(session: Session, participant_id: int) -> ParticipantRow:
    """One participant. Raises: NotFound."""
    row = session.get(ParticipantRow, participant_id)
    if row is None:
        raise NotFound("This participant is not in any activity.")
    return row


def hold(session: Session, participant_id: int | None) -> ParticipantRow:
    """One participant, held so that two tabs act one after the other. Raises: NotFound."""
    row = session.get(ParticipantRow, participant_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound("This participant is not in any activity.")
    return row


def activity_of(session: Session, participant: ParticipantRow) -> ActivityRow:
    """The activity a participant belongs to. Raises: NotFound."""
    row = session.get(ActivityRow, participant.activity_id)
    if row is None:
        raise NotFound("This activity no longer exists.")
    return row


def of_activity(session: Session, activity_id: int) -> list[ParticipantRow]:
    """Everybody in an activity, in the order they were chosen."""
    query = (
        select(ParticipantRow)
        .where(ParticipantRow.activity_id == activity_id)
        .order_by(col(ParticipantRow.id))
    )
    return list(session.exec(query))


def advance(
    session: Session, participant: ParticipantRow, step: Step, *, now: datetime, detail: str = ""
) -> None:
    """Take a participant to their next step and stamp it. Raises: Invalid for an illegal step."""
    kind = activity_of(session, participant).kind
    require_step(kind, participant.step, step)
    change(participant, step=step)
    event = FunnelEvent(step=step, at=now, detail=detail)
    session.add(participant)
    session.add(FunnelEventRow.model_validate(event, update={"participant_id": participant.id}))


def history(session: Session, participant_id: int) -> list[FunnelEventRow]:
    """A participant's steps, oldest first."""
    query = (
        select(FunnelEventRow)
        .where(FunnelEventRow.participant_id == participant_id)
        .order_by(col(FunnelEventRow.id))
    )
    return list(session.exec(query))


def consent_of(session: Session, participant_id: int | None) -> ConsentRow | None:
    """The consent in force: the latest, unless it was withdrawn."""
    query = (
        select(ConsentRow)
        .where(ConsentRow.participant_id == participant_id)
        .order_by(col(ConsentRow.id).desc())
    )
    latest = session.exec(query).first()
    return latest if latest and latest.withdrawn_at is None else None


def is_outdated(session: Session, participant: ParticipantRow) -> bool:
    """Whether the text changed so much since this participant's yes that they are asked again."""
    given = consent_of(session, participant.id)
    kind = activity_of(session, participant).kind
    return given is not None and must_ask_again(given, consent_texts.versions(session, kind))


def accept(
    session: Session,
    actor: Actor,
    participant: ParticipantRow,
    *,
    version: str,
    is_adult: bool,
    may_quote: bool = False,
    contact_again: bool | None = None,
    now: datetime,
) -> ConsentRow:
    """Say yes to one version of the text; a second yes counts only after a material change.

    Raises:
        Invalid: when the text has changed meanwhile or the participant is not an adult.
        Closed: after the activity has ended.
    """
    require_oneself(actor, Act.ANSWER, participant)
    given = consent_of(session, participant.id)
    if given is not None and not is_outdated(session, participant):
        return given
    activity = activity_of(session, participant)
    if not is_open(activity, now):
        raise Closed("We have stopped collecting answers. Thank you all the same.")
    consent = agree(
        consent_texts.in_force(session, activity.kind),
        version,
        is_adult=is_adult,
        may_quote=may_quote,
        contact_again=contact_again,
        now=now,
    )
    end_consent(session, participant, now, replaced=True)
    row = ConsentRow.model_validate(consent, update={"participant_id": participant.id})
    session.add(row)
    if given is None:
        advance(session, participant, Step.ACCEPTED, now=now)
    act = "accept invitation" if given is None else "agree to new text"
    note(session, actor, act, participant, now)
    session.flush()
    return row


def decline(
    session: Session,
    actor: Actor,
    participant: ParticipantRow,
    *,
    reason: str = "",
    now: datetime,
) -> None:
    """Say no, also after having said yes; saying it twice changes nothing."""
    require_oneself(actor, Act.ANSWER, participant)
    if participant.step is Step.DECLINED:
        return
    advance(session, participant, Step.DECLINED, now=now, detail=reason)
    end_consent(session, participant, now)
    note(session, actor, "decline invitation", participant, now)


def withdraw(session: Session, actor: Actor, participant: ParticipantRow, *, now: datetime) -> None:
    """Stop taking part, at once: whatever counts answers or quotes people asks `is_taking_part`."""
    require_oneself(actor, Act.WITHDRAW, participant)
    if participant.step is Step.WITHDRAWN:
        return
    advance(session, participant, Step.WITHDRAWN, now=now)
    end_consent(session, participant, now)
    note(session, actor, "withdraw", participant, now)


def is_taking_part() -> sa.ColumnElement[bool]:
    """The condition under which a participant's answers and remarks count: not withdrawn."""
    return col(ParticipantRow.step) != Step.WITHDRAWN


def thank(session: Session, actor: Actor, participant: ParticipantRow, *, now: datetime) -> None:
    """Note that a participant was thanked; the last step.

    Raises:
        Invalid: before they did anything to be thanked for.
    """
    roles.require(actor, Act.TELL_BACK)
    advance(session, participant, Step.THANKED, now=now)
    note(session, actor, "thank", participant, now)


def require_oneself(actor: Actor, act: Act, participant: ParticipantRow) -> None:
    """Stop here unless the participant acts for themselves. Raises: NotAllowed, NotFound."""
    roles.require(actor, act)
    if actor.participant_id != participant.id:
        raise NotFound("This invitation is not yours. Please use the link in your own letter.")


def end_consent(
    session: Session, participant: ParticipantRow, now: datetime, *, replaced: bool = False
) -> None:
    """Let the consent in force end: it was withdrawn, or `replaced` by a later one."""
    given = consent_of(session, participant.id)
    if given is not None:
        change(given, withdrawn_at=now, replaced=replaced)
        session.add(given)
        session.flush()


def note(
    session: Session, actor: Actor, act: str, participant: ParticipantRow, now: datetime
) -> None:
    """Add an act on a participant to the audit trail of their study."""
    study_id = activity_of(session, participant).study_id
    subject = f"participant {participant.id}"
    audit.record(session, actor, act, subject, now=now, study_id=study_id)
