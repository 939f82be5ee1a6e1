"""Alerts on a verdict: who hears of it, and what was known when it was last looked at.

The worker looks; a change is told by letter and webhook in the transaction that remembers it, under
a key of its own, so that nothing is told twice and nothing is forgotten.
"""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework import alerts as rule
from casework.alerts import Addressee, Alert, AlertKind, Seen
from casework.errors import Invalid
from casework.messages import Event, address_problem
from casework.record import Moment
from casework.roles import Act, Actor, Role, require
from casework.verdict import Verdict
from db import alert_letters, audit, criteria, marks, outbox, verdicts, webhooks
from db.clock import now as now_
from db.engine import Database, reading
from db.studies import StudyRow
from db.table import Table, change

WATCH = Actor(role=Role.OWNER, name="Casework")
"""Who looks when nobody is there."""

_EVENTS = {AlertKind.OUTCOME: Event.VERDICT_CHANGED, AlertKind.OFFENCE: Event.OFFENCE_ALERT}
_SUBJECTS = {
    AlertKind.OUTCOME: "the verdict has changed",
    AlertKind.OFFENCE: "offence has reached half of its limit",
}


class AddresseeRow(Addressee, Table, table=True):
    """Who hears of a study's alerts; the latest row counts."""

    __tablename__ = "alert_addressee"
    study_id: int = Field(foreign_key="study.id", index=True)


class SeenRow(Seen, Table, table=True):
    """What was last seen of one attempt; `mark` tells cheaply whether anything has come since.

    `told` counts the alerts, so that each has a key of its own.
    """

    __tablename__ = "verdict_seen"
    __table_args__ = (sa.UniqueConstraint("study_id", "build", "version"),)
    study_id: int = Field(foreign_key="study.id", index=True)
    build: str
    version: int
    mark: str
    told: int = 0
    looked_at: Moment


def tell(session: Session, actor: Actor, study: StudyRow, email: str, *, now: datetime) -> None:
    """Send alerts to this address from now on; an empty one ends it. Raises: Invalid."""
    require(actor, Act.PLAN_STUDY)
    email = email.strip()
    if email and address_problem(email):
        raise Invalid("This is not an e-mail address. Give one such as nora@studio.example.")
    if email == addressee(session, study):
        return
    facts = {"email": email, "set_at": now, "set_by": actor.name, "study_id": study.id}
    session.add(AddresseeRow.model_validate(facts))
    session.flush()
    said = "tell alerts" if email else "tell no alerts"
    audit.record(session, actor, said, f"study {study.id}", now=now, study_id=study.id)


def addressee(session: Session, study: StudyRow) -> str:
    """The address that alerts go to; empty while nobody is told by letter."""
    query = select(AddresseeRow.email).where(AddresseeRow.study_id == study.id)
    return session.exec(query.order_by(col(AddresseeRow.id).desc())).first() or ""


class Looked(NamedTuple):
    """A look at a study's newest attempt: the mark it was made under, and the verdict."""

    mark: str
    verdict: Verdict

    @property
    def version(self) -> int:
        """Which criteria it was judged by."""
        return self.verdict.registered_version or 0


def turn(database: Database) -> bool:
    """Look at every study that somebody wants to hear of; there is never more to do at once.

    Looking only reads, so that nobody waits for a large study; what has changed is written after.
    """
    with reading() as session:
        due = [(study, look(session, study, now=now_())) for study in _heard_of(session)]
    for study, looked in due:
        if looked is not None:
            with database() as session:
                note(session, study, looked, now=now_())
    return False


def _heard_of(session: Session) -> list[StudyRow]:
    """The studies whose alerts have anybody to go to."""
    studies = session.exec(select(StudyRow).order_by(col(StudyRow.id)))
    wanted = set(_EVENTS.values())
    if any(wanted & set(row.events) for row in webhooks.subscriptions(session)):
        return list(studies)
    return [study for study in studies if addressee(session, study)]


def look(session: Session, study: StudyRow, *, now: datetime) -> Looked | None:
    """The verdict on the newest attempt; None where nothing has come since the last look."""
    attempt = criteria.attempt(session, study)
    if attempt is None:
        return None
    closed = "closed" if now >= attempt.closes_at else "open"
    mark = f"{marks.mark(session, study.id)} {closed}"
    last = _last(session, study, attempt.build, attempt.registration.version)
    if last is not None and last.mark == mark:
        return None
    return Looked(mark, verdicts.verdict(session, WATCH, study, attempt.build, now=now))


def note(session: Session, study: StudyRow, looked: Looked, *, now: datetime) -> tuple[Alert, ...]:
    """Remember a look, and tell what has changed since the one before."""
    last = _last(session, study, looked.verdict.build, looked.version)
    found = rule.alerts(last, looked.verdict)
    row = _remember(study, last, looked, told=len(found), now=now)
    session.add(row)
    session.flush()
    for number, alert in enumerate(found, start=row.told - len(found) + 1):
        key = f"verdict alert {row.id}, {number}"
        _publish(session, looked.verdict, alert, key=key, now=now)
        _write(session, study, alert, key=key, now=now)
    return found


def _last(session: Session, study: StudyRow, build: str, version: int) -> SeenRow | None:
    """What is remembered of an attempt."""
    query = select(SeenRow).where(
        SeenRow.study_id == study.id, SeenRow.build == build, SeenRow.version == version
    )
    return session.exec(query).first()


def _remember(
    study: StudyRow, last: SeenRow | None, looked: Looked, *, told: int, now: datetime
) -> SeenRow:
    seen = rule.remembered(last, looked.verdict).model_dump()
    seen |= {"mark": looked.mark, "looked_at": now, "told": (last.told if last else 0) + told}
    if last is not None:
        change(last, **seen)
        return last
    where = {"study_id": study.id, "build": looked.verdict.build, "version": looked.version}
    return SeenRow.model_validate(seen | where)


def _publish(session: Session, verdict: Verdict, alert: Alert, *, key: str, now: datetime) -> None:
    facts = {
        "text": alert.text,
        "study": verdict.study,
        "build": verdict.build,
        "outcome": verdict.outcome.value,
        "answers": verdict.answers,
    }
    webhooks.publish(session, _EVENTS[alert.kind].value, facts, key=key, now=now)


def _write(session: Session, study: StudyRow, alert: Alert, *, key: str, now: datetime) -> None:
    email = addressee(session, study)
    if not email:
        return
    letter = alert_letters.compose(
        session, study, _SUBJECTS[alert.kind], alert.text, name=study.owner_name, email=email
    )
    outbox.enqueue(session, letter, key=key, now=now)
