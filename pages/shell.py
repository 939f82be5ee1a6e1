"""The one script Streamlit runs: it finds out who is here and offers exactly their pages."""

import streamlit as st

from casework.roles import Actor, Role
from pages.parts.tour import show_stop
from pages.who import FOLDER, Place, find, places_of, posting


def as_page(place: Place) -> st.Page:
    return st.Page(
        place.file, title=place.title, icon=f":material/{place.icon}:", url_path=place.address
    )


def offer(here: Actor) -> st.Page:
    """Register the pages of this person's role; customers get theirs without a menu."""
    menu = {
        section: [as_page(place) for place in places]
        for section, places in places_of(here.role).items()
    }
    if not menu:
        menu = {"": [st.Page("welcome.py", title="Welcome")]}
    hidden = here.role is Role.CUSTOMER
    return st.navigation(menu, position="hidden" if hidden else "sidebar", expanded=True)


def sign_out_form(here: Actor) -> None:
    with st.sidebar:
        st.caption(f"Signed in as {here.name}")
        posting("/auth/sign-out", "Sign out", quiet=True)


here = find()
st.set_page_config(
    page_title="Casework",
    page_icon=FOLDER / "static/favicon.svg",
    # Set here for every page: of two calls in one run the browser may keep the first.
    layout="centered" if here is not None and here.role is Role.CUSTOMER else "wide",
)
if here is None:
    page = st.navigation([st.Page("welcome.py", title="Welcome")], position="hidden")
else:
    page = offer(here)
    if here.role is not Role.CUSTOMER:
        sign_out_form(here)
    if here.role is Role.OWNER:
        show_stop(here)
page.run()
