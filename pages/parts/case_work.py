"""A student's work on this screen: what was typed is stored at the top of every run.

The database holds the draft and the widgets follow it. Each widget's own change is put into what is
stored at that moment, so a reload keeps everything and two tabs do not undo each other. Callbacks
would not do: one that reads `st.session_state` while the next change arrives is dropped silently,
and with it what was typed.
"""

import streamlit as st

from casework.case.exercise import Exercise, Recommendation
from casework.roles import Actor
from db import exercises
from db.clock import now
from db.engine import reading, transaction
from db.exercises import ExerciseRow
from pages import who
from pages.parts.case_fields import changed

SHOWN = "shown:"
REFLECTION = "reflection"


def here(actor: Actor) -> ExerciseRow:
    """The attempt this student is at, with what they just typed, be it on the page before."""
    typed = _typed()
    with who.shown_errors():
        if typed:
            _store(actor, typed)
    with reading() as session:
        found = exercises.latest(session, actor)
    if found is not None:
        return found
    with transaction() as session:
        return exercises.current(session, actor, now=now())


def _typed() -> list[str]:
    """The keys of widgets that no longer hold what they showed."""
    names = [str(key).removeprefix(SHOWN) for key in st.session_state if _is_mark(key)]
    held = [name for name in names if name in st.session_state]
    return [name for name in held if st.session_state[name] != st.session_state[SHOWN + name]]


def _is_mark(key: str | int) -> bool:
    return isinstance(key, str) and key.startswith(SHOWN)


def _store(actor: Actor, typed: list[str]) -> None:
    values = {key: (st.session_state[SHOWN + key], st.session_state[key]) for key in typed}
    with transaction() as session:
        if REFLECTION in values:
            _, text = values.pop(REFLECTION)
            exercises.reflect(session, actor, text, now=now())
        if values:
            work = exercises.work_of(exercises.current(session, actor, now=now()))
            for key, (shown, value) in values.items():
                work = changed(work, key, shown, value)
            exercises.save(session, actor, work, now=now())


def follow(key: str, stored: object) -> str:
    """Let the widget of this key show what is stored, and give the key back.

    Only a difference is set: setting a value again would overwrite what is being typed meanwhile.
    """
    shown = st.session_state.get(key)
    same = shown.strip() == stored if isinstance(shown, str) else shown == stored
    if key not in st.session_state or not same:
        st.session_state[key] = stored
    st.session_state[SHOWN + key] = st.session_state[key]
    return key


def cite(number: int) -> None:
    """Cite an answer, or take it out again; what is refused is said at the top of the page."""
    actor = who.actor()
    with who.shown_errors(), transaction() as session:
        work = exercises.work_of(exercises.current(session, actor, now=now()))
        exercises.save(session, actor, _with_citation(work, number), now=now())


def _with_citation(work: Exercise, number: int) -> Exercise:
    so_far = work.recommendation or Recommendation()
    kept = tuple(each for each in so_far.cited if each != number)
    cited = kept if number in so_far.cited else (*kept, number)
    return work.model_copy(update={"recommendation": so_far.model_copy(update={"cited": cited})})
