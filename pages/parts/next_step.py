"""The one obvious next action after a verdict."""

from typing import NamedTuple

import streamlit as st

from casework.attempts import Attempt
from casework.verdict import Outcome, Verdict
from casework.verdict.forecast import HOPELESS
from pages.study_choice import go


class _Step(NamedTuple):
    """What the button says, where it leads and why."""

    label: str
    page: str
    why: str


NEXT = {
    Outcome.GO: _Step(
        "Tell participants what came of it",
        "tell_back",
        "They made this build better; people who hear so come again.",
    ),
    Outcome.GO_WITH_CONDITIONS: _Step(
        "Tell participants what came of it",
        "tell_back",
        "Name an owner and a date for each condition below, then tell those who helped.",
    ),
    Outcome.NO_GO: _Step(
        "Add the next build",
        "release_build",
        "Change what stopped this one, then test again with fresh answers.",
    ),
    Outcome.NOT_ENOUGH_EVIDENCE: _Step(
        "Invite more testers", "recruit", "Answers count until the closing time."
    ),
    Outcome.INVALID: _Step(
        "Register launch criteria",
        "set_criteria",
        "A new attempt counts the answers that come after it.",
    ),
}
HELPLESS = _Step(
    "Add the next build",
    "release_build",
    "At this rate more answers show no more: change what lies below its limit, then test again.",
)
CLOSED = _Step(
    "Register a new attempt",
    "set_criteria",
    "This attempt is closed: more answers to it are not counted.",
)


def show_next(verdict: Verdict, slug: str, attempts: tuple[Attempt, ...], *, closed: bool) -> None:
    """One primary button; on HOLD the review below is the next step and carries its own."""
    newest = attempts[-1].build if attempts else verdict.build
    step = _step(verdict, closed=closed)
    if step is None:
        st.markdown(":material/arrow_downward: **Next: review what is open.**")
    elif newest != verdict.build:
        if st.button(f"See the verdict on {newest}", type="primary", icon=":material/update:"):
            st.query_params["build"] = newest
            st.rerun()
        st.caption("A newer attempt is being judged.")
    else:
        if st.button(step.label, type="primary", icon=":material/arrow_forward:"):
            go(step.page, slug)
        st.caption(step.why)


def _step(verdict: Verdict, *, closed: bool) -> _Step | None:
    if verdict.outcome is Outcome.NOT_ENOUGH_EVIDENCE and closed:
        return CLOSED
    return HELPLESS if verdict.advice.startswith(HOPELESS) else NEXT.get(verdict.outcome)
