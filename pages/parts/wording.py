"""Two versions of a text, with what was taken out and put in."""

import streamlit as st

from casework.consent import Wording, compare
from casework.text import escape_markdown


def show_difference(before: str, after: str) -> None:
    """The later text, with words taken out struck through and new ones in bold green."""
    with st.container(border=True):
        for paragraph in _marked(before, after).split("\n"):
            if paragraph.strip():
                st.markdown(paragraph)
    st.caption("Struck through: no longer there. Bold: new.")


def _marked(before: str, after: str) -> str:
    signs = {Wording.KEPT: ("", ""), Wording.REMOVED: (":gray[~~", "~~]")}
    parts = []
    for passage in compare(before, after):
        begin, end = signs.get(passage.wording, (":green[**", "**]"))
        # A mark must not span paragraphs, and none may begin or end with a blank.
        lines = passage.words.split("\n")
        parts.append("\n".join(_wrapped(line, begin, end) for line in lines))
    return "".join(parts)


def _wrapped(line: str, begin: str, end: str) -> str:
    words = line.strip()
    if not words:
        return line
    lead = line[: len(line) - len(line.lstrip())]
    trail = line[len(line.rstrip()) :]
    return f"{lead}{begin}{escape_markdown(words)}{end}{trail}"
