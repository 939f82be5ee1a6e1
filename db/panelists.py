"""What is kept of customers beyond the studio's files: interests, notes, consent to contact."""

from collections.abc import Collection, Mapping
from datetime import datetime

from pydantic import ValidationError
from sqlmodel import Field, Session, col, select

from casework import roles
from casework.errors import Invalid
from casework.panel import LONGEST_NOTE, Panelist, interests_of
from casework.roles import Act, Actor
from db import audit
from db.table import Table, change


class PanelistRow(Panelist, Table, table=True):
    """One customer's entry in the panel."""

    __tablename__ = "panelist"
    customer_id: int = Field(foreign_key="customer.id", unique=True, index=True)


def of_customer(session: Session, customer_id: int) -> Panelist:
    """What is kept of a customer; an empty entry where nothing is."""
    row = _row(session, customer_id)
    if row is None:
        return Panelist()
    return Panelist.model_validate(row.model_dump(include=set(Panelist.model_fields)))


def _row(session: Session, customer_id: int) -> PanelistRow | None:
    return session.exec(select(PanelistRow).where(PanelistRow.customer_id == customer_id)).first()


def all_of(session: Session, customer_ids: Collection[int] | None = None) -> dict[int, PanelistRow]:
    """Every entry, or those of these customers, by customer id."""
    query = select(PanelistRow)
    if customer_ids is not None:
        query = query.where(col(PanelistRow.customer_id).in_(customer_ids))
    return {row.customer_id: row for row in session.exec(query)}


def interests(session: Session) -> tuple[str, ...]:
    """Every interest anybody has, in alphabetical order."""
    found = session.exec(select(PanelistRow.interests))
    return tuple(sorted({one for each in found for one in each}))


def describe(
    session: Session, actor: Actor, customer_id: int, *, interests: str, note: str, now: datetime
) -> None:
    """Keep what an owner typed on a customer; the same again changes nothing.

    The trail says that a note changed and how long it is, never what it says.

    Raises:
        Invalid: for a note or an interest that is too long.
    """
    roles.require(actor, Act.RECRUIT)
    told = {"interests": interests_of(interests), "note": note.strip()}
    before = of_customer(session, customer_id)
    try:
        after = Panelist.model_validate(before.model_dump() | told)
    except ValidationError as wrong:
        raise Invalid(f"Keep the note within {LONGEST_NOTE:,} characters.") from wrong
    if after == before:
        return
    put(session, customer_id, told)
    detail = f"note of {len(after.note)} characters, {len(after.interests)} interests"
    subject = f"customer {customer_id}"
    audit.record(session, actor, "describe customer", subject, now=now, detail=detail)


def put(session: Session, customer_id: int, told: Mapping[str, object]) -> bool:
    """Add or change an entry; what is not told stays. Whether anything changed."""
    row = _row(session, customer_id)
    if row is None:
        draft = Panelist.model_validate(dict(told))
        row = PanelistRow.model_validate(draft, update={"customer_id": customer_id})
        session.add(row)
        session.flush()
        return True
    differing = {name: value for name, value in told.items() if getattr(row, name) != value}
    if differing:
        change(row, **differing)
        session.add(row)
        session.flush()
    return bool(differing)
