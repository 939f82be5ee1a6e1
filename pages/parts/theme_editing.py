"""Changing the themes: choose what to do, see what would change, then do it."""

from typing import NamedTuple

import streamlit as st

from casework.roles import Actor
from casework.text import escape_markdown
from casework.themes import (
    Assignment,
    Heard,
    Theme,
    ThemeSet,
    add_terms,
    assign,
    changed_counts,
    drop_terms,
    first_themes,
    merge,
    rename,
    restored,
    split,
)
from db import themes
from db.clock import now
from db.engine import transaction
from db.studies import StudyRow
from pages import who
from pages.parts.when import day_and_time

TERMS_HINT = "separate terms with commas; crash* stands for crash, crashes, crashed"
WAYS = ("Rename", "Merge", "Split", "Add terms", "Take terms out")


class Change(NamedTuple):
    """What a person is about to do."""

    after: ThemeSet
    said: str


def show_editing(actor: Actor, study: StudyRow, heard: Heard, now_in: Assignment) -> None:
    way = st.segmented_control("What to do", WAYS, default=WAYS[0], required=True, key="theme-way")
    with who.shown_errors():
        change = _CHOICES[way or WAYS[0]](now_in.themes)
        if change is None:
            st.caption("Fill this in to see what would change.")
            return
        show_preview(heard, now_in, change)
        if st.button("Change the themes", type="primary", icon=":material/check:"):
            keep(actor, study, change)


def keep(actor: Actor, study: StudyRow, change: Change) -> None:
    """Store the next version and show it."""
    with transaction() as session:
        themes.change(session, actor, study, change.after, change.said, now=now())
    st.session_state["themes-done"] = change.said
    st.rerun()


def show_preview(heard: Heard, now_in: Assignment, change: Change) -> None:
    after = assign(heard.texts, change.after, offended=heard.offended)
    rows = changed_counts(now_in, after)
    st.markdown(f"Preview: **{escape_markdown(change.said)}**")
    if rows:
        table = {
            "theme": [row[0] for row in rows],
            "texts now": [row[1] for row in rows],
            "texts then": [row[2] for row in rows],
        }
        st.dataframe(table, hide_index=True, alt="Texts of each theme before and after the change")
    else:
        st.caption("No theme gains or loses a text.")
    st.caption(f"In no theme: {len(now_in.unmatched):,} texts now, {len(after.unmatched):,} then.")


def _renaming(kept: ThemeSet) -> Change | None:
    name = _which(kept)
    to = st.text_input("New name", max_chars=200, key=f"theme-to-{kept.version}")
    return Change(rename(kept, name, to), f"Renamed “{name}” to “{to.strip()}”") if to else None


def _merging(kept: ThemeSet) -> Change | None:
    names = st.multiselect("Themes to merge", kept.names, key=f"theme-names-{kept.version}")
    into = st.text_input("Name of the merged theme", max_chars=200, key=f"theme-to-{kept.version}")
    if len(names) <= 1 or not into:
        return None
    listed = ", ".join(f"“{name}”" for name in names)
    return Change(merge(kept, names, into), f"Merged {listed} into “{into.strip()}”")


def _splitting(kept: ThemeSet) -> Change | None:
    name = _which(kept)
    terms = _own_terms(kept.get(name), "Terms for the new theme")
    to = st.text_input("Name of the new theme", max_chars=200, key=f"theme-to-{kept.version}")
    if not terms or not to:
        return None
    return Change(split(kept, name, to, terms), f"Split “{to.strip()}” off from “{name}”")


def _adding(kept: ThemeSet) -> Change | None:
    name = _which(kept)
    typed = st.text_input(
        "Terms to add", help=TERMS_HINT, placeholder=TERMS_HINT, key=f"theme-terms-{kept.version}"
    )
    if not typed.strip():
        return None
    return Change(add_terms(kept, name, typed.split(",")), f"Added terms to “{name}”")


def _dropping(kept: ThemeSet) -> Change | None:
    name = _which(kept)
    terms = _own_terms(kept.get(name), "Terms to take out")
    if not terms:
        return None
    return Change(drop_terms(kept, name, terms), f"Took terms out of “{name}”")


def _which(kept: ThemeSet) -> str:
    return str(st.selectbox("Theme", kept.names, key="theme-name"))


def _own_terms(theme: Theme, label: str) -> list[str]:
    return list(st.multiselect(label, theme.terms, key=f"theme-own-{theme.name}"))


_CHOICES = dict(zip(WAYS, (_renaming, _merging, _splitting, _adding, _dropping), strict=True))


def show_history(
    actor: Actor, study: StudyRow, kept: ThemeSet, rows: list[themes.ThemesRow]
) -> None:
    """Every version, the newest first; going back makes the next one, so nothing is lost."""
    st.subheader("What was changed", anchor=False)
    if not rows:
        st.caption("Nothing yet: these are the themes every study begins with.")
        return
    for row in reversed(rows):
        said = escape_markdown(f"{row.said}, by {row.made_by}")
        _show_version(actor, study, kept, row.kept, f"{said} ({day_and_time(row.made_at)})")
    _show_version(actor, study, kept, first_themes(), "the themes every study begins with")


def _show_version(actor: Actor, study: StudyRow, kept: ThemeSet, old: ThemeSet, said: str) -> None:
    with st.container(
        border=True,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        st.markdown(f"Version {old.version}: {said}")
        if old.version == kept.version:
            st.badge("in force", icon=":material/check:", color="green")
        elif old.themes != kept.themes and st.button(
            "Go back to it", key=f"theme-back-{old.version}", icon=":material/undo:"
        ):
            keep(actor, study, Change(restored(kept, old), f"Went back to version {old.version}"))
