"""A student's desk: what lies on it, and putting work there by the same acts as the pages."""

import db.engine
from casework.case.exercise import Exercise
from casework.roles import Actor, Role
from db import accounts, clock, exercises


def student() -> Actor:
    with db.engine.transaction() as session:
        return accounts.demo_actor(session, Role.STUDENT, now=clock.now())


def stored() -> Exercise:
    """The student's work as the database has it."""
    with db.engine.reading() as session:
        row = exercises.latest(session, student())
        return exercises.work_of(row) if row else Exercise()


def keep(work: Exercise, *, predicted: bool = False, handed_in: bool = False) -> None:
    """Bring the student this far, by the same acts as the pages."""
    actor, now = student(), clock.now()
    with db.engine.transaction() as session:
        exercises.save(session, actor, work, now=now)
        if predicted:
            exercises.lock_prediction(session, actor, now=now)
        if handed_in:
            exercises.submit(session, actor, now=now)
