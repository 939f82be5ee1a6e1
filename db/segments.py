"""Saved segments of the roster, and who fits them now."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Field, Session, col, select

from casework import roles
from casework.customers import Attribute
from casework.errors import Invalid, NotFound
from casework.record import Moment
from casework.recruiting import Candidate
from casework.reliability import ReliabilityBand
from casework.roles import Act, Actor
from casework.segments import Person, Segment, members
from db import audit, panelists, reliability
from db.customers import CustomerRow, Standings
from db.table import Table


class SegmentRow(Table, table=True):
    """One segment; draws keep a copy of it as it was."""

    __tablename__ = "segment"
    name: str = Field(unique=True)
    segment: Segment
    saved_at: Moment
    saved_by: str


def saved(session: Session) -> list[SegmentRow]:
    """Every segment, by name."""
    return list(session.exec(select(SegmentRow).order_by(col(SegmentRow.name))))


def get(session: Session, segment_id: int) -> SegmentRow:
    """One segment. Raises: NotFound."""
    row = session.get(SegmentRow, segment_id)
    if row is None:
        raise NotFound("There is no such segment any more. Choose another one.")
    return row


def save(session: Session, actor: Actor, segment: Segment, *, now: datetime) -> SegmentRow:
    """Keep a segment under its name.

    Raises:
        Invalid: when the name is taken, whatever its capitals.
    """
    roles.require(actor, Act.RECRUIT)
    if any(row.name.casefold() == segment.name.casefold() for row in saved(session)):
        raise Invalid(f"There is a segment “{segment.name}” already. Give another name.")
    row = SegmentRow(name=segment.name, segment=segment, saved_at=now, saved_by=actor.name)
    session.add(row)
    session.flush()
    _note(session, actor, "save segment", row, now)
    return row


def remove(session: Session, actor: Actor, segment_id: int, *, now: datetime) -> None:
    """Forget a segment; draws made from it keep their copy. Raises: NotFound."""
    roles.require(actor, Act.RECRUIT)
    row = get(session, segment_id)
    _note(session, actor, "remove segment", row, now)
    session.delete(row)
    session.flush()


def _note(session: Session, actor: Actor, act: str, row: SegmentRow, now: datetime) -> None:
    detail = row.segment.described[:2_000]
    audit.record(session, actor, act, f"segment {row.id}", now=now, detail=detail)


def people(session: Session, standings: Standings, *, now: datetime) -> list[Person]:
    """The whole roster as segments see it."""
    columns = (CustomerRow.id, *(getattr(CustomerRow, each.value) for each in Attribute))
    rows = (
        (number, dict(zip(Attribute, values, strict=True)), standings.score(number))
        for number, *values in session.exec(select(*columns))
    )
    return _people(session, rows, now)


def among(
    session: Session, actor: Actor, segment: Segment, pool: Iterable[Candidate], *, now: datetime
) -> frozenset[int]:
    """The ids of those of a recruiting's pool who fit a segment now."""
    roles.require(actor, Act.RECRUIT)
    rows = ((one.customer_id, one.attributes, one.score) for one in pool)
    return members(segment, _people(session, rows, now), now=now)


def _people(
    session: Session, rows: Iterable[tuple[int, Mapping[Attribute, str], float]], now: datetime
) -> list[Person]:
    kept = panelists.all_of(session)
    known = reliability.of_everybody(session, now=now)
    asked = reliability.last_asked(session)
    found = []
    for number, attributes, score in rows:
        entry = kept.get(number)
        found.append(
            Person(
                customer_id=number,
                attributes=attributes,
                score=score,
                interests=frozenset(entry.interests if entry else ()),
                reliability=known[number].band if number in known else ReliabilityBand.NEW,
                asked_at=asked.get(number),
                came_by=entry.came_by if entry else None,
            )
        )
    return found


def fitting(
    session: Session, actor: Actor, segment: Segment, standings: Standings, *, now: datetime
) -> frozenset[int]:
    """The ids of the customers who fit a segment now."""
    roles.require(actor, Act.SEE_CUSTOMERS)
    return members(segment, people(session, standings, now=now), now=now)
