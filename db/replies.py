"""What participants were told about what they said."""

from datetime import datetime

from sqlmodel import Field, Session, col, select

from casework.errors import Invalid
from casework.replies import Reply
from casework.roles import Act, Actor, require
from db import audit
from db.studies import StudyRow
from db.table import Table


class ReplyRow(Reply, Table, table=True):
    """One published reply; shown on each participant's link."""

    __tablename__ = "reply"
    study_id: int = Field(foreign_key="study.id", index=True)
    idea_id: int | None = Field(default=None, foreign_key="idea.id", index=True)


def publish(
    session: Session,
    actor: Actor,
    study: StudyRow,
    reply: Reply,
    *,
    now: datetime,
    idea_id: int | None = None,
) -> ReplyRow:
    """Show every participant what was done with something they said; published ones stay.

    Raises:
        Invalid: without an answer, or when the same was said before.
    """
    require(actor, Act.TELL_BACK)
    if not reply.answer:
        raise Invalid(f"Finish the sentence: {reply.promise.opening} …")
    if any(row.said.casefold() == reply.said.casefold() for row in of_study(session, study.id)):
        raise Invalid("There is a reply to this already. Word the new one differently.")
    facts = {"study_id": study.id, "idea_id": idea_id, "published_at": now}
    row = ReplyRow.model_validate(reply, update=facts)
    session.add(row)
    session.flush()
    audit.record(session, actor, "publish reply", f"reply {row.id}", now=now, study_id=study.id)
    return row


def of_study(session: Session, study_id: int | None) -> list[ReplyRow]:
    """The replies of a study, oldest first."""
    query = select(ReplyRow).where(ReplyRow.study_id == study_id)
    return list(session.exec(query.order_by(col(ReplyRow.published_at), col(ReplyRow.id))))
