"""A letter as somebody will read it: shown as text, never as markup."""

import streamlit as st

from casework.messages import links
from casework.messages.templates import Template, TemplateName
from casework.text import escape_markdown
from db import letter_templates
from db.engine import Session
from db.letter_writing import compose
from db.participants import ParticipantRow
from db.settings import settings


def read_letter(
    session: Session,
    person: ParticipantRow,
    name: TemplateName,
    more: dict[str, str] | None = None,
    template: Template | None = None,
) -> None:
    """The letter to a real recipient, from the text in force or from a draft of it."""
    text = template or letter_templates.current(session, name)
    message = compose(session, person, text, more or {})
    if message is None:
        st.caption("There is no e-mail address for this person.")
        return
    show_letter(message.subject, message.body, f"To {message.name}")


def show_letter(subject: str, body: str, to: str) -> None:
    """Subject and text; links that are put in on leaving are hinted at."""
    base = settings().base_url
    hints = {links.PERSONAL: f"{base}/i/…", links.OPT_OUT: f"{base}/o/…"}
    st.caption(escape_markdown(to))
    st.markdown(f"**{escape_markdown(subject)}**")
    st.text(links.fill(body, hints))
