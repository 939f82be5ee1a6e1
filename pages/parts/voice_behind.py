"""Under the outcome: why the quoted text got its score, and whether the scorer has changed."""

import streamlit as st

from casework.report import Material
from casework.report.front import chosen_quote
from casework.roles import Actor
from db import answers, behind_tone
from db.engine import Session
from db.studies import StudyRow
from db.verdicts import Counted
from pages.parts.answers_read import scored
from pages.parts.one_answer import to_answer
from pages.parts.words_heard import show_why


def show_quoted(session: Session, actor: Actor, study: StudyRow, material: Material) -> None:
    """The way from the quote on page one to its reading and its answer."""
    quote = chosen_quote(material.verbatims, material.verdict.outcome)
    if quote is None:
        return
    found = answers.by_ids(session, actor, study, [quote.answer_id]).get(quote.answer_id)
    if found is None or found.feedback.reading is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"The quote is answer {quote.answer_id}.", width="content")
        show_why(scored(found.feedback, found.feedback.reading))
        to_answer(quote.answer_id)


def show_changes(session: Session, actor: Actor, study: StudyRow, counted: Counted) -> None:
    """What a reader must know of a scorer that changed since."""
    told = behind_tone.behind(session, actor, study, counted).changes
    if told:
        st.info("  \n".join(told), title="The scorer changed", icon=":material/history:")
