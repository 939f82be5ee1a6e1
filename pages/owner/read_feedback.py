"""What testers answered: figures by build, every answer, the tone over time, the extremes."""

import streamlit as st

from casework.corrections import Spoken
from casework.imports import ImportKind
from casework.roles import Actor
from casework.themes import assign
from db import answers, builds, corrections, themes, traces
from db.answers import AnswerRead, AnswerSearch, Kind
from db.clock import now
from db.engine import Session, reading
from db.studies import StudyRow
from pages import who
from pages.parts.answers_read import Known, scored, show_answer, words_of
from pages.parts.answers_unread import show_unread
from pages.parts.one_answer import asked_for, forget, to_verdict
from pages.parts.outside_voices import show_outside
from pages.parts.tone_charts import show_builds, show_days
from pages.parts.words_heard import show_why
from pages.study_choice import chosen_study, go


def nothing_yet(slug: str) -> None:
    st.info(
        "Answers appear here as soon as testers send them: invite some, or import a file.",
        title="No answers yet",
        icon=":material/reviews:",
    )
    if st.button("Recruit testers", type="primary", icon=":material/person_add:"):
        go("recruit", slug)
    if st.button("Import feedback", icon=":material/upload_file:"):
        st.session_state["next_kind"] = ImportKind.FEEDBACK
        go("import_data", slug)


def show_extremes(session: Session, actor: Actor, study: StudyRow) -> None:
    by_id = {row.id: row.version for row in builds.of_study(session, study.id)}
    build = st.segmented_control(
        "Build",
        list(by_id),
        format_func=lambda one: by_id[one],
        default=next(iter(by_id), None),
        required=True,
        key="extremes-build",
    )
    worst, best = answers.extremes(session, actor, study, build)
    left, right = st.columns(2)
    with left:
        show_quotes("Harshest", worst)
    with right:
        show_quotes("Warmest", best)


def show_quotes(title: str, quotes: tuple[AnswerRead, ...]) -> None:
    st.subheader(title, anchor=False)
    for one in quotes:
        row = one.feedback
        with st.container(border=True):
            st.markdown(words_of(row))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"Answer {row.id}", width="content")
                if row.reading is not None:
                    show_why(scored(row, row.reading))
    if not quotes:
        st.caption("None.")


def choose(session: Session, study: StudyRow) -> AnswerSearch:
    """The filters, in rows that wrap on a phone."""
    by_id = {row.id: row.version for row in builds.of_study(session, study.id)}
    kind = st.pills(
        "Show", list(Kind), format_func=lambda one: one.value.capitalize(), default=Kind.ALL
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        build = st.selectbox(
            "Build",
            [None, *by_id],
            format_func=lambda one: "All builds" if one is None else by_id[one],
            width=140,
        )
        text = st.text_input("Words", placeholder="find in their words", width=180)
        loyal = st.toggle("Loyal only")
    return AnswerSearch(
        build_id=build, kind=kind or Kind.ALL, text=text or "", loyal_only=bool(loyal)
    )


def show_answers(session: Session, actor: Actor, study: StudyRow) -> None:
    search = choose(session, study)
    asked = st.session_state.get(f"feedback-page-{search}", 1)
    found = answers.find(session, actor, study, search, page=int(asked))
    st.caption(f"{found.found:,} {'answer' if found.found == 1 else 'answers'}, the newest first")
    show_unread(session, actor, study)
    if not found.answers:
        st.info("No answer is of this kind. Choose another filter.", icon=":material/search_off:")
        return
    show_each(session, actor, study, found.answers)
    if found.pages > 1:
        st.pagination(found.pages, key=f"feedback-page-{search}")


def show_each(
    session: Session, actor: Actor, study: StudyRow, shown: tuple[AnswerRead, ...]
) -> None:
    """The answers with the criteria they entered, what people said of them, and their themes."""
    rows = [answer.feedback for answer in shown]
    told = sorted({answer.build for answer in shown})
    entered = traces.of_answers(session, actor, study, rows, told, now=now())
    said = corrections.of_texts(session, Spoken.ANSWER, [row.id or 0 for row in rows])
    offended = [row.offence for row in rows]
    assigned = assign([row.text for row in rows], themes.current(session, study), offended=offended)
    for place, answer in enumerate(shown):
        number = answer.feedback.id or 0
        names = [name for name in assigned.themes.names if assigned.of(name)[place]]
        show_answer(actor, answer, Known(entered.get(number), said[number], names))


def show_only(session: Session, actor: Actor, study: StudyRow, number: int) -> None:
    """The one answer that the address names, with the ways on and back."""
    found = answers.by_ids(session, actor, study, [number])
    with st.container(horizontal=True):
        st.button("Show all answers", icon=":material/arrow_back:", on_click=forget)
        if number in found:
            to_verdict(number, found[number].build)
    if number not in found:
        st.warning("There is no such answer in this study.", icon=":material/search_off:")
    show_each(session, actor, study, tuple(found.values()))


st.title("Read feedback", anchor=False)
actor = who.actor()
with who.shown_errors(), reading() as session:
    study = chosen_study(session, actor)
    tones = answers.tone_by_build(session, actor, study)
    if not tones:
        nothing_yet(study.slug)
        show_outside(session, actor, study)
        st.stop()
    only = asked_for()
    if only is not None:
        show_only(session, actor, study, only)
        st.stop()
    show_builds(tones)
    every, days, extremes, voices = st.tabs(
        ["Answers", "Over time", "Harshest and warmest", "Outside voices"],
        on_change="rerun",
        key="feedback-tabs",
    )
    if every.open:
        with every:
            show_answers(session, actor, study)
    if days.open:
        with days:
            show_days(answers.tone_by_day(session, actor, study))
    if extremes.open:
        with extremes:
            show_extremes(session, actor, study)
    if voices.open:
        with voices:
            show_outside(session, actor, study)
