"""Facts of the case as chips a student picks up, and the collection of those picked."""

import streamlit as st

from casework.case.exercise import Exercise
from casework.case.story import FRAME, fact
from pages.parts.case_work import follow


def name_of(key: str) -> str:
    """A fact as it stands on its chip: F8 and its title."""
    found = fact(key)
    return f"{key} · {found.title}" if found else key


def pick_up(place: str, keys: tuple[str, ...], work: Exercise, *, locked: bool) -> None:
    """The chips of one paragraph."""
    st.pills(
        "Facts told here",
        keys,
        selection_mode="multi",
        format_func=name_of,
        key=follow(f"chips-{place}", [key for key in keys if key in work.facts]),
        disabled=locked,
        label_visibility="collapsed",
        wrap=True,
    )


def collection(work: Exercise) -> None:
    """What is picked so far, in the words of the case."""
    with st.container(border=True):
        st.subheader(f"Your facts ({len(work.facts)})", anchor=False)
        if not work.facts:
            st.caption("Nothing picked up yet. Press a chip below the story to collect it here.")
        for key in work.facts:
            _told(key)


def _told(key: str) -> None:
    found = fact(key)
    if found is not None:
        kind = "course fact" if key == FRAME.key else "case fact"
        st.markdown(f"**{key} {found.title}** :gray-badge[{kind}]  \n{found.text}")
