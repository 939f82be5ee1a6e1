"""Where a student is in the exercise, and the one way on."""

from types import MappingProxyType

import streamlit as st

from casework.case.checks import Check
from casework.case.steps import CaseStep, step_after, steps_done
from casework.text import escape_markdown
from db import exercises
from db.exercises import ExerciseRow

PAGES = MappingProxyType(
    {
        CaseStep.READ: "student/read_case.py",
        CaseStep.PLAN: "student/plan_activities.py",
        CaseStep.PREDICT: "student/predict.py",
        CaseStep.INSPECT: "student/inspect_study.py",
        CaseStep.RECOMMEND: "student/recommend.py",
        CaseStep.COMPARE: "student/compare.py",
    }
)


def _done(row: ExerciseRow) -> frozenset[CaseStep]:
    return steps_done(exercises.work_of(row), predicted=row.predicted_at is not None)


def heading(step: CaseStep, row: ExerciseRow, title: str, lead: str) -> None:
    """The page's title, what it is for, and the line of steps."""
    st.title(title, anchor=False)
    st.markdown(_line(step, _done(row)))
    st.markdown(lead)
    if row.submitted and step is not CaseStep.COMPARE:
        st.caption(":material/lock: Your work is handed in and stays as it is.")


def _line(here: CaseStep, done: frozenset[CaseStep]) -> str:
    marks = []
    for number, step in enumerate(CaseStep, start=1):
        name = f"{number} {step.value.capitalize()}"
        tick = ":material/check: " if step in done else ""
        colour = "blue" if step is here else "green" if step in done else "gray"
        shown = f"**{name}**" if step is here else name
        marks.append(f":{colour}-badge[{tick}{shown}]")
    return " ".join(marks)


def onward(step: CaseStep, row: ExerciseRow, *, main: bool = True) -> None:
    """The button that leads to what is next; `main` unless the page asks for something first."""
    then = step_after(step, _done(row))
    if st.button(
        f"Next: {then.label.lower()}",
        type="primary" if main else "secondary",
        icon=":material/arrow_forward:",
        icon_position="right",
        key="onward",
    ):
        st.switch_page(PAGES[then])


def go_to(step: CaseStep) -> None:
    """A primary button to a step that has to come first."""
    if st.button(step.label, type="primary", icon=":material/arrow_forward:", key=f"to-{step}"):
        st.switch_page(PAGES[step])


def check_list(checks: tuple[Check, ...]) -> None:
    """What is fine and what to do, calmly; no points, no colours of alarm."""
    with st.container(border=True):
        st.subheader("Checks", anchor=False)
        st.caption("They follow what you type. They tell what is missing and never grade.")
        # Several checks wait for the second activity with the same words: once is enough.
        for check in {each.text: each for each in checks}.values():
            icon = "check_circle" if check.passed else "radio_button_unchecked"
            colour = "green" if check.passed else "gray"
            st.markdown(f":{colour}[:material/{icon}:] {plain(check.text)}")


def plain(text: str) -> str:
    """Text of any origin on one line of Markdown."""
    return escape_markdown(" ".join(text.split()))
