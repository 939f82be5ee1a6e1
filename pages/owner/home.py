"""The studio's studies, where each one stands, and the way to start another."""

import streamlit as st

from casework import schedule, standing
from casework.standing import Standing, StudyFacts
from casework.text import escape_markdown
from db import standing as standings
from db import studies
from db.clock import now
from db.engine import reading, transaction
from db.studies import StudyRow
from pages import who
from pages.parts.study_form import FIRST_RELEASE, Typed, study_form
from pages.parts.tour import show_tour
from pages.study_choice import go


def show_card(row: StudyRow, facts: StudyFacts, stands: Standing) -> None:
    seen = schedule.plan(row, now().date(), ahead=standing.ahead(facts))
    with st.container(border=True, height="stretch"):
        st.subheader(escape_markdown(row.title), anchor=False)
        st.caption(
            f"{escape_markdown(row.product)} · release {schedule.plain_day(row.release_on)} · "
            f"decide by {schedule.plain_day(seen.decide_by)}"
        )
        done = sum(state.done for state in stands.stages)
        st.progress(done / len(stands.stages), text=f"{done} of {len(stands.stages)} steps done")
        for problem in seen.problems:
            st.warning(problem, icon=":material/event_busy:")
        st.markdown(f"**Next: {stands.action.lower()}.** {stands.why}")
        st.space("stretch")
        show_ways(row, stands)


def show_ways(row: StudyRow, stands: Standing) -> None:
    with st.container(horizontal=True):
        if st.button(stands.action, key=f"next-{row.slug}", type="primary", wrap=True):
            go(stands.room.value, row.slug)
        if st.button("Open the study", key=f"open-{row.slug}"):
            go("study", row.slug)


def welcome() -> None:
    st.info(
        "Say what it is and when it should be released. From that follow the last days to invite, "
        "to close and to decide; the study then always says what comes next.",
        title="Start with the next thing you want to launch",
        icon=":material/rocket_launch:",
    )


def start(form: Typed) -> None:
    with who.shown_errors():
        with transaction() as session:
            plan = form.as_study(studies.free_slug(session, form.title), now())
            row = studies.start(session, actor, plan, now=now())
        go("study", row.slug)


actor = who.actor()
with reading() as session:
    known = studies.all_studies(session)
    people = standings.people(session, now=now())
    facts = [standings.facts(session, row, now=now(), known=people) for row in known]

st.title("Studies")
show_tour(actor, [row.slug for row in known])
if known:
    with st.grid(min(2, len(known)), min_column_width=320):
        for row, one in zip(known, facts, strict=True):
            show_card(row, one, standing.where_it_stands(one))
else:
    welcome()

blank = Typed(owner_name=actor.name, release_on=now().date() + FIRST_RELEASE)
with st.expander("Start a study", expanded=not known, icon=":material/add:"):
    if form := study_form("start", blank, "Start the study"):
        start(form)
