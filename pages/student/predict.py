import streamlit as st

from casework.case.exercise import Guess, Prediction
from casework.case.steps import CaseStep
from db import exercises
from db.clock import now
from db.engine import transaction
from pages import who
from pages.parts import case_steps, case_work

MEANING = {
    Guess.GO: "Launch it.",
    Guess.GO_WITH_CONDITIONS: "Launch it if named conditions are kept.",
    Guess.HOLD: "The answers allow it, but a person must review something first.",
    Guess.NO_GO: "Do not launch it: the answers crossed a limit set beforehand.",
    Guess.NOT_ENOUGH_EVIDENCE: "The answers cannot tell yet.",
}

here = who.actor()
row = case_work.here(here)
locked = row.predicted_at is not None or row.submitted
so_far = row.prediction or Prediction()


def ask_share(field: str, label: str, stored: float | None) -> None:
    st.number_input(
        label,
        min_value=0,
        max_value=100,
        value=None,
        step=1,
        placeholder="0 to 100",
        key=case_work.follow(
            f"prediction-{field}", None if stored is None else round(100 * stored)
        ),
        disabled=locked,
    )


def ask_outcome() -> None:
    st.radio(
        "Which verdict will their answers lead to?",
        list(Guess),
        format_func=lambda each: each.value,
        captions=list(MEANING.values()),
        key=case_work.follow("prediction-outcome", so_far.outcome),
        disabled=locked,
    )


def lock() -> None:
    actor = who.actor()
    with who.shown_errors(), transaction() as session:
        exercises.lock_prediction(session, actor, now=now())


case_steps.heading(
    CaseStep.PREDICT,
    row,
    "Predict the answers",
    "Imagine that BoomerGames had asked before the launch: loyal players tried Santa Run as the "
    "team had made it, and answered. What did they say? A wrong guess costs nothing; you learn "
    "from the difference.",
)
with st.container(width=720):
    offended, satisfied = st.columns(2)
    with offended:
        ask_share(
            "share_offended", "How many in 100 were upset or offended?", so_far.share_offended
        )
    with satisfied:
        ask_share(
            "share_satisfied",
            "How many in 100 were satisfied (4 or 5 of 5)?",
            so_far.share_satisfied,
        )
    ask_outcome()
    st.caption(
        "Where the figures come from: the case tells no such figure. The study you will see is a "
        "simulation; its numbers are our teaching assumptions."
    )
    if locked:
        st.info(
            "It stays as it is, so that you can compare it with what the study found.",
            title="Your prediction is locked",
            icon=":material/lock:",
        )
    else:
        st.markdown("The study opens once your prediction is locked. You cannot change it then.")
        st.button(
            "Lock my prediction",
            type="primary",
            icon=":material/lock:",
            on_click=lock,
            disabled=not so_far.is_complete,
        )
if locked:
    case_steps.onward(CaseStep.PREDICT, row)
