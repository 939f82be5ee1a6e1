"""Gates of a study: the concerns that open them and the reviews that close them."""

from datetime import datetime
from operator import attrgetter

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework.errors import Invalid
from casework.feedback import Severity
from casework.gates import Concern, GateName, GateReview, critical_gate, values_gate
from casework.roles import Act, Actor, require
from casework.verdict.outcome import Gate
from db import audit, meetings
from db.activities import ActivityRow
from db.feedback import FeedbackRow
from db.participants import ConsentRow, ParticipantRow, is_taking_part
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


def gates(session: Session, study: StudyRow, build_id: int | None) -> tuple[Gate, ...]:
    """The gates of a study as they stand: values over all it heard, critical over one build."""
    done = of_study(session, study.id or 0)
    raised = concerns(session, study.id or 0, build_id)
    return (
        values_gate(raised[GateName.VALUES], done, study.owner_name),
        critical_gate(raised[GateName.CRITICAL], done, study.owner_name),
    )


def concerns(
    session: Session, study_id: int, build_id: int | None
) -> dict[GateName, list[Concern]]:
    """What participants raised under each gate, oldest first; the withdrawn are left out."""
    offended = _raised(session, col(ActivityRow.study_id) == study_id, col(FeedbackRow.offence))
    critical = _raised(
        session,
        col(FeedbackRow.build_id) == build_id,
        col(FeedbackRow.problem_severity) == Severity.CRITICAL,
    )
    values = [*meetings.values_concerns(session, study_id), *offended]
    return {
        GateName.VALUES: sorted(values, key=attrgetter("raised_at", "person")),
        GateName.CRITICAL: critical,
    }


def _raised(session: Session, *which: sa.ColumnExpressionArgument[bool]) -> list[Concern]:
    """What valid answers raise, each with whether its words may be printed.

    Sending the same words about the same build again raises nothing new.
    """
    query = (
        sa.select(
            *(getattr(FeedbackRow, name) for name in ("build_id", "offended_by", "change_first")),
            col(FeedbackRow.received_at),
            *(getattr(ParticipantRow, name) for name in ("customer_id", "loyal")),
            col(ConsentRow.may_quote),
        )
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .join(ConsentRow, col(ConsentRow.participant_id) == ParticipantRow.id)
        .where(is_taking_part(), col(FeedbackRow.valid), col(ConsentRow.withdrawn_at).is_(None))
        .where(*which)
        .order_by(col(FeedbackRow.received_at), col(FeedbackRow.id))
    )
    heard: dict[tuple[int, int, str], Concern] = {}
    for row in session.execute(query):
        quote = row.offended_by or row.change_first
        concern = Concern(
            person=row.customer_id,
            loyal=row.loyal,
            quote=quote,
            raised_at=row.received_at,
            quotable=row.may_quote,
        )
        heard.setdefault((row.customer_id, row.build_id, quote), concern)
    return list(heard.values())
