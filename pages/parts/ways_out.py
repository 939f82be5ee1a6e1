"""The ways out of a verdict, with who would take them, by when and at what cost."""

import streamlit as st

from casework.options import LaunchOption, OptionKind
from casework.roles import Actor
from db import options
from db.clock import now
from db.engine import transaction
from db.studies import StudyRow
from pages import who


def show_ways_out(actor: Actor, study: StudyRow) -> None:
    with st.expander("Enter who, when and what it costs", icon=":material/edit:"):
        with st.form("option", border=False):
            kind = st.selectbox("Option", list(OptionKind), format_func=lambda one: one.label)
            owner = st.text_input("Who would do it", max_chars=200)
            due = st.date_input("By", value=None)
            cost = st.number_input("Cost", min_value=0, value=None, step=1_000)
            sent = st.form_submit_button("Enter")
        if sent:
            with who.shown_errors():
                option = LaunchOption(
                    kind=kind,
                    owner=owner.strip() or None,
                    due_on=due,
                    cost=None if cost is None else int(cost),
                    entered_at=now(),
                )
                with transaction() as session:
                    options.enter(session, actor, study, option, now=now())
                st.rerun()
