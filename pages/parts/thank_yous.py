"""The thank-you of an activity: the same for everybody, who has earned it, and when it was sent."""

import streamlit as st

from casework.activities import IncentiveKind
from casework.incentives import as_csv
from casework.roles import Actor
from casework.text import escape_markdown
from db import activities, incentives
from db.activities import ActivityRow
from db.clock import now
from db.engine import Session, transaction
from pages.who import shown_errors


def show_thank_yous(actor: Actor, session: Session, activity: ActivityRow) -> None:
    owed = incentives.owed(session, activity)
    st.subheader("Thank-you", anchor=False)
    promised = escape_markdown(activity.incentive) or "nothing promised"
    due = sum(one.due for one in owed)
    sent = sum(one.sent_at is not None for one in owed)
    st.write(
        f"**{promised}**, the same for everybody who answers or comes, whatever they say. "
        f"{sent:,} sent, {due:,} earned and waiting."
    )
    with st.container(horizontal=True):
        if due and st.button(f"I have sent it to all {due:,}", icon=":material/redeem:"):
            _record(actor, activity)
        st.download_button(
            "Download the list (CSV)",
            as_csv(owed).encode("utf-8-sig"),
            f"thank-yous-{activity.id}.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
    if not sent:
        with st.expander("Change it for everybody", icon=":material/edit:"):
            _change(actor, activity)


def _record(actor: Actor, activity: ActivityRow) -> None:
    with shown_errors():
        with transaction() as session:
            many = incentives.record_all_sent(session, actor, activity, now=now())
        st.toast(f"Noted for {many:,}.", icon=":material/check:")
        st.rerun()


def _change(actor: Actor, activity: ActivityRow) -> None:
    kinds = list(IncentiveKind)
    with st.form(f"incentive-{activity.id}", border=False):
        kind = st.selectbox(
            "What it is",
            kinds,
            index=kinds.index(activity.incentive_kind),
            format_func=lambda one: one.label,
        )
        promised = st.text_input("Thank-you", activity.incentive, max_chars=200)
        if not st.form_submit_button("Promise this to everybody"):
            return
    with shown_errors():
        with transaction() as session:
            row = activities.get(session, activity.id)
            incentives.promise(session, actor, row, promised, kind=kind, now=now())
        st.rerun()
