"""Questions before joining: their versions, and what participants answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework import roles
from casework.customers import UNKNOWN, Attribute
from casework.errors import Closed
from casework.funnel import SEAT_FREED, Step
from casework.quotas import Quota
from casework.record import Moment
from casework.roles import Act, Actor
from casework.screener import (
    Given,
    Question,
    Screener,
    Screening,
    drafted,
    learned,
    screen,
)
from casework.visits import is_open
from db import audit, participants
from db.activities import ActivityRow
from db.customers import CustomerRow
from db.draws import DrawRow
from db.participants import ParticipantRow
from db.table import Table, change

_ATTRIBUTES = {attribute.value: attribute for attribute in Attribute}


class ScreenerRow(Screener, Table, table=True):
    """One version of an activity's questions; the latest is asked."""

    __tablename__ = "screener"
    __table_args__ = (sa.UniqueConstraint("activity_id", "version"),)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    saved_at: Moment
    saved_by: str


class ScreeningRow(Screening, Table, table=True):
    """What one participant answered, once."""

    __tablename__ = "screening"
    participant_id: int = Field(foreign_key="participant.id", unique=True)


def versions(session: Session, activity: ActivityRow) -> list[ScreenerRow]:
    """Every version of an activity's questions, oldest first."""
    query = (
        select(ScreenerRow)
        .where(ScreenerRow.activity_id == activity.id)
        .order_by(col(ScreenerRow.version))
    )
    return list(session.exec(query))


def current(session: Session, activity: ActivityRow) -> ScreenerRow | None:
    """What is asked now; None where nobody wrote questions."""
    return next(reversed(versions(session, activity)), None)


def save(
    session: Session,
    actor: Actor,
    activity: ActivityRow,
    questions: Sequence[Question],
    *,
    now: datetime,
) -> ScreenerRow:
    """Ask these questions from now on; the same ones again change nothing, none ask nothing.

    Raises:
        Invalid: for a question asked twice, or too many of them.
    """
    roles.require(actor, Act.RECRUIT)
    before = current(session, activity)
    if before is not None and before.questions == tuple(questions):
        return before
    draft = drafted(before.version + 1 if before else 1, questions)
    told = {"activity_id": activity.id, "saved_at": now, "saved_by": actor.name}
    row = ScreenerRow.model_validate(draft, update=told)
    session.add(row)
    session.flush()
    detail = f"version {row.version}, {len(row.questions)} questions"
    subject = f"activity {activity.id}"
    audit.record(
        session, actor, "save screener", subject, now=now, study_id=activity.study_id, detail=detail
    )
    return row


def screening_of(session: Session, participant_id: int | None) -> ScreeningRow | None:
    """What this participant answered; None before they did."""
    query = select(ScreeningRow).where(ScreeningRow.participant_id == participant_id)
    return session.exec(query).first()


def of_activity(session: Session, activity: ActivityRow) -> list[ScreeningRow]:
    """Everybody's answers, in the order they came."""
    query = (
        select(ScreeningRow)
        .join(ParticipantRow, col(ParticipantRow.id) == ScreeningRow.participant_id)
        .where(ParticipantRow.activity_id == activity.id)
        .order_by(col(ScreeningRow.id))
    )
    return list(session.exec(query))


def known_of(session: Session, participant: ParticipantRow) -> dict[Attribute, str]:
    """What the roster says of a participant, so that nobody is asked it again."""
    customer = session.get_one(CustomerRow, participant.customer_id)
    return {attribute: customer.value_of(attribute) for attribute in Attribute}


def to_ask(session: Session, participant: ParticipantRow) -> tuple[Question, ...]:
    """What this participant is still to answer before joining."""
    row = current(session, participants.activity_of(session, participant))
    if row is None or screening_of(session, participant.id) is not None:
        return ()
    return row.asked_of(known_of(session, participant))


def receive(
    session: Session,
    actor: Actor,
    participant: ParticipantRow,
    given: Mapping[str, Given | None],
    *,
    now: datetime,
) -> ScreeningRow:
    """File a participant's answers; whom the activity does not suit gives their seat free.

    Answers fill in what the roster did not know. A second sending changes nothing.

    Raises:
        Invalid: for a question left out or an answer nobody offered. Closed: after the end.
    """
    participants.require_oneself(actor, Act.ANSWER, participant)
    answered = screening_of(session, participant.id)
    if answered is not None:
        return answered
    activity = participants.activity_of(session, participant)
    row = current(session, activity)
    if row is None or not is_open(activity, now):
        raise Closed("Nothing is asked here any more. Open your link again.")
    found = screen(row, known_of(session, participant), given, now=now)
    told = learned(row, found)
    full = _full_quota(session, activity, told) if found.fits else None
    if full is not None:
        found = found.model_copy(
            update={"fits": False, "reason": f"Every seat for {full} is taken"}
        )
    filed = ScreeningRow.model_validate(found, update={"participant_id": participant.id})
    session.add(filed)
    _fill_in(session, participant, told)
    if not found.fits:
        participants.advance(session, participant, Step.SCREENED_OUT, now=now, detail=found.reason)
    participants.note(session, actor, "answer screener", participant, now)
    return filed


def _full_quota(
    session: Session, activity: ActivityRow, told: Mapping[Attribute, str]
) -> str | None:
    """The quota of the activity's last draw that leaves no seat for what somebody told, if any."""
    query = (
        select(DrawRow.quotas)
        .where(DrawRow.activity_id == activity.id, col(DrawRow.dry_run).is_(False))
        .order_by(col(DrawRow.id).desc())
    )
    quotas: Sequence[Quota] = session.exec(query).first() or ()
    for quota in quotas:
        attribute = _ATTRIBUTES.get(quota.attribute.value)
        if attribute is None or told.get(attribute) != quota.value or quota.maximum is None:
            continue
        if _seated_with(session, activity, attribute, quota.value) >= quota.maximum:
            return quota.name
    return None


def _seated_with(session: Session, activity: ActivityRow, attribute: Attribute, value: str) -> int:
    query = (
        select(sa.func.count(col(ParticipantRow.id)))
        .join(CustomerRow, col(CustomerRow.id) == ParticipantRow.customer_id)
        .where(ParticipantRow.activity_id == activity.id)
        .where(col(ParticipantRow.step).not_in(SEAT_FREED))
        .where(getattr(CustomerRow, attribute.value) == value)
    )
    return session.exec(query).one()


def _fill_in(session: Session, participant: ParticipantRow, told: Mapping[Attribute, str]) -> None:
    customer = session.get_one(CustomerRow, participant.customer_id)
    for attribute, value in told.items():
        if customer.value_of(attribute) == UNKNOWN:
            change(customer, **{attribute.value: value})
            session.add(customer)
        if attribute in (Attribute.PLATFORM, Attribute.SEGMENT):
            change(participant, **{attribute.value: value})
            session.add(participant)
    session.flush()


def forget(session: Session, participant: ParticipantRow) -> None:
    """Take a participant's own words out; that and when they were asked stays."""
    row = screening_of(session, participant.id)
    if row is not None:
        change(row, answers=())
        session.add(row)
        session.flush()
