import streamlit as st

from casework.case.exercise import Exercise
from casework.case.steps import CaseStep
from casework.case.story import BRIEF, FRAME, NOT_IN_THE_CASE, STORY
from pages import who
from pages.parts import case_steps, case_work, fact_chips

FRAME_KEYS = (FRAME.key,)

here = who.actor()
row = case_work.here(here)
case_steps.heading(
    CaseStep.READ,
    row,
    "The BoomerGames case",
    "Read the story. Below each paragraph stand the facts it tells: pick up those you want to "
    "build your advice on.",
)


def show_story(work: Exercise) -> None:
    for number, paragraph in enumerate(STORY):
        st.markdown(paragraph.text)
        fact_chips.pick_up(f"paragraph-{number}", paragraph.facts, work, locked=work.submitted)
    st.subheader("How the course looks at it", anchor=False)
    st.markdown(FRAME.text)
    fact_chips.pick_up("frame", FRAME_KEYS, work, locked=work.submitted)
    st.caption("This one is the course's view. Cite it beside a fact of the case, not instead.")


def show_brief() -> None:
    with st.container(border=True):
        st.subheader("Your task", anchor=False)
        st.markdown(BRIEF)
    with st.expander("What the case does not say", icon=":material/help:"):
        st.markdown("You may assume these, but do not present them as facts of the case:")
        st.markdown("\n".join(f"- {each}" for each in NOT_IN_THE_CASE))


story, side = st.columns([5, 3], gap="large")
with story:
    show_story(row)
with side:
    show_brief()
    fact_chips.collection(row)
case_steps.onward(CaseStep.READ, row)
