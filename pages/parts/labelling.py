"""Labelling random texts one at a time, without seeing what the scorer said."""

import secrets

import streamlit as st

from casework.corrections import SAMPLE_SIZE, Spoken, is_error
from casework.roles import Actor
from casework.sentiment import Label
from db import heard_texts, label_samples
from db.clock import now
from db.engine import Session, transaction
from db.label_samples import LabelSampleRow
from db.studies import StudyRow
from pages import who
from pages.parts.words_heard import Scored, show_why

CHOICES = (
    ("Negative", Label.negative, "1", ":material/sentiment_dissatisfied:"),
    ("Neutral", Label.neutral, "2", ":material/sentiment_neutral:"),
    ("Positive", Label.positive, "3", ":material/sentiment_satisfied:"),
    ("Cannot tell", None, "0", ":material/help:"),
)
BACK = "label-back"
SAMPLED = (Spoken.ANSWER, Spoken.VOICE)


def choose_texts() -> Spoken:
    """Testers' answers, which a verdict counts, or outside voices."""
    chosen = st.segmented_control(
        "Texts of",
        SAMPLED,
        format_func=lambda one: one.label,
        default=SAMPLED[0],
        required=True,
        key="check-spoken",
    )
    return Spoken(chosen)


def show_labelling(session: Session, actor: Actor, study: StudyRow) -> None:
    spoken = choose_texts()
    sample = label_samples.unfinished(session, study, spoken)
    if sample is not None:
        show_next(session, actor, sample)
        return
    st.markdown(
        f"Read up to {SAMPLE_SIZE} texts drawn at random and say how each feels, without seeing "
        "what the scorer said: only so its error can be told without bias. You can stop at any "
        "time and go on later. Where you differ, your word counts from then on."
    )
    if st.button("Draw texts to label", type="primary", icon=":material/casino:"):
        draw(actor, study, spoken)
    done = label_samples.finished(session, study, spoken)
    if done:
        show_finished(session, done[-1])


def draw(actor: Actor, study: StudyRow, spoken: Spoken) -> None:
    with who.shown_errors():
        with transaction() as session:
            seed = secrets.randbits(31)
            label_samples.draw(session, actor, study, spoken, seed=seed, now=now())
        st.rerun()


def show_next(session: Session, actor: Actor, sample: LabelSampleRow) -> None:
    """The first text without a label, or the one before it when somebody went back."""
    labels = label_samples.given(session, sample)
    free = label_samples.next_place(sample, labels)
    place = int(st.session_state.get(BACK, free if free is not None else 0))
    total = len(sample.items)
    st.progress(len(labels) / total, text=f"{len(labels)} of {total} labelled")
    with st.container(border=True):
        st.caption(f"Text {place + 1} of {total}")
        words = label_samples.text_at(session, actor, sample, place)
        if words:
            st.text(words)
        else:
            st.caption("Whoever said this has withdrawn since. Press “Cannot tell”.")
    st.markdown("**How does whoever wrote this feel about the product?**")
    with st.container(horizontal=True):
        for words, label, key, icon in CHOICES:
            st.button(
                words,
                key=f"give-{words}",
                icon=icon,
                shortcut=key,
                on_click=give,
                args=(actor, sample.id, place, label),
            )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "One back",
            icon=":material/undo:",
            type="tertiary",
            shortcut="Backspace",
            on_click=go_back,
            args=(place,),
            disabled=place == 0,
        )
        st.caption(f"Sample {sample.id}, seed {sample.seed}, scorer {sample.read_by}")


def give(actor: Actor, sample_id: int, place: int, label: Label | None) -> None:
    st.session_state.pop(BACK, None)
    with who.shown_errors(), transaction() as session:
        label_samples.give(session, actor, sample_id, place, label, now=now())


def go_back(place: int) -> None:
    st.session_state[BACK] = max(0, place - 1)


def show_finished(session: Session, sample: LabelSampleRow) -> None:
    """The last sample: where the person and the scorer differed, with the reasons."""
    labels = label_samples.given(session, sample)
    told = [
        (item, label)
        for place, item in enumerate(sample.items)
        if (label := labels.get(place)) is not None
    ]
    differing = [(item, label) for item, label in told if is_error(item.label, label)]
    st.subheader(f"Sample {sample.id}, the last one", anchor=False)
    untold = len(sample.items) - len(told)
    unsaid = f" Of {untold} you could not tell." if untold else ""
    agreed = len(told) - len(differing)
    st.markdown(f"You and the scorer agree on **{agreed} of {len(told)}** texts.{unsaid}")
    for item, label in differing:
        row = heard_texts.get(session, sample.spoken, item.text_id)
        if row is None or row.reading is None:
            continue
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"You say **{label.value}**, the scorer said **{item.label.value}**")
            st.text(row.text)
            show_why(Scored(row.text, row.reading, row.human_label, read_by=row.read_by))
