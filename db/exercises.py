"""Students' work on the case: a draft kept on every change, then handed in for good."""

from datetime import datetime

from sqlmodel import Field, Session, col, select

from casework.case.checks import check_recommendation
from casework.case.exercise import Exercise
from casework.errors import Closed, NotAllowed, NotEnough
from casework.record import Moment, Prose
from casework.roles import Act, Actor, require
from db import case_study
from db.accounts import AccountRow
from db.case_study import CaseStudy
from db.table import Table, change

PREDICT_FIRST = "Say first what you expect, and lock it. The study opens after that."


class ExerciseRow(Exercise, Table, table=True):
    """One attempt at the case. `predicted_at` is when the prediction was locked.

    `reflection` is what the student thinks of it after handing in.
    """

    __tablename__ = "exercise"
    account_id: int = Field(foreign_key="account.id", index=True)
    started_at: Moment
    predicted_at: Moment | None = None
    submitted_at: Moment | None = None
    reflection: Prose = ""


def work_of(row: ExerciseRow) -> Exercise:
    """The student's work without the row around it."""
    return Exercise.model_validate(row.model_dump(include=set(Exercise.model_fields)))


def latest(session: Session, actor: Actor) -> ExerciseRow | None:
    """The attempt this person is at, handed in or not; None before the first."""
    return next(iter(all_of(session, actor)), None)


def all_of(session: Session, actor: Actor) -> list[ExerciseRow]:
    """Every attempt of this person, the newest first."""
    require(actor, Act.WORK_CASE)
    query = select(ExerciseRow).where(ExerciseRow.account_id == _account(actor))
    return list(session.exec(query.order_by(col(ExerciseRow.id).desc())))


def current(session: Session, actor: Actor, *, now: datetime) -> ExerciseRow:
    """The attempt this person is at; the first call begins one."""
    require(actor, Act.WORK_CASE)
    _hold(session, actor)
    return latest(session, actor) or _begin(session, actor, now)


def save(session: Session, actor: Actor, exercise: Exercise, *, now: datetime) -> ExerciseRow:
    """Keep the draft as it is now; handing in is an act of its own.

    Raises:
        Closed: after handing in, or for another prediction than the locked one.
    """
    row = _open(session, actor, now)
    if row.predicted_at and exercise.prediction != row.prediction:
        raise Closed("Your prediction is locked. It stays as it is for the comparison at the end.")
    values = {name: getattr(exercise, name) for name in Exercise.model_fields}
    return _changed(session, row, values | {"submitted": False})


def lock_prediction(session: Session, actor: Actor, *, now: datetime) -> ExerciseRow:
    """Fix the prediction, which opens the study; a second time changes nothing.

    Raises:
        NotEnough: while one of its questions is open.
    """
    row = _open(session, actor, now)
    if row.predicted_at:
        return row
    if row.prediction is None or not row.prediction.is_complete:
        raise NotEnough("Answer all three questions first; a guess is fine.")
    return _changed(session, row, {"predicted_at": now})


def inspect(session: Session, actor: Actor, *, now: datetime) -> CaseStudy:
    """The study of the case, once the prediction is locked.

    Raises:
        NotEnough: before that.
        NotFound: when the demonstration is not loaded.
    """
    require(actor, Act.INSPECT_STUDY)
    row = latest(session, actor)
    if row is None or row.predicted_at is None:
        raise NotEnough(PREDICT_FIRST)
    return case_study.inspect(session, actor, now=now)


def submit(session: Session, actor: Actor, *, now: datetime) -> ExerciseRow:
    """Hand the work in for good; a second time changes nothing.

    Raises:
        NotEnough: without a locked prediction, a decision with its reason, or two cited answers.
    """
    row = current(session, actor, now=now)
    if row.submitted:
        return row
    if row.predicted_at is None:
        raise NotEnough(PREDICT_FIRST)
    known = case_study.answer_numbers(session, actor, now=now)
    missing = [each for each in check_recommendation(row.recommendation, known) if not each.passed]
    if missing:
        raise NotEnough(" ".join(each.text for each in missing))
    return _changed(session, row, {"submitted": True, "submitted_at": now})


def reflect(session: Session, actor: Actor, text: str, *, now: datetime) -> ExerciseRow:
    """Keep what the student thinks of it now. Raises: NotEnough before handing in."""
    row = current(session, actor, now=now)
    if not row.submitted:
        raise NotEnough("Hand in first; the questions to think about come after that.")
    return _changed(session, row, {"reflection": text})


def start_again(session: Session, actor: Actor, *, now: datetime) -> ExerciseRow:
    """Begin a new attempt beside the one handed in; a draft that is still open stays the one."""
    row = current(session, actor, now=now)
    return _begin(session, actor, now) if row.submitted else row


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise NotAllowed("Working on the case takes an account, so that your draft can be kept.")
    return actor.account_id


def _hold(session: Session, actor: Actor) -> None:
    """Queue the tabs of one person: two at once would begin two attempts or lose a change."""
    query = select(AccountRow.id).where(AccountRow.id == _account(actor)).with_for_update()
    session.exec(query).one()


def _begin(session: Session, actor: Actor, now: datetime) -> ExerciseRow:
    facts = {"account_id": _account(actor), "started_at": now}
    row = ExerciseRow.model_validate(Exercise(), update=facts)
    session.add(row)
    session.flush()
    return row


def _open(session: Session, actor: Actor, now: datetime) -> ExerciseRow:
    row = current(session, actor, now=now)
    if row.submitted:
        raise Closed("Your work is handed in and stays as it is. Start again to try another way.")
    return row


def _changed(session: Session, row: ExerciseRow, values: dict[str, object]) -> ExerciseRow:
    change(row, **values)
    session.add(row)
    session.flush()
    return row
