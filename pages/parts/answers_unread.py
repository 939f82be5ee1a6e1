"""Answers in another language than English: named, counted, and scored where a person says so."""

import streamlit as st

from casework.languages import name_of, tongue_of
from casework.roles import Act, Actor, may
from casework.text import escape_markdown
from db import answers_unread
from db.clock import now
from db.engine import Session, transaction
from db.feedback import FeedbackRow
from db.studies import StudyRow
from pages import who


def unread_in(row: FeedbackRow) -> str:
    """The language of words that were not scored; "" where they were, or where there are none."""
    if row.reading is not None or not row.text:
        return ""
    return f"{name_of(tongue_of(row.text).language)}, not scored"


def take_back(actor: Actor, row: FeedbackRow) -> None:
    """The button that has an unread answer scored."""
    if not unread_in(row) or not may(actor, Act.MARK_FEEDBACK):
        return
    if st.button("Read it as English", key=f"answer-english-{row.id}", type="tertiary"):
        with who.shown_errors():
            with transaction() as session:
                answers_unread.read_as_english(session, actor, row.id or 0, now=now())
            st.rerun()


def show_unread(session: Session, actor: Actor, study: StudyRow) -> None:
    """How many answers have no tone because of their language."""
    unread = answers_unread.of_study(session, actor, study)
    if not unread.answers:
        return
    named = ", ".join(f"{escape_markdown(one.name)} {one.voices:,}" for one in unread.languages)
    if not unread.all_named:
        named = f"The newest {answers_unread.LOOKED_AT} are {named}"
    one = unread.answers == 1
    many = f"{unread.answers:,} answers in another language were not read"
    st.info(
        f"{named}. The scorer reads English only, so {'it has' if one else 'they have'} no tone, "
        f"and nobody has looked whether {'its' if one else 'their'} words voice offence. What was "
        "ticked counts all the same.",
        title="1 answer in another language was not read" if one else many,
        icon=":material/translate:",
    )
