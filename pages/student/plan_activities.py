import streamlit as st

from casework.case.checks import check_plan
from casework.case.steps import CaseStep
from pages import who
from pages.parts import activity_form, case_steps, case_work, fact_chips

here = who.actor()
row = case_work.here(here)
case_steps.heading(
    CaseStep.PLAN,
    row,
    "Plan two activities",
    "Nate asks for two things BoomerGames should do before its next launch. Choose two of the "
    "three methods or bring an idea of your own. Every change is kept.",
)
form, side = st.columns([5, 3], gap="large")
with form:
    for place, tab in enumerate(st.tabs(["First activity", "Second activity"])):
        with tab:
            activity_form.show(place, row)
with side:
    case_steps.check_list(check_plan(row.activities))
    with st.expander(f"Your facts ({len(row.facts)})", icon=":material/bookmarks:"):
        fact_chips.collection(row)
    st.caption(
        "Where the figures come from: 5 to 10 seats for a focus group is a course fact. How many, "
        "when and at what cost are your own assumptions; the case gives none."
    )
case_steps.onward(CaseStep.PLAN, row)
