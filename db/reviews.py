"""Gates of a study: the concerns that open them and the reviews that close them."""

from datetime import datetime

from sqlmodel import Field, Session, col, select

from casework.errors import Invalid
from casework.funnel import Step
from casework.gates import Concern, GateReview, critical_gate, values_gate
from casework.roles import Act, Actor, require
from casework.verdict.outcome import Gate
from db import audit, meetings
from db.activities import ActivityRow
from db.feedback import FeedbackRow
from db.participants import ParticipantRow
from db.studies import StudyRow
from db.table import Table


class GateReviewRow(GateReview, Table, table=True):
    """One review; it is never edited, only followed by another."""

    __tablename__ = "gate_review"
    study_id: int = Field(foreign_key="study.id", index=True)


def review(
    session: Session, actor: Actor, study: StudyRow, judgement: GateReview, *, now: datetime
) -> GateReviewRow:
    """Record that a named person looked at a gate. Raises: NotAllowed, Invalid without a reason."""
    require(actor, Act.REVIEW_GATE)
    if not judgement.reason:
        raise Invalid("Say in a sentence why this may go on, or what was changed.")
    row = GateReviewRow.model_validate(judgement, update={"study_id": study.id, "reviewed_at": now})
    session.add(row)
    session.flush()
    subject = f"gate {judgement.gate.value}"
    audit.record(session, actor, "review", subject, now=now, study_id=study.id)
    return row


def of_study(session: Session, study_id: int) -> list[GateReviewRow]:
    """Every review of a study, oldest first."""
    query = select(GateReviewRow).where(GateReviewRow.study_id == study_id)
    return list(session.exec(query.order_by(col(GateReviewRow.id))))


def gates(session: Session, study_id: int, build_id: int | None) -> tuple[Gate, ...]:
    """The gates of a study as they stand: values over all it heard, critical over one build."""
    reviews = of_study(session, study_id)
    return (
        values_gate(values_concerns(session, study_id), reviews),
        critical_gate(critical_problems(session, build_id), reviews),
    )


def values_concerns(session: Session, study_id: int) -> list[Concern]:
    """Every values concern that participants raised, in meetings and in answers, oldest first."""
    found = [*meetings.values_concerns(session, study_id), *_offended(session, study_id)]
    return sorted(found, key=lambda concern: (concern.raised_at, concern.participant_id))


def _offended(session: Session, study_id: int) -> list[Concern]:
    query = (
        select(FeedbackRow, ParticipantRow.loyal)
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .where(ActivityRow.study_id == study_id, col(FeedbackRow.offence))
        .where(ParticipantRow.step != Step.WITHDRAWN, col(FeedbackRow.valid))
    )
    return [_concern(row, loyal=loyal) for row, loyal in session.exec(query)]


def critical_problems(session: Session, build_id: int | None) -> list[Concern]:
    """Every critical problem that testers reported about one build."""
    query = (
        select(FeedbackRow, ParticipantRow.loyal)
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .where(FeedbackRow.build_id == build_id, FeedbackRow.problem_severity == "critical")
        .where(ParticipantRow.step != Step.WITHDRAWN, col(FeedbackRow.valid))
    )
    return [_concern(row, loyal=loyal) for row, loyal in session.exec(query)]


def _concern(row: FeedbackRow, *, loyal: bool) -> Concern:
    quote = row.offended_by or row.change_first or "(said yes without words)"
    return Concern(
        participant_id=row.participant_id, loyal=loyal, quote=quote, raised_at=row.received_at
    )
