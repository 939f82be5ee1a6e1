"""The verdict on a build, why, and what to do next."""

import streamlit as st

from casework.attempts import Attempt
from casework.gates import GateName
from casework.report import Summary
from casework.roles import Actor
from casework.verdict import Outcome
from db import builds, criteria, live, reviews
from db.clock import now
from db.engine import Session, reading
from db.live import Look
from db.studies import StudyRow
from db.verdicts import Counted
from pages import who
from pages.parts.answers_counted import show_answers_behind, show_counted
from pages.parts.decision_record import show_decision
from pages.parts.gate_review import show_gate
from pages.parts.live_verdict import show_live
from pages.parts.next_step import show_next
from pages.parts.one_answer import asked_for
from pages.parts.summary import one_line, show_section
from pages.parts.take_away import show_take_away
from pages.parts.verdict_alerts import show_alerts
from pages.parts.voice_behind import show_changes, show_quoted
from pages.parts.ways_out import show_ways_out
from pages.study_choice import chosen_study, go


def nothing_to_judge(slug: str) -> None:
    st.info(
        "A verdict compares testers' answers with launch criteria. Register the criteria first: "
        "they only count when they come before the first answer.",
        title="Nothing to judge yet",
        icon=":material/gavel:",
    )
    if st.button("Set launch criteria", type="primary", icon=":material/checklist:"):
        go("set_criteria", slug)


def choose_build(attempts: tuple[Attempt, ...]) -> str | None:
    """The build to judge; the newest attempt's unless somebody chose another."""
    known = list(dict.fromkeys(attempt.build for attempt in attempts))
    if len(known) < 2:
        return known[0] if known else None
    asked = st.query_params.get("build")
    chosen = st.segmented_control(
        "Build", known, default=asked if asked in known else known[-1], required=True
    )
    st.query_params["build"] = str(chosen)
    return chosen


def show_open_gates(session: Session, actor: Actor, study: StudyRow, seen: Look) -> None:
    """On HOLD the review is the next step; otherwise it waits folded."""
    verdict = seen.material.verdict
    still_open = [gate for gate in verdict.gates if not gate.clear]
    if not still_open:
        return
    concerns = reviews.concerns(session, study.id or 0, seen.counted.build_id)
    for gate in still_open:
        label = f"Review: {gate.name} concerns" if gate.name == "values" else "Review: problems"
        hold = verdict.outcome is Outcome.HOLD
        with st.expander(label, expanded=hold, icon=":material/fact_check:"):
            show_gate(actor, study, gate, concerns[GateName(gate.name)], verdict.build)


def show_behind(summary: Summary, counted: Counted) -> None:
    st.header("Behind it", anchor=False)
    for section in summary.sections:
        with st.expander(one_line(section.title)):
            show_section(section)
    if counted.criteria is not None:
        with st.expander("Which answers stand behind each figure"):
            show_counted(counted)


def show_verdict(
    session: Session, actor: Actor, study: StudyRow, attempts: tuple[Attempt, ...]
) -> None:
    build = choose_build(attempts)
    seen = live.look(session, actor, study, build, now=now())
    counted, material = seen.counted, seen.material
    show_live(actor, study, build, seen)
    show_quoted(session, actor, study, material)
    show_changes(session, actor, study, counted)
    if asked_for() is not None:
        show_answers_behind(session, actor, study, counted, material)
    show_next(material.verdict, study.slug, attempts, closed=counted.evidence.closed)
    show_open_gates(session, actor, study, seen)
    show_ways_out(actor, study)
    show_take_away(actor, study, material.verdict.build)
    show_decision(actor, study, material)
    show_behind(seen.summary, counted)
    show_alerts(session, actor, study)
    if asked_for() is None:
        show_answers_behind(session, actor, study, counted, material)


st.title("Read the verdict", anchor=False)
actor = who.actor()
with who.shown_errors(), reading() as session:
    study = chosen_study(session, actor)
    attempts = criteria.attempts(session, study.id)
    if attempts or builds.of_study(session, study.id):
        show_verdict(session, actor, study, attempts)
    else:
        nothing_to_judge(study.slug)
