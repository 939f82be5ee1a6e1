"""The questions before joining, as an invited customer answers them."""

import streamlit as st

from casework.builds import Platform
from casework.customers import Attribute
from casework.roles import Actor
from casework.screener import LONGEST_ANSWER, AnswerKind, Given, Question
from casework.text import escape_markdown
from db import leaving, participants, screeners
from db.clock import now
from db.engine import transaction
from db.visits import Visit
from pages.who import shown_errors


def ask(actor: Actor, here: Visit) -> None:
    """A form of a few questions; sending it leads to the consent or to a kind no."""
    many = "One question" if len(here.questions) == 1 else f"{len(here.questions)} questions"
    st.subheader(f"{many} first")
    st.caption(
        "So that we ask only people whom it suits. We keep your answers with this invitation; if "
        "you stop later, they are deleted."
    )
    with st.form("screener", border=False):
        given = {question.text: _ask_one(question) for question in here.questions}
        pressed = st.form_submit_button("Go on", type="primary", width="stretch")
    if pressed:
        with shown_errors():
            _send(actor, here, given)
            st.rerun()
    if st.button("No, thank you", width="stretch"):
        with shown_errors():
            with transaction() as session:
                mine = participants.hold(session, here.participant.id)
                leaving.decline(session, actor, mine, now=now())
            st.rerun()


def _send(actor: Actor, here: Visit, given: dict[str, Given | None]) -> None:
    with transaction() as session:
        mine = participants.hold(session, here.participant.id)
        filed = screeners.receive(session, actor, mine, given, now=now())
        if not filed.fits:
            leaving.free_seat(session, mine, now())


def _ask_one(question: Question) -> Given | None:
    label = escape_markdown(question.text)
    label += "" if question.required and not question.personal else " (optional)"
    help_text = escape_markdown(question.purpose) or None
    given: Given | None
    if question.kind is AnswerKind.SINGLE:
        given = st.radio(
            label,
            list(question.offered),
            index=None,
            format_func=lambda one: _shown(question, one),
            key=f"screener-{question.text}",
        )
    elif question.kind is AnswerKind.MULTIPLE:
        st.markdown(label)
        given = tuple(
            option
            for place, option in enumerate(question.offered)
            if st.checkbox(escape_markdown(option), key=f"screener-{question.text}-{place}")
        )
    elif question.kind is AnswerKind.NUMBER:
        number = st.number_input(label, value=None, key=f"screener-{question.text}")
        given = None if number is None else float(number)
    else:
        given = st.text_area(label, max_chars=LONGEST_ANSWER, key=f"screener-{question.text}")
    if help_text:
        st.caption(help_text)
    return given


def _shown(question: Question, option: str) -> str:
    """An answer as people read it; the roster may call a platform by a lower-case word."""
    if question.attribute is Attribute.PLATFORM and option in set(Platform):
        return Platform(option).label
    return escape_markdown(option)
