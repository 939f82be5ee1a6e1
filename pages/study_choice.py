"""Which study is being worked on: one choice shared by all pages, kept in the address."""

from typing import NoReturn

import streamlit as st

from casework.errors import NotFound
from casework.roles import Act, Actor, require
from db import studies
from db.engine import Session
from db.studies import StudyRow

KEY = "study"
_WIDGET = "study_choice"


def chosen_study(session: Session, actor: Actor) -> StudyRow:
    """The study of the address, else the one last worked on, else the first; chosen in the sidebar.

    Without any study the page ends with the way to start one. Raises: NotAllowed.
    """
    require(actor, Act.INSPECT_STUDY)
    known = studies.all_studies(session)
    if not known:
        _invite_to_start()
    by_slug = {row.slug: row for row in known}
    slug = _asked_for(session, list(by_slug))
    remember(slug)
    st.session_state[_WIDGET] = slug
    st.sidebar.selectbox(
        "Working on",
        list(by_slug),
        format_func=lambda one: by_slug[one].title,
        key=_WIDGET,
        on_change=_turn_to_chosen,
    )
    return by_slug[slug]


def remember(slug: str) -> None:
    """Make this the study being worked on, here and on every other page."""
    st.session_state[KEY] = slug
    if st.query_params.get(KEY) != slug:
        st.query_params[KEY] = slug


def go(page: str, slug: str) -> NoReturn:
    """Leave for another page of the owner with this study."""
    remember(slug)
    st.switch_page(f"owner/{page}.py", query_params={KEY: slug})


def _asked_for(session: Session, known: list[str]) -> str:
    asked = st.query_params.get(KEY) or st.session_state.get(KEY)
    if asked in known:
        return str(asked)
    if asked:
        try:
            studies.by_slug(session, str(asked))
        except NotFound as missing:
            st.warning(str(missing), icon=":material/search_off:")
    return known[0]


def _turn_to_chosen() -> None:
    remember(st.session_state[_WIDGET])


def _invite_to_start() -> None:
    st.title("There is no study yet")
    st.write("A study is one product, one question and one release date. Start one first.")
    if st.button("Go to the studies", type="primary", icon=":material/home:"):
        st.switch_page("owner/home.py")
    st.stop()
