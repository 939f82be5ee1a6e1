"""Decisions on a build: taken, signed off, judged after the launch; none is ever edited."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper
from sqlmodel import Field, Session, col, select

from casework import decisions as rule
from casework import forecasts
from casework.decisions import Decided, DecisionRecord, Intent, LaunchResult, SignOff
from casework.errors import Closed, Invalid
from casework.forecasts import Brier
from casework.roles import Act, Actor, require, require_reading
from casework.verdict import as_json
from db import audit, events, verdicts
from db.studies import StudyRow
from db.table import Table


class DecisionRow(DecisionRecord, Table, table=True):
    """One decision; the latest for a build is in force."""

    __tablename__ = "decision"
    study_id: int = Field(foreign_key="study.id", index=True)


class SignOffRow(SignOff, Table, table=True):
    """One reviewer's name under a decision."""

    __tablename__ = "sign_off"
    decision_id: int = Field(foreign_key="decision.id", index=True)


class LaunchResultRow(LaunchResult, Table, table=True):
    """How the launch after a decision went; the latest entry counts."""

    __tablename__ = "launch_result"
    decision_id: int = Field(foreign_key="decision.id", index=True)


Kept = TypeVar("Kept", SignOffRow, LaunchResultRow)


def _refuse(_mapper: Mapper[Table], _connection: Connection, row: Table) -> NoReturn:
    raise TypeError(f"A {row.__tablename__} is never edited; add a later one.")


for _kept in (DecisionRow, SignOffRow, LaunchResultRow):
    sa.event.listen(_kept, "before_update", _refuse)


def decide(
    session: Session,
    actor: Actor,
    study: StudyRow,
    intent: Intent,
    *,
    build: str | None = None,
    seen_digest: str | None = None,
    now: datetime,
) -> DecisionRow:
    """Record what was decided, with the verdict as it is at this moment.

    `seen_digest` is that of the verdict the decider had before them.

    Raises:
        Invalid: the verdict has changed since, or the decision lacks its reason.
    """
    require(actor, Act.DECIDE)
    counted = verdicts.evidence(session, actor, study, build, now=now)
    verdict = verdicts.judge(study, counted)
    if seen_digest not in (None, verdict.digest):
        raise Invalid("The verdict has changed since you opened the page. Read it again first.")
    record = rule.recorded(
        intent,
        build=verdict.build,
        outcome=verdict.outcome,
        verdict_digest=verdict.digest,
        verdict_text=as_json(verdict),
        profile=counted.criteria.profile if counted.criteria else None,
        now=now,
    )
    row = DecisionRow.model_validate(record.model_dump() | {"study_id": study.id})
    session.add(row)
    session.flush()
    detail = f"{record.decision.value} on {record.outcome.value}, verdict {record.verdict_digest}"
    _trail(session, actor, row, "decide", now=now, detail=detail)
    events.decision_made(
        session,
        study,
        build=row.build,
        decision=row.decision.label,
        verdict=row.outcome.value,
        key=f"decision {row.id}",
        now=now,
    )
    return row


def sign_off(
    session: Session, actor: Actor, row: DecisionRow, name: str, role: str, *, now: datetime
) -> SignOffRow:
    """Put a reviewer's name under a decision.

    Raises:
        Closed: a later decision has taken its place.
        Invalid: it is the decider's own name, or stands there already.
    """
    require(actor, Act.SIGN_OFF)
    _require_in_force(session, row)
    wanted = rule.signed(row, _under(session, SignOffRow, [row])[row.id], name, role, now)
    signed = SignOffRow.model_validate(wanted.model_dump() | {"decision_id": row.id})
    session.add(signed)
    session.flush()
    _trail(session, actor, row, "sign off", now=now, detail=wanted.role)
    return signed


def record_outcome(
    session: Session,
    actor: Actor,
    study: StudyRow,
    row: DecisionRow,
    result: LaunchResult,
    *,
    now: datetime,
) -> LaunchResultRow:
    """Enter how the launch went, seven days after it; entering again corrects it by a later line.

    Raises:
        Closed: a later decision has taken its place.
        Invalid: too early, nothing launched, or nothing said.
    """
    require(actor, Act.RECORD_OUTCOME)
    _require_in_force(session, row)
    dated = result.model_copy(update={"at": now})
    rule.require_result(row, dated, study.release_on)
    entered = LaunchResultRow.model_validate(dated.model_dump() | {"decision_id": row.id})
    session.add(entered)
    session.flush()
    told = "went well" if result.went_well else "did not go well"
    _trail(session, actor, row, "record outcome", now=now, detail=told)
    return entered


def in_force(session: Session, study_id: int | None, build: str) -> DecisionRow | None:
    """The latest decision on a build."""
    query = select(DecisionRow).where(DecisionRow.study_id == study_id, DecisionRow.build == build)
    return session.exec(query.order_by(col(DecisionRow.id).desc())).first()


def of_study(session: Session, actor: Actor, study: StudyRow) -> tuple[Decided, ...]:
    """Every decision of a study with what followed, oldest first. Raises: NotAllowed."""
    require_reading(actor, Act.READ_VERDICT, study.slug)
    query = select(DecisionRow).where(DecisionRow.study_id == study.id)
    return _with_what_followed(session, list(session.exec(query.order_by(col(DecisionRow.id)))))


def history(
    session: Session, actor: Actor, study: StudyRow, build: str | None = None
) -> tuple[Decided, ...]:
    """The decisions on one build, by default on all, oldest first. Raises: NotAllowed."""
    found = of_study(session, actor, study)
    return tuple(one for one in found if build in (None, one.record.build))


def brier(session: Session, actor: Actor) -> Brier | None:
    """How good the forecasts were over every study; None before the first judged launch."""
    require(actor, Act.READ_VERDICT)
    rows = list(session.exec(select(DecisionRow).order_by(col(DecisionRow.id))))
    return forecasts.brier(_with_what_followed(session, rows))


def _with_what_followed(session: Session, rows: Sequence[DecisionRow]) -> tuple[Decided, ...]:
    signed = _under(session, SignOffRow, rows)
    results = _under(session, LaunchResultRow, rows)
    latest = {(row.study_id, row.build): row.id for row in rows}
    return tuple(
        Decided(
            record=DecisionRecord.model_validate(
                row.model_dump(include=set(DecisionRecord.model_fields))
            ),
            sign_offs=tuple(
                SignOff.model_validate(one.model_dump(include=set(SignOff.model_fields)))
                for one in signed[row.id]
            ),
            results=tuple(
                LaunchResult.model_validate(one.model_dump(include=set(LaunchResult.model_fields)))
                for one in results[row.id]
            ),
            in_force=latest[row.study_id, row.build] == row.id,
        )
        for row in rows
    )


def _under(
    session: Session, kind: type[Kept], rows: Sequence[DecisionRow]
) -> defaultdict[int | None, list[Kept]]:
    """The sign-offs or results under each decision, oldest first."""
    query = select(kind).where(col(kind.decision_id).in_([row.id for row in rows]))
    found: defaultdict[int | None, list[Kept]] = defaultdict(list)
    for one in session.exec(query.order_by(col(kind.id))):
        found[one.decision_id].append(one)
    return found


def _require_in_force(session: Session, row: DecisionRow) -> None:
    latest = in_force(session, row.study_id, row.build)
    if latest is not None and latest.id != row.id:
        raise Closed("A later decision has taken the place of this one; go on with that one.")


def _trail(
    session: Session, actor: Actor, row: DecisionRow, act: str, *, now: datetime, detail: str
) -> None:
    subject = f"decision {row.id}"
    audit.record(session, actor, act, subject, now=now, study_id=row.study_id, detail=detail)
