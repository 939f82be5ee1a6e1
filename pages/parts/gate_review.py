"""Reviewing a gate: read what was said, judge it, put your name to it."""

from collections.abc import Sequence

import streamlit as st

from casework.errors import Invalid
from casework.gates import Concern, GateName, GateReview
from casework.roles import Actor
from casework.verdict import Gate
from db import reviews
from db.clock import now
from db.engine import transaction
from db.studies import StudyRow
from pages import who
from pages.parts.summary import one_line

SHOWN = 5
EXPLAINED = {
    GateName.VALUES: "Two or more loyal participants said that something here offends what they "
    "value, in a meeting or about any build of this study. Numbers cannot outvote that: somebody "
    "has to read it and answer for what follows.",
    GateName.CRITICAL: "A tester reported a problem that should stop a launch until somebody has "
    "looked at it.",
}


def show_gate(
    actor: Actor, study: StudyRow, gate: Gate, concerns: Sequence[Concern], build: str
) -> None:
    """An open gate with its concerns and the form that records a review."""
    name = GateName(gate.name)
    st.markdown(EXPLAINED[name])
    show_concerns(concerns)
    review_form(actor, study, name, build)


def show_concerns(concerns: Sequence[Concern]) -> None:
    people = {concern.person for concern in concerns}
    loyal = {concern.person for concern in concerns if concern.loyal}
    st.markdown(f"**{len(people)} people raised it, {len(loyal)} of them loyal.**")
    loyal_first = sorted(concerns, key=lambda one: (not one.loyal, one.raised_at))
    different = list(dict.fromkeys(one_line(one.quote) for one in loyal_first if one.quote))
    st.markdown("  \n".join(f"> “{quote}”  " for quote in different[:SHOWN]))
    st.caption("All of them stand under Read feedback and Host a meeting.")


def review_form(actor: Actor, study: StudyRow, gate: GateName, build: str) -> None:
    with st.form(f"review_{gate.value}", border=False):
        reviewer = st.text_input("Your name", max_chars=200)
        change = st.text_input("What was changed", placeholder=f"in build {build}, if anything")
        reason = st.text_area("Why the launch may go on, or why the risk is accepted", height=90)
        sent = st.form_submit_button("Record the review", type="primary")
    if sent:
        with who.shown_errors():
            if not reviewer.strip():
                raise Invalid("A review carries a name: write yours.")
            moment = now()
            judgement = GateReview(
                gate=gate, reviewer=reviewer, reason=reason, change=change, reviewed_at=moment
            )
            with transaction() as session:
                reviews.review(session, actor, study, judgement, now=moment)
            st.toast("The review is recorded.", icon=":material/check:")
            st.rerun()
