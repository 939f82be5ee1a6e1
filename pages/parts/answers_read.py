"""Answers as an owner reads them: the words that moved the tone marked, flags beside."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from casework.corrections import Spoken
from casework.criteria import Metric, figure
from casework.feedback import disagrees
from casework.roles import Actor
from casework.sentiment import Reading
from casework.text import escape_markdown
from db import feedback
from db.answers import AnswerRead
from db.clock import now
from db.corrections import CorrectionRow
from db.engine import transaction
from db.feedback import FeedbackRow
from db.traces import Trace
from pages import who
from pages.parts.answers_unread import take_back, unread_in
from pages.parts.correcting import is_corrected, show_correcting
from pages.parts.when import day_and_time
from pages.parts.words_heard import Scored, marked, show_why


@dataclass(frozen=True)
class Known:
    """What else is known of an answer: the criteria it entered, its corrections, its themes."""

    trace: Trace | None = None
    corrections: Sequence[CorrectionRow] = ()
    themes: Sequence[str] = ()


def show_answer(actor: Actor, answer: AnswerRead, known: Known) -> None:
    row = answer.feedback
    with st.container(border=True):
        st.markdown(f"**Answer {row.id}** {badges(answer)}")
        st.markdown(words_of(row))
        themes = ", ".join(map(escape_markdown, known.themes))
        in_themes = f"  \nThemes: {themes}." if themes else ""
        st.caption(f"{about(answer)}  \n{counted_in(row, known.trace)}{in_themes}")
        with st.container(horizontal=True, vertical_alignment="center"):
            if row.reading is not None:
                show_why(scored(row, row.reading))
                show_correcting(actor, Spoken.ANSWER, row, known.corrections)
            take_back(actor, row)
            with st.popover("Counts?", icon=":material/rule:", type="tertiary"):
                mark(actor, row)


def about(answer: AnswerRead) -> str:
    """Who, on what, when; and what else they said."""
    row = answer.feedback
    facts = (
        escape_markdown(answer.segment),
        escape_markdown(answer.platform),
        f"build {escape_markdown(answer.build)}",
        day_and_time(row.received_at),
        f"recommends {row.recommend} of 10" if row.recommend is not None else "",
        "may be quoted" if answer.may_quote else "not to be quoted",
    )
    return " · ".join(fact for fact in facts if fact)


def counted_in(row: FeedbackRow, trace: Trace | None) -> str:
    """The criteria whose figures this tester's answer entered."""
    if trace is None:
        return "Not among the answers that a verdict counts."
    names = ", ".join(metric.title for metric in trace.criteria) or "no criterion"
    if trace.answer_id == row.id:
        return f"Counted in: {names}."
    return (
        f"Edited since; the first valid version, answer {trace.answer_id}, is counted in: {names}."
    )


def words_of(row: FeedbackRow) -> str:
    """The text with its words marked, or that there is none."""
    if not row.text:
        return "*Wrote nothing.*"
    if row.reading is None:
        return escape_markdown(row.text)
    return marked(row.text, row.reading.contributions)


def badges(answer: AnswerRead) -> str:
    row = answer.feedback
    tone = "" if row.polarity is None else f"tone {figure(Metric.sentiment, row.polarity)}"
    facts = (
        ("blue", "loyal" if answer.loyal else ""),
        ("gray", f"satisfied {row.csat} of 5" if row.csat is not None else ""),
        ("gray", tone or unread_in(row)),
        ("red", "offended" if row.offended else ""),
        ("orange", "sounds offended" if row.offence and not row.offended else ""),
        ("orange", "crashed" if row.crashed else ""),
        ("violet", "text and stars disagree" if disagrees(row.csat, row.polarity) else ""),
        ("blue", "read by a person" if is_corrected(row) else ""),
        ("red", f"not counted: {escape_markdown(row.invalid_reason)}" if not row.valid else ""),
    )
    return " ".join(f":{colour}-badge[{words}]" for colour, words in facts if words)


def scored(row: FeedbackRow, reading: Reading) -> Scored:
    return Scored(row.text, reading, row.human_label, row.csat, row.read_by)


def mark(actor: Actor, row: FeedbackRow) -> None:
    """Take an answer out of the evidence, or put it back, with a reason that stays on file."""
    verb = "Do not count it" if row.valid else "Count it again"
    with st.form(f"mark-{row.id}", border=False):
        reason = st.text_input("Why", max_chars=500, key=f"why-{row.id}")
        sent = st.form_submit_button(verb)
    if sent:
        with who.shown_errors():
            act = feedback.mark_invalid if row.valid else feedback.mark_valid
            with transaction() as session:
                act(session, actor, session.merge(row), reason, now=now())
            st.rerun()
