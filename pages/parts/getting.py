"""Where a tester gets the build, and when to come back."""

import streamlit as st

from casework.builds import Platform
from casework.text import escape_markdown
from db.visits import Offer, Visit
from pages.parts.sizes import in_megabytes
from pages.parts.typed import as_typed
from pages.parts.when import day_and_time

_PLAYED = "played_build"


def has_played(here: Visit) -> bool:
    """Whether to ask now: they got the build, began to answer, or say that they have played."""
    build_id = here.build.id if here.build else None
    return here.has_build or bool(here.draft) or st.session_state.get(_PLAYED) == build_id


def the_build(here: Visit) -> None:
    build = here.build
    if build is None:
        return
    st.subheader("Get the game")
    if here.sent and here.sent[0].build_id != build.id:
        st.info(
            "There is a newer version since your last answer. Please try it and tell us again.",
            icon=":material/new_releases:",
        )
    for offer in here.offers:
        _way_to_get(offer)
    if not here.offers:
        st.warning(
            "There is nothing for your device yet. Please look in again later.",
            icon=":material/devices:",
        )
    st.caption(f"Version {escape_markdown(build.version)}")
    if build.notes:
        st.write(as_typed(build.notes))


def _way_to_get(offer: Offer) -> None:
    in_browser = offer.platform is Platform.WEB
    label = "Play it in your browser" if in_browser else f"Get it for {offer.platform.label}"
    st.link_button(
        label, offer.address, type="primary", icon=":material/download:", width="stretch"
    )
    if offer.size_bytes is not None and offer.file_name is not None:
        st.caption(f"{escape_markdown(offer.file_name)}, {in_megabytes(offer.size_bytes)}")


def come_back(here: Visit) -> None:
    if not here.offers:
        return
    st.write(
        f"Play as long as you like. Then open your link again by "
        f"**{day_and_time(here.activity.closes_at)}** and tell us how it was."
    )
    if st.button("I have played it", width="stretch", icon=":material/rate_review:"):
        st.session_state[_PLAYED] = here.build.id if here.build else None
        st.rerun()
