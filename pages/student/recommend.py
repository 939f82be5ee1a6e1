import streamlit as st

from casework.case.checks import check_plan, check_recommendation
from casework.case.exercise import Decision, Recommendation
from casework.case.steps import CaseStep
from casework.errors import CaseworkError
from db import exercises
from db.case_study import AnswerSeen
from db.clock import now
from db.engine import reading, transaction
from pages import who
from pages.parts import answer_cards, case_steps, case_work

LONGEST = 5_000

here = who.actor()
row = case_work.here(here)
so_far = row.recommendation or Recommendation()


def known_answers() -> dict[int, AnswerSeen]:
    """The answers there are to cite; none before the study is open or where it is missing."""
    try:
        with reading() as session:
            study = exercises.inspect(session, here, now=now())
    except CaseworkError:
        return {}
    return {each.number: each for each in study.answers}


def ask_decision() -> None:
    st.radio(
        "What should Nate do with this build?",
        list(Decision),
        format_func=lambda each: each.label,
        key=case_work.follow("recommend-decision", so_far.decision),
        disabled=row.submitted,
    )


def ask_words(field: str, label: str, stored: str) -> None:
    st.text_area(
        label,
        max_chars=LONGEST,
        key=case_work.follow(f"recommend-{field}", stored),
        disabled=row.submitted,
    )


def show_cited(answers: dict[int, AnswerSeen]) -> None:
    st.subheader(f"Answers it rests on ({len(so_far.cited)})", anchor=False)
    if not so_far.cited:
        st.caption("None cited yet. Read the study and cite at least two.")
    for number in so_far.cited:
        with st.container(border=True):
            found = answers.get(number)
            st.markdown(f"**Answer {number}**")
            words = answer_cards.quoted(found.text, written=found.written) if found else ""
            st.markdown(words or "*This answer is not in the study.*")
            st.button(
                "Take it out",
                key=f"uncite-{number}",
                on_click=case_work.cite,
                args=(number,),
                disabled=row.submitted,
            )


@st.dialog("Hand in your work?")
def confirm() -> None:
    st.markdown("It stays as it is from then on. The suggested answers are shown after that.")
    gaps = [each for each in check_plan(row.activities) if not each.passed]
    if gaps:
        st.markdown("Your plan still has open points. You may hand in all the same:")
        st.markdown("\n".join(f"- {case_steps.plain(each.text)}" for each in gaps))
    if st.button("Yes, hand in", type="primary", icon=":material/check:"):
        with who.shown_errors():
            with transaction() as session:
                exercises.submit(session, who.actor(), now=now())
            st.switch_page(case_steps.PAGES[CaseStep.COMPARE])


case_steps.heading(
    CaseStep.RECOMMEND,
    row,
    "Recommend a decision",
    "Tell Nate what to do, why, and which answers convinced you.",
)
answers = known_answers()
checks = check_recommendation(row.recommendation, frozenset(answers))
form, side = st.columns([5, 3], gap="large")
with form:
    ask_decision()
    ask_words("reason", "Why? Give the reason in a sentence or two.", so_far.reason)
    ask_words("change", "What should change in the game?", so_far.change)
    show_cited(answers)
with side:
    case_steps.check_list(checks)
    st.caption(
        "Where this comes from: the answers belong to a simulated study, our teaching assumption. "
        "What Nate tells is a case fact."
    )
ready = row.predicted_at is not None and all(each.passed for each in checks)
if row.submitted or row.predicted_at is None or not so_far.cited:
    case_steps.onward(CaseStep.RECOMMEND, row)
elif st.button("Hand in", type="primary", icon=":material/send:", disabled=not ready):
    confirm()
