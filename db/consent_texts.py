"""The texts people agree to before joining: each version stays, the latest is in force."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casework import roles
from casework.consent import ConsentText, first_texts, next_text
from casework.funnel import ActivityKind
from casework.record import Moment
from casework.roles import Act, Actor
from db import audit
from db.table import Table


class ConsentTextRow(ConsentText, Table, table=True):
    """A version that an owner wrote; those that come with the product are in casework.consent."""

    __tablename__ = "consent_text"
    __table_args__ = (sa.UniqueConstraint("kind", "number"),)
    kind: ActivityKind
    saved_at: Moment
    saved_by: str


def versions(session: Session, kind: ActivityKind) -> tuple[ConsentText, ...]:
    """Every version for one kind of activity, oldest first; the last is in force."""
    query = (
        select(ConsentTextRow)
        .where(ConsentTextRow.kind == kind)
        .order_by(col(ConsentTextRow.number))
    )
    fields = set(ConsentText.model_fields)
    written = (ConsentText(**row.model_dump(include=fields)) for row in session.exec(query))
    return (*first_texts(kind), *written)


def in_force(session: Session, kind: ActivityKind) -> ConsentText:
    """What people read and agree to now."""
    return versions(session, kind)[-1]


def save(
    session: Session,
    actor: Actor,
    kind: ActivityKind,
    *,
    text: str,
    purpose: str,
    retention_days: int,
    material: bool,
    now: datetime,
) -> ConsentTextRow:
    """Put a new version in force; earlier ones and whoever agreed to them stay as they are.

    After a `material` change everybody who agreed before is asked again on their next visit.

    Raises:
        Invalid: for an empty or an unchanged text.
    """
    roles.require(actor, Act.RECRUIT)
    draft = next_text(
        kind,
        in_force(session, kind),
        text=text,
        purpose=purpose,
        retention_days=retention_days,
        material=material,
    )
    told = {"kind": kind, "saved_at": now, "saved_by": actor.name}
    row = ConsentTextRow.model_validate(draft, update=told)
    session.add(row)
    session.flush()
    asks = ", asks again" if material else ""
    detail = f"{draft.version}, digest {draft.digest}{asks}"
    audit.record(session, actor, "save consent text", f"consent {row.id}", now=now, detail=detail)
    return row
