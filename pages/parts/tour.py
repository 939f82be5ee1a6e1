"""The tour of the demonstration: all stops on the first page, the current one in the sidebar."""

from collections.abc import Sequence

import streamlit as st

from casework.roles import CASE_STUDY, Actor
from casework.tour import TOUR, Stop
from db import accounts
from db.clock import now
from db.engine import reading, transaction

AT = "tour-stop"


def show_tour(actor: Actor, slugs: Sequence[str]) -> None:
    """The stops in a card, on an installation that holds the demonstration."""
    if CASE_STUDY in slugs:
        if _wanted(actor):
            _show_stops(actor)
        elif st.button("Show the tour again", type="tertiary", icon=":material/tour:"):
            with transaction() as session:
                accounts.restart_tour(session, actor)
            st.rerun()


def _show_stops(actor: Actor) -> None:
    with st.container(border=True):
        st.subheader("A tour in six stops: what BoomerGames should have done", anchor=False)
        for number, stop in enumerate(TOUR, start=1):
            st.markdown(f"**{number}. {stop.title}.** {stop.text}")
        with st.container(horizontal=True):
            if st.button("Begin the tour", type="primary", icon=":material/tour:"):
                _go_to(0)
            if st.button("No tour, thanks"):
                _dismiss(actor)


def show_stop(actor: Actor) -> None:
    """Where the visitor is on the tour, with the way on, in the sidebar of every page."""
    place = st.session_state.get(AT)
    if place is None:
        return
    stop: Stop = TOUR[place]
    with st.sidebar.container(border=True):
        st.caption(f"Tour, stop {place + 1} of {len(TOUR)}")
        st.markdown(f"**{stop.title}**")
        st.markdown(stop.text)
        with st.container(horizontal=True):
            if place + 1 < len(TOUR):
                if st.button("Next stop", type="primary", key="tour-next"):
                    _go_to(place + 1)
                if st.button("Leave", key="tour-leave", type="tertiary"):
                    del st.session_state[AT]
                    st.rerun()
            elif st.button("Finish the tour", type="primary", key="tour-finish"):
                _dismiss(actor)


def _wanted(actor: Actor) -> bool:
    with reading() as session:
        return accounts.wants_tour(session, actor)


def _go_to(place: int) -> None:
    st.session_state[AT] = place
    stop = TOUR[place]
    build = {"build": stop.build} if stop.build else {}
    st.switch_page(f"owner/{stop.page}.py", query_params={"study": CASE_STUDY, **build})


def _dismiss(actor: Actor) -> None:
    with transaction() as session:
        accounts.dismiss_tour(session, actor, now=now())
    st.session_state.pop(AT, None)
    st.switch_page("owner/home.py")
