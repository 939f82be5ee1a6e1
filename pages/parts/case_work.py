"""A student's work on this screen: read once a run, kept on every change.

The database holds the draft and the widgets follow it. A widget's callback changes one part of what
is stored at that moment, so a reload keeps everything and two tabs do not undo each other.
"""

from collections.abc import Callable

import streamlit as st

from casework.case.exercise import Exercise, Recommendation
from casework.roles import Actor
from db import exercises
from db.clock import now
from db.engine import reading, transaction
from db.exercises import ExerciseRow
from pages import who


def here(actor: Actor) -> ExerciseRow:
    """The attempt this student is at, begun at the first visit."""
    with reading() as session:
        found = exercises.latest(session, actor)
    if found is not None:
        return found
    with transaction() as session:
        return exercises.current(session, actor, now=now())


def edit(change: Callable[[Exercise], Exercise]) -> None:
    """Apply one change to the stored draft; what is refused is said at the top of the page."""
    actor = who.actor()
    with who.shown_errors(), transaction() as session:
        row = exercises.current(session, actor, now=now())
        exercises.save(session, actor, change(exercises.work_of(row)), now=now())


def edit_recommendation(**values: object) -> None:
    """Change parts of the recommendation, which may still be blank."""

    def change(work: Exercise) -> Exercise:
        so_far = work.recommendation or Recommendation()
        changed = Recommendation.model_validate(so_far.model_dump() | values)
        return work.model_copy(update={"recommendation": changed})

    edit(change)


def cite(number: int) -> None:
    """Cite an answer, or take it out again."""

    def change(work: Exercise) -> Exercise:
        so_far = work.recommendation or Recommendation()
        kept = tuple(each for each in so_far.cited if each != number)
        cited = kept if number in so_far.cited else (*kept, number)
        return work.model_copy(
            update={"recommendation": so_far.model_copy(update={"cited": cited})}
        )

    edit(change)


def follow(key: str, stored: object) -> str:
    """Let the widget of this key show what is stored, and give the key back.

    Only a difference is set: setting a value again would overwrite what is being typed meanwhile.
    """
    shown = st.session_state.get(key)
    same = shown.strip() == stored if isinstance(shown, str) else shown == stored
    if key not in st.session_state or not same:
        st.session_state[key] = stored
    return key
