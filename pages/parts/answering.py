"""The second visit: the questions, a draft that survives a reload, and sending once."""

import streamlit as st
from pydantic import ValidationError

from casework.devices import read_user_agent
from casework.feedback import Answer, ProblemKind, Severity
from casework.questionnaire import QUESTIONS, SCALES, answer_of
from casework.roles import Actor
from db import drafts, feedback
from db.clock import now
from db.drafts import DraftValue
from db.engine import transaction
from db.visits import Visit
from pages.parts.news import tell
from pages.who import shown_errors

ONE_ROW = 7
"""So many marks fit beside each other on a phone; more of them wrap and keep their own width."""

YES_NO = {True: "Yes", False: "No"}


class Form:
    """The questions about one build: widgets whose values are kept as a draft on each run."""

    def __init__(self, actor: Actor, here: Visit) -> None:
        self.actor = actor
        self.participant_id = here.participant.id or 0
        self.build_id = here.build.id or 0 if here.build else 0
        self.start = _start(here)

    def key(self, name: str) -> str:
        """The widget's key; another build asks anew."""
        key = f"{name}_{self.build_id}"
        if key not in st.session_state and self.start.get(name) is not None:
            st.session_state[key] = self.start[name]
        return key

    def values(self) -> dict[str, DraftValue]:
        """What the form says now, with what is folded away as it was kept."""
        shown = {
            name: st.session_state[f"{name}_{self.build_id}"]
            for name in QUESTIONS
            if f"{name}_{self.build_id}" in st.session_state
        }
        return self.start | shown

    def keep(self) -> None:
        """Save the draft where a run finds something new.

        Not in a widget's callback: one that is interrupted by the next change loses its own.
        """
        values = self.values()
        if values != self.start:
            with shown_errors(), transaction() as session:
                drafts.save_draft(session, self.actor, self.participant_id, self.build_id, values)

    def forget(self) -> None:
        """Drop the draft and what the widgets hold."""
        for name in QUESTIONS:
            st.session_state.pop(f"{name}_{self.build_id}", None)
        st.session_state.pop("editing", None)
        with transaction() as session:
            drafts.discard_draft(session, self.actor, self.participant_id, self.build_id)

    def scale(self, name: str) -> None:
        """Marks from lowest to highest in one row, large enough for a thumb."""
        low, high, meaning = SCALES[name]
        st.segmented_control(
            QUESTIONS[name],
            list(range(low, high + 1)),
            key=self.key(name),
            width="stretch" if high - low < ONE_ROW else "content",
        )
        st.caption(meaning)

    def yes_no(self, name: str) -> None:
        """No or yes; neither until one is chosen."""
        st.segmented_control(
            QUESTIONS[name],
            [False, True],
            format_func=YES_NO.__getitem__,
            key=self.key(name),
            width="stretch",
        )

    def words(self, name: str) -> None:
        """A text in the tester's own words."""
        st.text_area(QUESTIONS[name], key=self.key(name), max_chars=5_000)

    def line(self, name: str, longest: int) -> None:
        """One line."""
        st.text_input(QUESTIONS[name], key=self.key(name), max_chars=longest)

    def choice(self, name: str, options: type[ProblemKind] | type[Severity]) -> None:
        """One of a few named values."""
        st.segmented_control(
            QUESTIONS[name],
            [option.value for option in options],
            format_func=str.capitalize,
            key=self.key(name),
        )


def _start(here: Visit) -> dict[str, DraftValue]:
    """Where the form begins: the draft, else the answer to be changed, else the device."""
    if here.draft:
        return dict(here.draft)
    if here.build and here.sent and here.sent[0].build_id == here.build.id:
        return here.sent[0].model_dump(mode="json", include=set(Answer.model_fields))
    told = read_user_agent(str(st.context.headers.get("User-Agent", "")))
    return {"device": told.device, "os": told.os} | here.earlier_draft


def note_replaced(here: Visit) -> None:
    if not here.draft and "change_first" in here.earlier_draft:
        st.info(
            "A newer version has come out. What you wrote about the one before is kept below; "
            "change what no longer fits.",
            icon=":material/new_releases:",
        )


def ask(form: Form) -> None:
    form.keep()
    form.scale("csat")
    form.words("change_first")
    form.yes_no("crashed")
    form.yes_no("offended")
    if st.session_state.get(f"offended_{form.build_id}"):
        form.words("offended_by")
    form.scale("recommend")
    with st.expander("More, if you like"):
        form.scale("effort")
        form.yes_no("keep_playing")
        form.choice("problem_kind", ProblemKind)
        form.choice("problem_severity", Severity)
        form.line("device", 200)
        form.line("os", 100)


def send(form: Form, label: str) -> None:
    if not st.button(label, type="primary", width="stretch", icon=":material/send:"):
        return
    with shown_errors():
        try:
            answer = answer_of(form.values())
        except ValidationError:
            st.error("One of your texts is too long. Please keep each below 5,000 characters.")
            return
        with transaction() as session:
            feedback.receive(
                session,
                form.actor,
                form.participant_id,
                answer,
                now=now(),
                build_id=form.build_id,
            )
        form.forget()
        tell("Thank you! Your answer has arrived.")
        st.rerun()
