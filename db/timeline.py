"""One customer's story: what they bought, were asked, answered, said, and were told."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from casework import roles
from casework.customers import InteractionKind
from casework.feedback import Feedback
from casework.funnel import Step
from casework.roles import Act, Actor
from casework.timeline import Happening, HappeningKind
from db import customers
from db.activities import ActivityRow
from db.builds import BuildRow
from db.customers import InteractionRow
from db.feedback import FeedbackRow
from db.meetings import IdeaRow, MeetingRow, RemarkRow
from db.participants import ConsentRow, FunnelEventRow, ParticipantRow
from db.replies import ReplyRow
from db.studies import StudyRow

WITHDRAWN_TEXT = "Not shown: this participant withdrew."


def of_customer(session: Session, actor: Actor, customer_id: int) -> tuple[Happening, ...]:
    """Everything that happened with one customer, oldest first. Raises: NotFound."""
    roles.require(actor, Act.SEE_CUSTOMERS)
    customers.get(session, actor, customer_id)
    told = [
        *_interactions(session, customer_id),
        *_steps(session, customer_id),
        *_consents(session, customer_id),
        *_feedback(session, customer_id),
        *_remarks(session, customer_id),
        *_ideas(session, customer_id),
        *_replies(session, customer_id),
    ]
    return tuple(sorted(told, key=lambda happening: happening.at))


def _interactions(session: Session, customer_id: int) -> Iterator[Happening]:
    query = (
        select(InteractionRow)
        .where(InteractionRow.customer_id == customer_id)
        .order_by(col(InteractionRow.at), col(InteractionRow.id))
    )
    for row in session.exec(query):
        kind, title = _bought(row) if row.kind is InteractionKind.PURCHASE else _played(row)
        yield Happening(at=row.at, kind=kind, title=title)


def _bought(row: InteractionRow) -> tuple[HappeningKind, str]:
    what = f" {row.product}" if row.product else ""
    return HappeningKind.PURCHASE, f"Bought{what} for {row.spend_cents / 100:,.2f}"


def _played(row: InteractionRow) -> tuple[HappeningKind, str]:
    return HappeningKind.SESSION, f"Played {row.product}".strip()


def _steps(session: Session, customer_id: int) -> Iterator[Happening]:
    query = (
        select(FunnelEventRow, ActivityRow, StudyRow)
        .join(ParticipantRow, col(ParticipantRow.id) == FunnelEventRow.participant_id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .join(StudyRow, col(StudyRow.id) == ActivityRow.study_id)
        .where(ParticipantRow.customer_id == customer_id)
        .order_by(col(FunnelEventRow.id))
    )
    for event, activity, study in session.exec(query):
        title = f"{event.step.label}: {activity.name}, {study.title}"
        yield Happening(at=event.at, kind=HappeningKind.STEP, title=title, text=event.detail)


def _consents(session: Session, customer_id: int) -> Iterator[Happening]:
    query = (
        select(ConsentRow)
        .join(ParticipantRow, col(ParticipantRow.id) == ConsentRow.participant_id)
        .where(ParticipantRow.customer_id == customer_id)
        .order_by(col(ConsentRow.id))
    )
    for row in session.exec(query):
        yield Happening(at=row.accepted_at, kind=HappeningKind.CONSENT, title="Consented")
        if row.withdrawn_at is not None and not row.replaced:
            title = "Withdrew the consent"
            yield Happening(at=row.withdrawn_at, kind=HappeningKind.CONSENT, title=title)


def _feedback(session: Session, customer_id: int) -> Iterator[Happening]:
    query = (
        select(FeedbackRow, BuildRow, ParticipantRow)
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .join(BuildRow, col(BuildRow.id) == FeedbackRow.build_id)
        .where(ParticipantRow.customer_id == customer_id)
        .order_by(col(FeedbackRow.id))
    )
    for row, build, participant in session.exec(query):
        title = f"Answered about build {build.version}{_figures(row)}"
        kind = HappeningKind.FEEDBACK
        yield Happening(
            at=row.received_at,
            kind=kind,
            title=title,
            text=_unless_withdrawn(row.text, participant),
        )


def _unless_withdrawn(text: str, participant: ParticipantRow) -> str:
    """Whoever withdrew is no longer quoted, not even here."""
    return WITHDRAWN_TEXT if participant.step is Step.WITHDRAWN else text


def _figures(answer: Feedback) -> str:
    told = {
        f"satisfied {answer.csat} of 5": answer.csat is not None,
        f"recommends {answer.recommend} of 10": answer.recommend is not None,
        "crashed": bool(answer.crashed),
        "offended": bool(answer.offended),
        f"version {answer.version}": answer.version > 1,
        f"not counted: {answer.invalid_reason}": not answer.valid,
    }
    return "".join(f", {words}" for words, holds in told.items() if holds)


def _remarks(session: Session, customer_id: int) -> Iterator[Happening]:
    query = (
        select(RemarkRow, MeetingRow, ParticipantRow)
        .join(ParticipantRow, col(ParticipantRow.id) == RemarkRow.participant_id)
        .join(MeetingRow, col(MeetingRow.id) == RemarkRow.meeting_id)
        .where(ParticipantRow.customer_id == customer_id)
        .order_by(col(RemarkRow.id))
    )
    for row, meeting, participant in session.exec(query):
        title = f"Said in {meeting.title} ({row.tag.value})"
        text = _unless_withdrawn(row.text, participant)
        yield Happening(at=row.made_at, kind=HappeningKind.REMARK, title=title, text=text)


def _ideas(session: Session, customer_id: int) -> Iterator[Happening]:
    query = (
        select(IdeaRow, ParticipantRow)
        .join(ParticipantRow, col(ParticipantRow.id) == IdeaRow.participant_id)
        .where(ParticipantRow.customer_id == customer_id)
        .order_by(col(IdeaRow.id))
    )
    for row, participant in session.exec(query):
        title = f"Had an idea ({row.status.value})"
        told = "\n".join(part for part in (row.title, row.text) if part)
        text = _unless_withdrawn(told, participant)
        yield Happening(at=row.made_at, kind=HappeningKind.IDEA, title=title, text=text)


def _replies(session: Session, customer_id: int) -> Iterator[Happening]:
    """What was published to everybody in a study this customer takes part in."""
    studies = (
        select(ActivityRow.study_id)
        .join(ParticipantRow, col(ParticipantRow.activity_id) == ActivityRow.id)
        .where(ParticipantRow.customer_id == customer_id)
    )
    query = select(ReplyRow).where(col(ReplyRow.study_id).in_(studies)).order_by(col(ReplyRow.id))
    for row in session.exec(query):
        text = f"You said: {row.said}\n{row.promise.opening} {row.answer}"
        kind = HappeningKind.REPLY
        yield Happening(at=row.published_at, kind=kind, title="Was told back", text=text)
