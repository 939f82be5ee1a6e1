"""Meetings of a focus group, with attributed remarks and the customers' ideas."""

from datetime import datetime

from sqlmodel import Field, Session, col, select

from casework import roles
from casework.errors import Invalid, NotFound
from casework.funnel import ActivityKind, Step
from casework.gates import Concern
from casework.meetings import Idea, Meeting, Remark, Tag
from casework.roles import Act, Actor
from casework.sentiment import Label, Reading
from db import audit, events, own_terms, participants
from db.activities import ActivityRow
from db.participants import ConsentRow, ParticipantRow, is_taking_part
from db.table import Table

ABSENT = frozenset({Step.ACCEPTED, Step.SCHEDULED, Step.NO_SHOW})
PRESENT = frozenset({Step.ATTENDED, Step.THANKED})


class MeetingRow(Meeting, Table, table=True):
    """A meeting of one focus group."""

    __tablename__ = "meeting"
    activity_id: int = Field(foreign_key="activity.id", index=True)


class RemarkRow(Remark, Table, table=True):
    """One remark by one participant."""

    __tablename__ = "remark"
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    participant_id: int = Field(foreign_key="participant.id", index=True)
    reading: Reading
    human_label: Label | None = None
    human_offence: bool | None = None
    read_by: str = Field(default="", index=True, sa_column_kwargs={"server_default": ""})


class IdeaRow(Idea, Table, table=True):
    """An idea, credited to the participant who had it."""

    __tablename__ = "idea"
    study_id: int = Field(foreign_key="study.id", index=True)
    participant_id: int = Field(foreign_key="participant.id", index=True)


def hold(
    session: Session, actor: Actor, activity: ActivityRow, meeting: Meeting, *, now: datetime
) -> MeetingRow:
    """Plan a meeting; everybody who has accepted is expected at it.

    Raises:
        Invalid: for a beta, a time outside the activity's dates, or the same meeting twice.
    """
    roles.require(actor, Act.HOST_MEETING)
    _require_fitting(activity, meeting)
    if any(row.title == meeting.title for row in of_activity(session, activity)):
        raise Invalid(f"There is already a meeting “{meeting.title}”. Choose another title.")
    row = MeetingRow.model_validate(meeting, update={"activity_id": activity.id})
    session.add(row)
    for participant in participants.of_activity(session, activity.id or 0):
        if participant.step is Step.ACCEPTED:
            participants.advance(session, participant, Step.SCHEDULED, now=now)
    session.flush()
    events.meeting_scheduled(session, activity, meeting, row.id, now=now)
    subject = f"meeting {row.id}"
    audit.record(session, actor, "hold meeting", subject, now=now, study_id=activity.study_id)
    return row


def _require_fitting(activity: ActivityRow, meeting: Meeting) -> None:
    if activity.kind is not ActivityKind.FOCUS_GROUP:
        raise Invalid("A beta has no meetings: its testers answer on their own link.")
    if not activity.starts_at <= meeting.held_at <= activity.closes_at:
        raise Invalid(
            f"The meeting must lie between the start ({activity.starts_at:%d %b %Y %H:%M}) and the "
            f"end ({activity.closes_at:%d %b %Y %H:%M} UTC) of the focus group."
        )


def attend(
    session: Session,
    actor: Actor,
    participant: ParticipantRow,
    *,
    present: bool,
    now: datetime,
) -> None:
    """Note whether a participant came; saying the same again changes nothing.

    Raises:
        Invalid: for somebody who never accepted.
    """
    roles.require(actor, Act.HOST_MEETING)
    step = Step.ATTENDED if present else Step.NO_SHOW
    if participant.step is not step:
        participants.advance(session, participant, step, now=now)
        participants.note(session, actor, f"note {step.label.lower()}", participant, now)


def note(
    session: Session,
    actor: Actor,
    meeting: MeetingRow,
    participant: ParticipantRow,
    remark: Remark,
) -> RemarkRow:
    """Write down what a participant said, with its reading; whoever is heard was there.

    The same words with the same tag again, as after a double click, return what is written.

    Raises:
        Invalid: for somebody of another group, or who did not accept or has withdrawn.
    """
    roles.require(actor, Act.HOST_MEETING)
    _require_present(session, actor, meeting.activity_id, participant, remark.made_at)
    written = _same_remark(session, meeting, participant, remark)
    if written is not None:
        return written
    reader = own_terms.reader(session)
    facts = {
        "meeting_id": meeting.id,
        "participant_id": participant.id,
        "reading": reader.read(remark.text),
        "read_by": reader.read_by,
    }
    row = RemarkRow.model_validate(remark, update=facts)
    session.add(row)
    participants.note(session, actor, f"note {remark.tag.value}", participant, remark.made_at)
    return row


def note_idea(session: Session, actor: Actor, participant: ParticipantRow, idea: Idea) -> IdeaRow:
    """Write down a participant's own idea in their name; the same title again changes nothing.

    Raises:
        Invalid: for somebody who did not accept or has withdrawn.
    """
    roles.require(actor, Act.HOST_MEETING)
    _require_present(session, actor, participant.activity_id, participant, idea.made_at)
    study_id = participants.activity_of(session, participant).study_id
    query = select(IdeaRow).where(
        IdeaRow.participant_id == participant.id, IdeaRow.title == idea.title
    )
    written = session.exec(query).first()
    if written is not None:
        return written
    facts = {"study_id": study_id, "participant_id": participant.id}
    row = IdeaRow.model_validate(idea, update=facts)
    session.add(row)
    participants.note(session, actor, "note idea", participant, idea.made_at)
    return row


def _require_present(
    session: Session,
    actor: Actor,
    activity_id: int,
    participant: ParticipantRow,
    heard_at: datetime,
) -> None:
    if participant.activity_id != activity_id:
        raise Invalid("This person is in another group. Choose somebody of this meeting.")
    if participant.step in ABSENT:
        attend(session, actor, participant, present=True, now=heard_at)
    if participant.step not in PRESENT:
        raise Invalid(
            f"This person is “{participant.step.label.lower()}”: only somebody who accepted and "
            "has not withdrawn can be quoted."
        )


def _same_remark(
    session: Session, meeting: MeetingRow, participant: ParticipantRow, remark: Remark
) -> RemarkRow | None:
    query = select(RemarkRow).where(
        RemarkRow.meeting_id == meeting.id,
        RemarkRow.participant_id == participant.id,
        RemarkRow.text == remark.text,
        RemarkRow.tag == remark.tag,
    )
    return session.exec(query).first()


def get(session: Session, meeting_id: int | None) -> MeetingRow:
    """One meeting. Raises: NotFound."""
    row = session.get(MeetingRow, meeting_id) if meeting_id is not None else None
    if row is None:
        raise NotFound("There is no such meeting. Choose one from the list.")
    return row


def of_activity(session: Session, activity: ActivityRow) -> list[MeetingRow]:
    """The meetings of a focus group, earliest first."""
    query = (
        select(MeetingRow)
        .where(MeetingRow.activity_id == activity.id)
        .order_by(col(MeetingRow.held_at), col(MeetingRow.id))
    )
    return list(session.exec(query))


def remarks_of(session: Session, meeting_id: int) -> list[RemarkRow]:
    """What was said in a meeting, in its order, without those who have withdrawn."""
    query = (
        select(RemarkRow)
        .join(ParticipantRow, col(ParticipantRow.id) == RemarkRow.participant_id)
        .where(RemarkRow.meeting_id == meeting_id, is_taking_part())
        .order_by(col(RemarkRow.made_at), col(RemarkRow.id))
    )
    return list(session.exec(query))


def ideas_of(session: Session, study_id: int) -> list[IdeaRow]:
    """The ideas of a study's participants, oldest first, without those who have withdrawn."""
    query = (
        select(IdeaRow)
        .join(ParticipantRow, col(ParticipantRow.id) == IdeaRow.participant_id)
        .where(IdeaRow.study_id == study_id, is_taking_part())
        .order_by(col(IdeaRow.made_at), col(IdeaRow.id))
    )
    return list(session.exec(query))


def values_concerns(session: Session, study_id: int) -> list[Concern]:
    """The vetoes of a study's participants, oldest first, without those who have withdrawn."""
    query = (
        select(RemarkRow, ParticipantRow, ConsentRow.may_quote)
        .join(ParticipantRow, col(ParticipantRow.id) == RemarkRow.participant_id)
        .join(ConsentRow, col(ConsentRow.participant_id) == ParticipantRow.id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .where(ActivityRow.study_id == study_id, RemarkRow.tag == Tag.VETO, is_taking_part())
        .order_by(col(RemarkRow.made_at), col(RemarkRow.id))
    )
    return [
        Concern(
            person=participant.customer_id,
            loyal=participant.loyal,
            quote=remark.text,
            raised_at=remark.made_at,
            quotable=may_quote,
        )
        for remark, participant, may_quote in session.exec(query)
    ]
