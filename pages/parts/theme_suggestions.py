"""Texts that no theme claims, grouped by the words they share, to be adopted as themes."""

import numpy as np
import streamlit as st

from casework.roles import Actor
from casework.text import escape_markdown
from casework.themes import Assignment, Heard, adopt
from casework.themes.suggesting import Suggestion, suggest
from db.studies import StudyRow
from pages import who
from pages.parts.theme_editing import Change, keep, show_preview
from pages.parts.theme_read import show_text, show_texts

EXAMPLES = 3


@st.cache_data(show_spinner="Looking for what they have in common", max_entries=16, ttl=600)
def grouped(texts: tuple[str, ...]) -> tuple[Suggestion, ...]:
    return suggest(texts)


def show_suggestions(actor: Actor, study: StudyRow, heard: Heard, now_in: Assignment) -> None:
    places = now_in.unmatched
    total = len(heard.texts)
    st.markdown(f"**{len(places):,}** of {total:,} texts are in no theme.")
    groups = grouped(tuple(heard.texts[place] for place in places))
    for number, group in enumerate(groups):
        mine = [int(places[place]) for place in group.texts]
        with st.expander(
            f"{escape_markdown(group.name)} · {len(mine):,} texts", icon=":material/lightbulb:"
        ):
            show_one(actor, study, heard, now_in, group=group, places=mine, key=str(number))
    if not groups:
        st.caption("They have too little in common to suggest a theme.")
    show_texts(heard, np.asarray(places, dtype=np.intp), "theme-none")


def show_one(
    actor: Actor,
    study: StudyRow,
    heard: Heard,
    now_in: Assignment,
    *,
    group: Suggestion,
    places: list[int],
    key: str,
) -> None:
    """One suggestion: examples, a name, the terms to keep, and what adopting it would change."""
    for place in places[:EXAMPLES]:
        show_text(heard, place)
    name = st.text_input("Name", value=group.name, max_chars=200, key=f"adopt-name-{key}")
    terms = st.multiselect("Terms", group.terms, default=group.terms, key=f"adopt-terms-{key}")
    with who.shown_errors():
        after = adopt(now_in.themes, name, terms)
        change = Change(after, f"Adopted “{name.strip()}”")
        show_preview(heard, now_in, change)
        if st.button("Adopt this theme", key=f"adopt-{key}", icon=":material/add:"):
            keep(actor, study, change)
