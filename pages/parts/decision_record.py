"""The decision under a verdict: recorded, signed off, and judged seven days after the launch."""

from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from casework.decisions import Decision, Intent, LaunchResult, follows, judged_from
from casework.errors import Invalid
from casework.report import Material
from casework.report.decision import decision_section
from casework.risks import Risk
from casework.roles import Act, Actor, may
from casework.schedule import plain_day
from db import decisions
from db.clock import now
from db.decisions import DecisionRow
from db.engine import reading, transaction
from db.studies import StudyRow
from pages import who
from pages.parts.summary import show_section

USUAL_RECHECK = timedelta(days=14)
RISK_COLUMNS = ("What may go wrong", "Who watches it", "What they do about it")


class Release(NamedTuple):
    """What only a release asks, as typed."""

    risk: str = ""
    halt: str = ""
    chance: int | None = None


class Typed(NamedTuple):
    """The form of a decision as typed."""

    decider: str
    reason: str
    release: Release
    recheck: date | None
    risks: pd.DataFrame


def show_decision(actor: Actor, study: StudyRow, material: Material) -> None:
    """What was decided about the build of this verdict, and the forms that go on from there."""
    build = material.verdict.build
    with reading() as session:
        history = decisions.history(session, actor, study, build)
        score = decisions.brier(session, actor) if may(actor, Act.READ_VERDICT) else None
        row = decisions.in_force(session, study.id, build)
    section = decision_section(history, score, material.verdict)
    st.header(section.title, anchor=False)
    show_section(section)
    if not may(actor, Act.DECIDE):
        return
    if row is not None:
        with st.expander("Sign off", icon=":material/draw:"):
            sign_off_form(actor, row)
    if row is not None and row.decision.launches:
        with st.expander("How the launch went", icon=":material/rocket_launch:"):
            outcome_form(actor, study, row)
    title = "Record another decision in its place" if row else "Record the decision"
    with st.expander(title, icon=":material/gavel:"):
        decision_form(actor, study, material)


def decision_form(actor: Actor, study: StudyRow, material: Material) -> None:
    """The form; what it records can only be replaced, never edited."""
    profile = material.criteria.profile if material.criteria else None
    outcome = material.verdict.outcome
    # What follows from the verdict is offered first; everything else stays open.
    ways = sorted(Decision, key=lambda one: not follows(one, outcome, profile))
    decision = st.selectbox("Decision", ways, format_func=lambda one: one.label) or ways[0]
    differs = not follows(decision, outcome, profile)
    if differs:
        st.warning(
            f"The verdict is {outcome.value}. You may decide otherwise, with a reason.",
            icon=":material/alt_route:",
        )
    with st.form("decision", border=False):
        decider = st.text_input("Who decides", max_chars=200)
        reason = st.text_area("Reason" if differs else "Reason, if you want to give one", height=90)
        release = _ask_release(decision)
        today = now().date()
        usual = max(study.release_on, today) + USUAL_RECHECK
        recheck = st.date_input("Look again on", usual, min_value=today)
        risks = _ask_risks()
        st.caption("Recorded with the time and the digest of this verdict; it cannot be edited.")
        sent = st.form_submit_button("Record the decision", type="primary")
    if sent:
        with who.shown_errors():
            intent = _intent(decision, Typed(decider, reason, release, recheck, risks))
            with transaction() as session:
                decisions.decide(
                    session,
                    actor,
                    study,
                    intent,
                    build=material.verdict.build,
                    seen_digest=material.verdict.digest,
                    now=now(),
                )
            st.rerun()


def _ask_release(decision: Decision) -> Release:
    """What only a release asks: who takes the risk, what halts it, how likely it goes well."""
    if not decision.launches:
        return Release()
    risk = st.text_input("Who accepts the risk", max_chars=200)
    halt = st.text_area(
        "What would halt the release or roll it back",
        height=70,
        placeholder="such as: more than 2 % of sessions crash on the first day",
    )
    chance = st.number_input(
        "Chance that the launch goes well (%)",
        0,
        100,
        None,
        help="Your own forecast. Seven days after the launch it is scored.",
    )
    return Release(risk, halt, chance)


def _ask_risks() -> pd.DataFrame:
    """Risks as a table; a row is added by writing into the last, empty one."""
    st.markdown("Risks you know of, if any")
    columns = {name: pd.Series(dtype="str") for name in RISK_COLUMNS}
    return st.data_editor(
        pd.DataFrame(columns), num_rows="dynamic", hide_index=True, width="stretch", key="risks"
    )


def risks_of(typed: pd.DataFrame) -> tuple[Risk, ...]:
    """The risks as typed, without empty rows. Raises: Invalid where a row lacks something."""
    rows = [
        [" ".join(str(cell).split()) for cell in row]
        for row in typed.fillna("").itertuples(index=False)
    ]
    filled = [row for row in rows if any(row)]
    if not all(all(row) for row in filled):
        raise Invalid("A risk names what may go wrong, who watches it and what they do about it.")
    return tuple(Risk(text=text, owner=owner, action=action) for text, owner, action in filled)


def _intent(decision: Decision, typed: Typed) -> Intent:
    """The decision as typed. Raises: Invalid saying what is missing."""
    if not typed.decider.strip():
        raise Invalid("A decision carries a name: write who decides.")
    if typed.recheck is None:
        raise Invalid("Choose the day to look again.")
    try:
        return Intent(
            decision=decision,
            reason=typed.reason,
            decider=typed.decider,
            risk_acceptor=typed.release.risk.strip() or None,
            halt_trigger=typed.release.halt,
            recheck_on=typed.recheck,
            forecast=None if typed.release.chance is None else typed.release.chance / 100,
            risks=risks_of(typed.risks),
        )
    except ValidationError as wrong:
        raise Invalid(wrong.errors()[0]["msg"].removeprefix("Value error, ")) from wrong


def sign_off_form(actor: Actor, row: DecisionRow) -> None:
    """A reviewer's name under the decision in force."""
    with st.form("sign_off", border=False, clear_on_submit=True):
        name = st.text_input("Reviewer", max_chars=200)
        role = st.text_input("In the role of", placeholder="such as QA lead", max_chars=200)
        sent = st.form_submit_button("Sign off")
    if sent:
        with who.shown_errors():
            if not (name.strip() and role.strip()):
                raise Invalid("A sign-off carries a name and a role.")
            with transaction() as session:
                decisions.sign_off(session, actor, row, name, role, now=now())
            st.rerun()


def outcome_form(actor: Actor, study: StudyRow, row: DecisionRow) -> None:
    """How it went, from seven days after the launch on."""
    due = judged_from(row, study.release_on)
    if now().date() < due:
        st.caption(f"It can be entered from {plain_day(due)} on, seven days after the release.")
        return
    with st.form("launch_result", border=False):
        went = st.radio("Did the launch go well?", ["Yes", "No"], index=None, horizontal=True)
        happened = st.text_area("What happened", height=90)
        name = st.text_input("Entered by", max_chars=200)
        sent = st.form_submit_button("Enter the outcome")
    if sent:
        with who.shown_errors():
            if went is None or not name.strip():
                raise Invalid("Say whether it went well, and who says so.")
            result = LaunchResult(
                went_well=went == "Yes", what_happened=happened, entered_by=name, at=now()
            )
            with transaction() as session:
                decisions.record_outcome(session, actor, study, row, result, now=now())
            st.rerun()
