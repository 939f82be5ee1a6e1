"""What just happened, told at the top of the page that comes next."""

import streamlit as st

from casework.text import escape_markdown

_KEY = "news"


def tell(text: str) -> None:
    """Have this said on the next run."""
    st.session_state[_KEY] = text


def show_news() -> None:
    """Say once what was left to be said."""
    if news := st.session_state.pop(_KEY, None):
        st.success(escape_markdown(news), icon=":material/check_circle:")
