"""The words of letters and how many one person may get."""

import streamlit as st

from casework.messages import LetterCap
from casework.messages.first_texts import FIRST
from casework.messages.templates import Template, TemplateName, render
from casework.roles import Actor
from casework.text import escape_markdown
from db import letter_caps, letter_templates
from db.clock import now
from db.engine import Session, transaction
from db.letter_templates import drafted
from pages.parts.letter_read import show_letter
from pages.parts.letter_sample import sample
from pages.parts.news import tell
from pages.who import shown_errors

TEXTS = tuple(TemplateName)


def edit_texts(session: Session, actor: Actor) -> None:
    name = st.selectbox("Letter", TEXTS, format_func=lambda one: one.label, key="text_of")
    text = letter_templates.current(session, name)
    st.caption(
        escape_markdown("In braces, Casework fills in: ")
        + ", ".join(f"`{{{placeholder}}}`" for placeholder in name.placeholders)
        + ". Every letter to a customer ends with the way to be left alone."
    )
    with st.form("letter_text", border=False):
        subject = st.text_input(
            "Subject", text.subject, max_chars=200, key=f"subject-{text.reference}"
        )
        body = st.text_area("Text", text.body, height=320, key=f"body-{text.reference}")
        with st.container(horizontal=True):
            looked = st.form_submit_button("Preview", icon=":material/visibility:")
            saved = st.form_submit_button("Use these words from now on", type="primary")
    with shown_errors():
        if saved:
            _save(actor, drafted(name, subject, body))
        _preview(session, drafted(name, subject, body) if looked else text)
    _show_versions(session, text)
    _ask_cap(session, actor)


def _save(actor: Actor, draft: Template) -> None:
    with transaction() as session:
        kept = letter_templates.save(session, actor, draft, now=now())
    tell(f"Letters use version {kept.version} from now on; those in the outbox keep their words.")
    st.rerun()


def _preview(session: Session, text: Template) -> None:
    values = sample(session, text.name)
    written = render(text, values)
    with st.container(border=True):
        show_letter(written.subject, written.body, f"As {values['name']} reads it")


def _show_versions(session: Session, text: Template) -> None:
    earlier = [*letter_templates.versions(session, text.name), FIRST[text.name]][1:]
    if not text.version:
        return
    with st.expander(f"Earlier versions ({len(earlier)})", icon=":material/history:"):
        for version in earlier:
            said = "as Casework brings it" if version.version == 0 else ""
            st.caption(f"Version {version.version} {said}")
            st.text(f"{version.subject}\n\n{version.body}")


def _ask_cap(session: Session, actor: Actor) -> None:
    kept = letter_caps.current(session)
    with st.form("letter_cap"):
        st.markdown("**How many letters one person may get**")
        st.caption(
            "Invitations and reminders count, over all studies. What is above the limit is held "
            "back and leaves by itself when it may."
        )
        with st.grid(3, min_column_width=160):
            letters = st.number_input("Letters at most", 1, 50, kept.letters)
            reminders = st.number_input("Of these, reminders", 1, 50, kept.reminders)
            days = st.number_input("Within days", 1, 365, kept.days)
        pressed = st.form_submit_button("Let this count from now on")
    if pressed:
        with shown_errors():
            wanted = LetterCap(letters=int(letters), reminders=int(reminders), days=int(days))
            with transaction() as writing:
                letter_caps.set_cap(writing, actor, wanted, now=now())
            tell(wanted.sentence)
            st.rerun()
