"""The verdict on a build, why, and what to do next."""

import streamlit as st

from casework.attempts import Attempt
from casework.gates import Concern, GateName
from casework.report import Material, compose, to_html, to_markdown
from casework.roles import Actor
from casework.verdict import Outcome, as_json, naive_says_go
from db import criteria, reviews, summaries, verdicts
from db.clock import now
from db.engine import reading
from db.studies import StudyRow
from pages import who
from pages.parts.evidence_path import show_paths
from pages.parts.gate_review import show_gate
from pages.parts.summary import show_section
from pages.parts.verdict_head import show_outcome
from pages.parts.ways_out import show_ways_out
from pages.study_choice import chosen_study, go

NEXT = {
    Outcome.GO: ("Tell participants what came of it", "tell_back"),
    Outcome.GO_WITH_CONDITIONS: ("Tell participants what came of it", "tell_back"),
    Outcome.NO_GO: ("Add the next build", "release_build"),
    Outcome.NOT_ENOUGH_EVIDENCE: ("Invite more testers", "recruit"),
    Outcome.INVALID: ("Register criteria for the next build", "set_criteria"),
}


def choose_build(attempts: tuple[Attempt, ...]) -> str | None:
    """The build to judge; the newest attempt's unless somebody chose another."""
    builds = list(dict.fromkeys(attempt.build for attempt in attempts))
    if len(builds) < 2:
        return builds[0] if builds else None
    asked = st.query_params.get("build")
    chosen = st.segmented_control(
        "Build", builds, default=asked if asked in builds else builds[-1], required=True
    )
    st.query_params["build"] = str(chosen)
    return chosen


def show_next(outcome: Outcome, slug: str) -> None:
    if outcome in NEXT:
        label, page = NEXT[outcome]
        if st.button(label, type="primary", icon=":material/arrow_forward:"):
            go(page, slug)


def show_downloads(material: Material) -> None:
    name = f"{material.study.slug}-{material.verdict.build}"
    summary = compose(material)
    with st.container(horizontal=True):
        st.download_button(
            "Summary (HTML)",
            lambda: to_html(summary),
            f"{name}.html",
            "text/html",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Markdown", to_markdown(summary), f"{name}.md", "text/markdown", on_click="ignore"
        )
        st.download_button(
            "JSON", as_json(material.verdict), f"{name}.json", "application/json", on_click="ignore"
        )


def show_open_gates(
    actor: Actor, study: StudyRow, material: Material, concerns: dict[GateName, list[Concern]]
) -> None:
    """On HOLD the review is the next step; otherwise it waits folded."""
    hold = material.verdict.outcome is Outcome.HOLD
    for gate in material.verdict.gates:
        if not gate.clear:
            with st.expander(f"Review: {gate.name}", expanded=hold, icon=":material/fact_check:"):
                show_gate(actor, study, gate, concerns[GateName(gate.name)], material.verdict.build)


def show_behind(material: Material, counted: verdicts.Counted) -> None:
    st.header("Behind it", anchor=False)
    for section in compose(material).sections:
        with st.expander(section.title):
            show_section(section)
    if material.criteria is not None:
        with st.expander("How the evidence came in"):
            show_paths(material.criteria, counted.evidence)
            naive = "GO" if naive_says_go(material.criteria, counted.evidence) else "no GO"
            st.caption(
                f"For comparison, the usual rule “all figures look fine today” would say {naive}. "
                "Looked at daily, it lets through most builds that sit exactly at a limit."
            )


st.title("Read the verdict", anchor=False)
actor = who.actor()
with who.shown_errors(), reading() as session:
    study = chosen_study(session, actor)
    build = choose_build(criteria.attempts(session, study.id))
    counted = verdicts.evidence(session, actor, study, build, now=now())
    material = summaries.material_of(session, study, counted, now=now())
    concerns = reviews.concerns(session, study.id or 0, counted.build_id)
    show_outcome(material.verdict, compose(material))
    show_next(material.verdict.outcome, study.slug)
    show_open_gates(actor, study, material, concerns)
    show_ways_out(actor, study)
    show_downloads(material)
    show_behind(material, counted)
