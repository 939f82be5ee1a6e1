"""Saying that a text was read wrongly: its side, whether it offended, and why."""

from collections.abc import Sequence

import streamlit as st

from casework.corrections import HUMAN_LABELS, Judgement, Spoken
from casework.errors import Invalid
from casework.roles import Actor
from casework.sentiment import Label
from casework.text import escape_markdown
from db import corrections
from db.clock import now
from db.corrections import CorrectionRow
from db.engine import transaction
from db.feedback import FeedbackRow
from db.heard_texts import HeardRow
from pages import who
from pages.parts.when import day_and_time
from pages.parts.words_heard import tone

AS_READ, AS_HEARD = "as the scorer reads it", "as the scorer hears it"
OFFENDED, NOT_OFFENDED = "offended", "not offended"
OFFENCES = {AS_HEARD: None, OFFENDED: True, NOT_OFFENDED: False}


def show_correcting(
    actor: Actor, spoken: Spoken, row: HeardRow, history: Sequence[CorrectionRow]
) -> None:
    """A button that opens the form, and what was said before."""
    with st.popover("This is read wrongly", icon=":material/edit_note:", type="tertiary"):
        for one in history:
            st.markdown(said(one))
        _form(actor, spoken, row)


def is_corrected(row: HeardRow) -> bool:
    """Whether a person's word stands above the scorer's."""
    return row.human_label is not None or row.human_offence is not None


def said(one: CorrectionRow) -> str:
    """One correction with the values that were in force, as Markdown."""
    label = AS_READ if one.human_polarity is None or one.label is None else one.label.value
    value = "" if one.human_polarity is None else f" ({tone(one.human_polarity)})"
    offence = next(words for words, meant in OFFENCES.items() if meant is one.offence)
    return (
        f"**{label.capitalize()}**{value}, {offence}: “{_line(one.reason)}”  \n"
        f":small[{_line(one.made_by)}, {day_and_time(one.made_at)}; the scorer said "
        f"{tone(one.machine_polarity)} ({one.machine_label.value}), TextBlob "
        f"{tone(one.raw_polarity)}]"
    )


def _line(text: str) -> str:
    return escape_markdown(" ".join(text.split()))


def _form(actor: Actor, spoken: Spoken, row: HeardRow) -> None:
    key = f"{spoken.value}-{row.id}"
    with st.form(f"correct-{key}", border=False):
        label = st.segmented_control(
            "It is",
            [AS_READ, *(one.value for one in HUMAN_LABELS)],
            default=row.human_label.value if row.human_label else AS_READ,
            required=True,
            key=f"label-{key}",
        )
        offence = _offence(row, key)
        reason = st.text_input("Why it is wrong", max_chars=500, key=f"correct-why-{key}")
        sent = st.form_submit_button("Keep the correction")
    if sent:
        with who.shown_errors():
            judgement = _judgement(str(label), offence, reason)
            with transaction() as session:
                corrections.correct(session, actor, spoken, row.id or 0, judgement, now=now())
            st.toast("From now on this counts.", icon=":material/check:")
            st.rerun()


def _offence(row: HeardRow, key: str) -> bool | None:
    if isinstance(row, FeedbackRow) and row.offended:
        st.caption("The tester ticked that something offended them. That stays.")
        return row.human_offence
    words = next(words for words, meant in OFFENCES.items() if meant is row.human_offence)
    chosen = st.segmented_control(
        "Somebody is", list(OFFENCES), default=words, required=True, key=f"offence-{key}"
    )
    return OFFENCES[str(chosen)]


def _judgement(label: str, offence: bool | None, reason: str) -> Judgement:  # noqa: FBT001 - private, one caller
    if not reason.strip():
        raise Invalid("Say why, so that others can follow the correction.")
    return Judgement(
        label=None if label == AS_READ else Label(label), offence=offence, reason=reason
    )
