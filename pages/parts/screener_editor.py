"""The questions before joining, as an owner writes them: from a template or one by one."""

import streamlit as st

from casework.customers import Attribute
from casework.roles import Actor
from casework.screener import MOST_QUESTIONS, AnswerKind, Fit, Question
from casework.screener_lines import lines_of, question_from
from casework.screener_templates import TEMPLATES
from casework.text import escape_markdown
from db import screeners
from db.activities import ActivityRow
from db.clock import now
from db.engine import Session, transaction
from pages.who import shown_errors

NEW = -1
_SIGNS = {Fit.QUALIFIES: ":green[fits]", Fit.RULES_OUT: ":red[does not fit]", Fit.NEUTRAL: ""}


def show_screener(actor: Actor, session: Session, activity: ActivityRow) -> None:
    st.subheader("Questions before joining", anchor=False)
    row = screeners.current(session, activity)
    questions = list(row.questions) if row else []
    st.caption(
        "Asked when somebody opens their invitation, before they say yes. Nobody is asked what "
        "your customer list says already."
    )
    if not questions:
        _offer_template(actor, activity)
    for place, question in enumerate(questions):
        _show_question(actor, activity, questions, place, question)
    if len(questions) < MOST_QUESTIONS:
        with st.expander("Add a question", icon=":material/add:"):
            _edit(actor, activity, questions, NEW, None)
    if row is not None:
        _show_answers(row.version, screeners.of_activity(session, activity))


def _offer_template(actor: Actor, activity: ActivityRow) -> None:
    st.info(
        "No questions: everybody invited may join at once.", icon=":material/help:", width="stretch"
    )
    kind = activity.kind.label.lower()
    if st.button(f"Start from the questions for a {kind}", icon=":material/content_copy:"):
        _save(actor, activity, list(TEMPLATES[activity.kind]))


def _show_question(
    actor: Actor,
    activity: ActivityRow,
    questions: list[Question],
    place: int,
    question: Question,
) -> None:
    with st.expander(f"{place + 1}. {escape_markdown(question.text)}"):
        st.markdown("  \n".join(_described(question)))
        if st.toggle("Change it", key=f"change-question-{activity.id}-{place}"):
            _edit(actor, activity, questions, place, question)
        if st.button("Take it out", key=f"drop-question-{activity.id}-{place}"):
            _save(actor, activity, [one for one in questions if one is not question])


def _described(question: Question) -> list[str]:
    told = [f"{question.kind.label}{'' if question.required else ', optional'}"]
    told += [f"{escape_markdown(one.text)} {_SIGNS[one.fit]}" for one in question.options]
    if question.personal:
        told.append("“I would rather not say” is offered and rules nobody out.")
    if (question.least, question.most) != (None, None):
        low = "" if question.least is None else f"from {question.least:g} "
        high = "" if question.most is None else f"to {question.most:g}"
        told.append(f"Fits {low}{high}".strip())
    if question.attribute is not None:
        told.append(f"Fills in the {question.attribute.label.lower()} where it is unknown.")
    return told + ([f"Why we ask: {escape_markdown(question.purpose)}"] if question.purpose else [])


def _edit(
    actor: Actor,
    activity: ActivityRow,
    questions: list[Question],
    place: int,
    question: Question | None,
) -> None:
    key = f"question-{activity.id}-{place}-{len(questions)}"
    kinds = list(AnswerKind)
    kind = st.segmented_control(
        "Answered by",
        kinds,
        default=question.kind if question else AnswerKind.SINGLE,
        required=True,
        format_func=lambda one: one.label,
        key=f"{key}-kind",
    )
    with st.form(key, border=False), shown_errors():
        drafted = _fields(question, AnswerKind(kind or AnswerKind.SINGLE), key)
        if drafted is not None:
            kept = [*questions, drafted] if question is None else list(questions)
            if question is not None:
                kept[place] = drafted
            _save(actor, activity, kept)


def _fields(question: Question | None, kind: AnswerKind, key: str) -> Question | None:
    text = st.text_input("Question", question.text if question else "", max_chars=200)
    lines, least, most, attribute = "", None, None, None
    if kind in (AnswerKind.SINGLE, AnswerKind.MULTIPLE):
        lines = st.text_area(
            "Answers, one per line",
            lines_of(question.options) if question else "",
            help="Begin a line with + where the answer fits, with - where it rules out.",
            placeholder="+ Yes\n- No",
        )
    if kind is AnswerKind.SINGLE:
        attribute = st.selectbox(
            "Fills in what the customer list does not know",
            list(Attribute),
            index=list(Attribute).index(question.attribute)
            if question and question.attribute
            else None,
            format_func=lambda one: one.label,
            placeholder="Nothing",
            key=f"{key}-attribute",
        )
    if kind is AnswerKind.NUMBER:
        with st.grid(2, min_column_width=120):
            least = st.number_input("Fits from", value=question.least if question else None)
            most = st.number_input("Fits to", value=question.most if question else None)
    purpose = st.text_input("Why we ask", question.purpose if question else "", max_chars=200)
    required = st.checkbox("Has to be answered", question.required if question else True)
    if not st.form_submit_button("Keep the question"):
        return None
    return question_from(
        text=text,
        kind=kind,
        lines=lines,
        least=least,
        most=most,
        attribute=attribute,
        purpose=purpose,
        required=required,
    )


def _save(actor: Actor, activity: ActivityRow, questions: list[Question]) -> None:
    with shown_errors():
        with transaction() as session:
            row = screeners.save(session, actor, activity, questions, now=now())
        st.toast(f"Version {row.version} is asked from now on.", icon=":material/check:")
        st.rerun()


def _show_answers(version: int, answered: list[screeners.ScreeningRow]) -> None:
    fit = sum(one.fits for one in answered)
    said = f"Version {version}. {len(answered):,} answered, {fit:,} of them fit."
    st.caption(said)
    reasons: dict[str, int] = {}
    for one in answered:
        if not one.fits:
            reasons[one.reason] = reasons.get(one.reason, 0) + 1
    for reason, times in reasons.items():
        st.caption(f"{times:,}: {escape_markdown(reason)}")
