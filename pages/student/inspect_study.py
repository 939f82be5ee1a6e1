import streamlit as st

from casework.case.steps import CaseStep
from casework.errors import NotFound
from db import exercises
from db.case_study import CaseStudy
from db.clock import now
from db.engine import reading
from pages import who
from pages.parts import answer_cards, case_steps, case_work, study_evidence

here = who.actor()
row = case_work.here(here)
cited = row.recommendation.cited if row.recommendation else ()
case_steps.heading(
    CaseStep.INSPECT,
    row,
    "Inspect the Santa Run study",
    "What BoomerGames would have heard before the launch. Read, and cite the answers your "
    "recommendation will rest on: at least two. You cannot change anything in the study.",
)


def show(study: CaseStudy) -> None:
    study_evidence.facts(study)
    st.caption(
        "Where this comes from: the game, the scene and the offended players are case facts. "
        "Players, words and figures of this study are invented: teaching assumptions."
    )
    answers, group, way, decided = st.tabs(
        ["Answers", "Focus group", "Who took part", "Criteria and verdict"]
    )
    with answers:
        st.markdown(cited_line())
        answer_cards.read_and_cite(study.answers, cited, locked=row.submitted)
        with st.expander("All answers as a table", icon=":material/table:"):
            answer_cards.as_table(study.answers)
    with group:
        study_evidence.focus_group(study)
    with way:
        study_evidence.funnels(study)
    with decided:
        study_evidence.verdict(study)
        study_evidence.criteria(study)


def cited_line() -> str:
    if not cited:
        return "You cite no answer yet."
    return f"You cite {len(cited)}: " + ", ".join(f"answer {number}" for number in cited) + "."


def show_missing() -> None:
    st.info(
        "Load the demonstration with `python cli.py demo`, then open this page again.",
        title="The Santa Run study is not here yet",
        icon=":material/inventory_2:",
    )


if row.predicted_at is None:
    st.info(exercises.PREDICT_FIRST, icon=":material/lock:")
    case_steps.go_to(CaseStep.PREDICT)
    st.stop()
try:
    with reading() as session:
        found = exercises.inspect(session, here, now=now())
except NotFound:
    show_missing()
    st.stop()
show(found)
case_steps.onward(CaseStep.INSPECT, row)
