"""How long people are left in peace: the rule to change."""

import streamlit as st

from casework.contact_rule import LONGEST_REST, ContactRule
from casework.funnel import ActivityKind
from casework.roles import Actor
from db import contact_rules
from db.clock import now
from db.engine import reading, transaction
from pages.who import shown_errors


def ask_rule(actor: Actor) -> None:
    """A form with the rule in force; what is saved counts for everybody recruited afterwards."""
    with reading() as session:
        rule = contact_rules.current(session)
    with st.expander("Change how long people are left in peace", icon=":material/bedtime:"):
        for kind in ActivityKind:
            st.caption(rule.described(kind))
        with st.form("contact_rule", border=False), st.grid(2, min_column_width=220):
            days = [
                int(
                    st.number_input(
                        f"Days of rest before a {kind.label.lower()}",
                        0,
                        LONGEST_REST,
                        rule.rest(kind).days,
                        key=f"rest-{kind.value}",
                    )
                )
                for kind in ActivityKind
            ]
            draws_count = st.checkbox(
                "A seat drawn counts, also where no invitation left", value=rule.draws_count
            )
            pressed = st.form_submit_button("Let this rule count from now on", type="primary")
        st.caption("Each draw keeps the rule it was made with.")
        if pressed:
            group, beta = days
            _save(actor, ContactRule(group_days=group, beta_days=beta, draws_count=draws_count))


def _save(actor: Actor, rule: ContactRule) -> None:
    with shown_errors():
        with transaction() as session:
            contact_rules.set_rule(session, actor, rule, now=now())
        st.toast("This rule counts from now on.", icon=":material/check:")
        st.rerun()
