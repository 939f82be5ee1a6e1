"""The installation's own words for the scorer, version by version; none is ever edited."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from casework import sentiment
from casework.corrections import OwnTerm, OwnTerms, read_by
from casework.corrections.own_terms import with_term, without_term
from casework.errors import Invalid
from casework.record import Line, Moment, Record
from casework.roles import Act, Actor, require
from casework.sentiment import TABLE, Reading, Table
from db import audit, table

MEANWHILE = "Somebody changed the own terms in the meantime. Look at them, then try again."


class OwnTermsRow(OwnTerms, table.Table, table=True):
    """One version of all own terms; the latest is in force."""

    __tablename__ = "own_terms"
    __table_args__ = (sa.UniqueConstraint("version"),)


class RefusedTerm(Record):
    """A word that was proposed and refused, and by whom."""

    term: Line
    refused_at: Moment
    refused_by: Line


class RefusedTermRow(RefusedTerm, table.Table, table=True):
    """It is not proposed again."""

    __tablename__ = "refused_term"
    __table_args__ = (sa.UniqueConstraint("term"),)


class Reader(NamedTuple):
    """How texts are read at present; `read_by` names the scorer and the own terms' version."""

    table: Table
    read_by: str

    def read(self, text: str) -> Reading:
        """The text as the present scorer with the present own terms reads it."""
        return sentiment.read(text, table=self.table)


def reader(session: Session) -> Reader:
    """The scorer with the own terms in force."""
    latest = _latest(session)
    return reader_with(latest.terms, latest.version) if latest else Reader(TABLE, read_by(0))


def reader_with(terms: Iterable[OwnTerm], version: int) -> Reader:
    """The scorer with these own terms."""
    return Reader(_table(tuple(terms)), read_by(version))


@lru_cache(maxsize=8)
def _table(terms: tuple[OwnTerm, ...]) -> Table:
    return sentiment.extended({one.term: one.weight for one in terms}) if terms else TABLE


def versions(session: Session) -> list[OwnTermsRow]:
    """Every version, the oldest first."""
    return list(session.exec(select(OwnTermsRow).order_by(col(OwnTermsRow.version))))


def in_force(session: Session) -> tuple[OwnTerm, ...]:
    """The own terms at present, in alphabetical order."""
    latest = _latest(session)
    return latest.terms if latest else ()


def _latest(session: Session) -> OwnTermsRow | None:
    query = select(OwnTermsRow).order_by(col(OwnTermsRow.version).desc()).limit(1)
    return session.exec(query).first()


def accept(session: Session, actor: Actor, term: OwnTerm, *, now: datetime) -> OwnTermsRow:
    """Put a term in force by the next version; the same again changes nothing.

    Raises:
        Invalid: when somebody else changed the terms in the meantime.
    """
    require(actor, Act.KEEP_OWN_TERMS)
    before = _latest(session)
    if before is not None and term in before.terms:
        return before
    terms = with_term(before.terms if before else (), term)
    return _next(session, actor, before, terms, f"accept “{term.term}”", now=now)


def revoke(session: Session, actor: Actor, term: str, *, now: datetime) -> OwnTermsRow:
    """Take a term out of force by the next version.

    Raises:
        Invalid: it is not in force, or somebody else changed the terms in the meantime.
    """
    require(actor, Act.KEEP_OWN_TERMS)
    before = _latest(session)
    terms = without_term(before.terms if before else (), term)
    return _next(session, actor, before, terms, f"revoke “{term}”", now=now)


def refuse(session: Session, actor: Actor, term: str, *, now: datetime) -> None:
    """Propose a term no more; refusing it again changes nothing."""
    require(actor, Act.KEEP_OWN_TERMS)
    if term in refused(session):
        return
    kept = RefusedTerm(term=term, refused_at=now, refused_by=actor.name)
    session.add(RefusedTermRow.model_validate(kept.model_dump()))
    session.flush()
    audit.record(session, actor, "refuse own term", "own terms", now=now, detail=term)


def refused(session: Session) -> frozenset[str]:
    """The terms that are not proposed again."""
    return frozenset(session.exec(select(RefusedTermRow.term)))


def _next(
    session: Session,
    actor: Actor,
    before: OwnTermsRow | None,
    terms: tuple[OwnTerm, ...],
    said: str,
    *,
    now: datetime,
) -> OwnTermsRow:
    version = before.version + 1 if before else 1
    kept = OwnTerms(version=version, terms=terms, made_at=now, made_by=actor.name, said=said)
    row = OwnTermsRow.model_validate(kept.model_dump())
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        raise Invalid(MEANWHILE) from None
    audit.record(session, actor, said.split(" ")[0] + " own term", f"own terms {version}", now=now)
    return row
