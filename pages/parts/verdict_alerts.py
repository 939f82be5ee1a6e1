"""Who hears when the verdict changes, also while nobody looks."""

import streamlit as st

from casework.roles import Actor
from db import alerts
from db.clock import now
from db.engine import Session, transaction
from db.studies import StudyRow
from pages import who


def show_alerts(session: Session, actor: Actor, study: StudyRow) -> None:
    """The address that alerts of this study go to; without one no letter is written."""
    current = alerts.addressee(session, study)
    with st.expander("Alerts", icon=":material/notifications:"):
        st.markdown(
            "A letter when the outcome changes, and one when offence reaches half of its limit; "
            "each once, in figures, without anybody's words."
        )
        st.caption(f"They go to {current}." if current else "Off: nobody is told by letter.")
        with st.form(f"alerts-{study.slug}", border=False):
            email = st.text_input("Tell", current, placeholder="nora@studio.example", max_chars=254)
            if st.form_submit_button("Keep"):
                _keep(actor, study, email)
        st.caption(
            "Other programs, Slack among them, hear of both by webhook. Without registered launch "
            "criteria there is no outcome, so nobody hears anything."
        )


def _keep(actor: Actor, study: StudyRow, email: str) -> None:
    with who.shown_errors():
        with transaction() as session:
            alerts.tell(session, actor, study, email, now=now())
        st.rerun()
