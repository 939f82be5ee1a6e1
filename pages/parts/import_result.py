"""What the last import did, shown until it is closed."""

import streamlit as st

from casework.imports import ImportKind
from pages.parts.import_preview import download_set_aside
from pages.study_choice import go


def show_result() -> None:
    """What the last import did, and where to go from there."""
    if "imported" not in st.session_state:
        return
    kind, sentence, aside = st.session_state["imported"]
    following = "\n\nNext: what they bought and when they played." * (kind == ImportKind.CUSTOMERS)
    st.success(
        sentence + following,
        title=f"{ImportKind(kind).label} imported",
        icon=":material/check_circle:",
    )
    with st.container(horizontal=True):
        if aside:
            download_set_aside(aside, "result")
        see_what_came(kind)
        if st.button("Close this message", type="tertiary"):
            del st.session_state["imported"]
            st.rerun()


def see_what_came(kind: str) -> None:
    """The way to where the imported rows are shown."""
    if kind == ImportKind.FEEDBACK:
        if st.button("Read the feedback", icon=":material/reviews:"):
            del st.session_state["imported"]
            go("read_feedback", st.session_state["study"])
    elif st.button("See the customers", icon=":material/groups:"):
        del st.session_state["imported"]
        st.switch_page("owner/customers.py")
