"""Reading stored texts anew when the scorer or the own terms have changed, batch by batch.

A batch is one transaction that also moves the cursor, and the job's row is held while it lasts: a
crash loses at most an unfinished batch, and no batch is done twice. What people said stays.
"""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from casework.corrections import Spoken
from casework.errors import Invalid
from casework.record import Line, Moment, Record
from casework.roles import Act, Actor, Role, require
from casework.sentiment import Label
from db import audit, clock, heard_texts, own_terms
from db.engine import Database
from db.heard_texts import HeardRow
from db.own_terms import Reader
from db.table import Table, change

BATCH = 200
"""Texts in one transaction: about half a second, in which SQLite lets nobody else write."""

CASEWORK = Actor(role=Role.OWNER, name="Casework")
"""Who reads anew when nobody asked for it."""


class RescoringState(StrEnum):
    """How far a job has come; one whose scorer was replaced meanwhile is overtaken."""

    RUNNING = "running"
    CANCELLED = "cancelled"
    OVERTAKEN = "overtaken"
    DONE = "done"


class Rescoring(Record):
    """One job: which scorer reads, and how far it has come.

    `cursor` is the last text read of the kind `spoken`. `done` of `total` texts are read, of which
    `changed` got another label.
    """

    number: int
    read_by: Line
    state: RescoringState = RescoringState.RUNNING
    spoken: Spoken = Spoken.ANSWER
    cursor: int = 0
    total: int
    done: int = 0
    changed: int = 0
    begun_at: Moment
    begun_by: Line
    ended_at: Moment | None = None


class RescoringRow(Rescoring, Table, table=True):
    """One job; there is one at a time, and the number keeps two from beginning at once."""

    __tablename__ = "rescoring"
    __table_args__ = (sa.UniqueConstraint("number"),)


def latest(session: Session) -> RescoringRow | None:
    """The job begun last, if any."""
    query = select(RescoringRow).order_by(col(RescoringRow.number).desc()).limit(1)
    return session.exec(query).first()


def outdated(session: Session) -> int:
    """Texts that another scorer than the present one has read."""
    return heard_texts.count_outdated(session, own_terms.reader(session).read_by)


def begin(session: Session, actor: Actor, *, now: datetime) -> RescoringRow:
    """Begin to read anew, or go on where it was cancelled.

    Raises:
        Invalid: every text is read by the present scorer, or somebody else began at this moment.
    """
    require(actor, Act.READ_ANEW)
    job, reader = _held(session), own_terms.reader(session)
    if _fits(job, reader, RescoringState.RUNNING) and job is not None:
        return job
    if _fits(job, reader, RescoringState.CANCELLED) and job is not None:
        change(job, state=RescoringState.RUNNING, ended_at=None)
        session.add(job)
        _trail(session, actor, job, "resume reading anew", now)
        return job
    begun = _begin(session, actor, job, reader, now)
    if begun is None:
        raise Invalid(f"Every text was read by scorer {reader.read_by} already.")
    return begun


def cancel(session: Session, actor: Actor, *, now: datetime) -> RescoringRow:
    """Stop after the batch that is being read; what is read stays read.

    Raises:
        Invalid: nothing is being read anew.
    """
    require(actor, Act.READ_ANEW)
    job = _held(session)
    if job is None or job.state is not RescoringState.RUNNING:
        raise Invalid("Nothing is being read anew just now.")
    change(job, state=RescoringState.CANCELLED, ended_at=now)
    session.add(job)
    _trail(session, actor, job, "cancel reading anew", now)
    return job


def turn(session: Session, *, now: datetime, batch: int = BATCH) -> bool:
    """Read one batch anew, beginning by itself where something is outdated.

    A job that somebody cancelled is left alone until they resume it or the scorer changes again.
    Returns whether there may be more to do.
    """
    job, reader = _held(session), own_terms.reader(session)
    if not _fits(job, reader, RescoringState.RUNNING):
        if _fits(job, reader, RescoringState.CANCELLED):
            return False
        job = _begin(session, CASEWORK, job, reader, now)
    if job is None:
        return False
    _read_batch(session, job, reader, batch)
    if not heard_texts.any_outdated(session, reader.read_by):
        change(job, state=RescoringState.DONE, ended_at=now)
        _trail(session, CASEWORK, job, "finish reading anew", now)
    session.add(job)
    session.flush()
    return job.state is RescoringState.RUNNING


def take_turn(database: Database) -> bool:
    """One batch in a unit of work of its own: what the worker calls."""
    with database() as session:
        return turn(session, now=clock.now())


def _fits(job: RescoringRow | None, reader: Reader, state: RescoringState) -> bool:
    return job is not None and job.state is state and job.read_by == reader.read_by


def _held(session: Session) -> RescoringRow | None:
    """The latest job, kept from other workers until the end of the transaction."""
    query = select(RescoringRow).order_by(col(RescoringRow.number).desc()).limit(1)
    return session.exec(query.with_for_update()).first()


def _begin(
    session: Session, actor: Actor, before: RescoringRow | None, reader: Reader, now: datetime
) -> RescoringRow | None:
    if not heard_texts.any_outdated(session, reader.read_by):
        return None
    if before is not None and before.state is RescoringState.RUNNING:
        change(before, state=RescoringState.OVERTAKEN, ended_at=now)
        session.add(before)
    job = Rescoring(
        number=before.number + 1 if before else 1,
        read_by=reader.read_by,
        total=heard_texts.count_outdated(session, reader.read_by),
        begun_at=now,
        begun_by=actor.name,
    )
    row = RescoringRow.model_validate(job.model_dump())
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return None
    _trail(session, actor, row, "begin reading anew", now)
    return row


def _read_batch(session: Session, job: RescoringRow, reader: Reader, batch: int) -> None:
    """The next texts of one kind; after its last one the next kind's turn comes."""
    rows = heard_texts.outdated(
        session, job.spoken, reader.read_by, after=job.cursor, at_most=batch
    )
    changed = sum(_read(session, row, reader) for row in rows)
    known = {"done": job.done + len(rows), "changed": job.changed + changed}
    if len(rows) < batch:
        following = list(Spoken)[list(Spoken).index(job.spoken) + 1 :]
        # After the last kind it begins again: texts may have come in behind the cursor.
        change(job, **known, spoken=following[0] if following else Spoken.ANSWER, cursor=0)
    else:
        change(job, **known, cursor=rows[-1].id)


def _read(session: Session, row: HeardRow, reader: Reader) -> bool:
    """Read one text anew; whether its label changed."""
    before: Label | None = row.reading.label if row.reading else None
    reading = reader.read(row.text)
    heard_texts.read_anew(row, reading, reader.read_by)
    session.add(row)
    return reading.label is not before


def _trail(session: Session, actor: Actor, job: RescoringRow, act: str, now: datetime) -> None:
    session.flush()
    detail = f"scorer {job.read_by}, {job.done} of {job.total} texts"
    audit.record(session, actor, act, f"rescoring {job.number}", now=now, detail=detail)
