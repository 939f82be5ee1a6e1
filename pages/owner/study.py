"""One study: where it stands, the one next step, its calendar and its plan."""

import streamlit as st

from casework import schedule, standing
from casework.schedule import Schedule, plain_day
from casework.standing import StageState, Standing, StudyFacts
from casework.text import escape_markdown
from db import activities, studies
from db import standing as standings
from db.activities import ActivityRow
from db.clock import now
from db.engine import reading, transaction
from db.studies import StudyRow
from pages import who
from pages.parts.study_calendar import distance, show_calendar
from pages.parts.study_form import Typed, study_form, typed
from pages.study_choice import chosen_study, go


def show_next(row: StudyRow, stands: Standing) -> None:
    with st.container(border=True):
        st.subheader("Next step", anchor=False)
        st.markdown(stands.why)
        with st.container(horizontal=True):
            if st.button(stands.action, type="primary", icon=":material/arrow_forward:"):
                go(stands.room.value, row.slug)


def show_stages(stands: Standing) -> None:
    with st.grid("auto", min_column_width=170, gap="small"):
        for state in stands.stages:
            with st.container(border=True, height="stretch", gap="xsmall"):
                show_stage(state, is_next=state.stage is stands.stage and not stands.finished)


def show_stage(state: StageState, *, is_next: bool) -> None:
    icon, color, word = ":material/radio_button_unchecked:", "gray", "To do"
    if state.done:
        icon, color, word = ":material/check_circle:", "green", "Done"
    elif is_next:
        icon, color, word = ":material/arrow_circle_right:", "primary", "Next"
    st.markdown(f":{color}[{icon}] **{state.stage.label}**")
    st.caption(f"{word} · {escape_markdown(state.detail)}")


def warn(seen: Schedule, late: list[ActivityRow]) -> None:
    for problem in seen.problems:
        st.warning(problem, icon=":material/event_busy:")
    for one in late:
        st.warning(
            f"“{escape_markdown(one.name)}” ends on {plain_day(one.closes_at.date())}, after the "
            f"last day to decide, {plain_day(seen.decide_by)}. What it brings comes too late: end "
            "it earlier or move the release.",
            icon=":material/event_busy:",
        )


def sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def show_days(seen: Schedule, planned: list[ActivityRow]) -> None:
    st.header("Calendar", anchor=False)
    with st.grid(4, min_column_width=170, gap="small"):
        for day in seen.calendar:
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.markdown(f"{day.milestone.label}  \n**{plain_day(day.on)}**")
                st.caption(f"{sentence(distance(day.on - seen.today))}. {day.because}")
    show_calendar(seen, planned)


def save(row: StudyRow, form: Typed) -> None:
    with who.shown_errors():
        with transaction() as session:
            current = studies.by_slug(session, row.slug)
            plan = form.as_study(current.slug, current.created_at)
            studies.edit(session, actor, current, plan, now=now())
        st.toast("The plan is saved.", icon=":material/check:")
        st.rerun()


def show_plan(row: StudyRow, seen: Schedule) -> None:
    with st.expander("Change the plan", icon=":material/edit_calendar:", key="plan"):
        if not seen.feasible:
            st.caption(f"The nearest feasible release is {plain_day(seen.nearest_release)}.")
        if form := study_form("edit", typed(row), "Save the plan"):
            save(row, form)


def introduce(row: StudyRow) -> None:
    st.title(escape_markdown(row.title), anchor=False)
    st.caption(
        f"{escape_markdown(row.product)} · owned by {escape_markdown(row.owner_name)} · "
        f"reaches {row.players:,} players"
    )
    if row.hypothesis:
        st.text(row.hypothesis)


actor = who.actor()
with reading() as session:
    row = chosen_study(session, actor)
    facts: StudyFacts = standings.facts(session, row, now=now())
    planned = activities.of_study(session, row)
    seen = schedule.plan(row, now().date(), ahead=standing.ahead(facts))
    late = standings.ending_after(session, row, seen.decide_by)

introduce(row)
warn(seen, late)
stands = standing.where_it_stands(facts)
show_next(row, stands)
show_stages(stands)
show_days(seen, planned)
show_plan(row, seen)
