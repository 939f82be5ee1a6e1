import streamlit as st

from casework.case.checks import check_plan
from casework.case.print_page import as_html
from casework.case.printout import as_markdown
from casework.case.steps import CaseStep
from casework.case.suggestions import Comparison, compare
from casework.criteria import Metric
from casework.errors import CaseworkError
from db import exercises
from db.case_study import CaseStudy
from db.clock import now
from db.engine import reading, transaction
from db.exercises import ExerciseRow
from pages import who
from pages.parts import case_comparison, case_steps, case_work

UNKNOWN = "not known"

here = who.actor()
row = case_work.here(here)


def found_study() -> CaseStudy | None:
    """The study; None once the demonstration has been removed."""
    try:
        with reading() as session:
            return exercises.inspect(session, here, now=now())
    except CaseworkError:
        return None


def compared(study: CaseStudy | None) -> Comparison:
    return compare(
        exercises.work_of(row),
        share_offended=study.share(Metric.offended) if study else None,
        share_satisfied=study.share(Metric.csat) if study else None,
        outcome=study.verdict.outcome.value if study else UNKNOWN,
    )


def start_again() -> None:
    with who.shown_errors(), transaction() as session:
        exercises.start_again(session, who.actor(), now=now())


def take_home(attempt: ExerciseRow, study: CaseStudy | None, comparison: Comparison) -> None:
    st.subheader("Print or keep it", anchor=False)
    work = exercises.work_of(attempt)
    cited = work.recommendation.cited if work.recommendation else ()
    words = study.words_of(cited) if study else {}
    checks = check_plan(work.activities)
    with st.container(horizontal=True):
        st.download_button(
            "Download the page to print",
            as_html(
                work,
                student=here.name,
                answers=words,
                checks=checks,
                comparison=comparison,
                reflection=attempt.reflection,
            ),
            file_name="my-advice-to-nate.html",
            mime="text/html",
            type="primary",
            icon=":material/print:",
            on_click="ignore",
        )
        st.download_button(
            "Download as Markdown",
            as_markdown(
                work,
                student=here.name,
                answers=words,
                checks=checks,
                comparison=comparison,
                reflection=attempt.reflection,
            ),
            file_name="my-advice-to-nate.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
        )
        if st.button("Start again", icon=":material/restart_alt:", on_click=start_again):
            st.switch_page(case_steps.PAGES[CaseStep.READ])
    st.caption("Starting again begins an empty draft. What you handed in stays on file.")


case_steps.heading(
    CaseStep.COMPARE,
    row,
    "Compare",
    "Your work beside the suggested answers, and your prediction beside what the study found.",
)
if not row.submitted:
    st.info(
        "The suggested answers and the explanation are shown once your work is handed in.",
        icon=":material/lock:",
    )
    case_steps.onward(CaseStep.COMPARE, row)
    st.stop()
study = found_study()
comparison = compared(study)
case_comparison.suggestions(comparison)
case_comparison.prediction(comparison)
case_comparison.why_it_failed()
case_comparison.prompts()
st.text_area(
    "What do you take from it?",
    key=case_work.follow(case_work.REFLECTION, row.reflection),
    max_chars=5_000,
    height=140,
)
take_home(row, study, comparison)
