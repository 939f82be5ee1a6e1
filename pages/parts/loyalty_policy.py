"""Who counts as loyal: the policy to change, and whether it keeps its word on the own data."""

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from casework.errors import Invalid
from casework.loyalty import LoyaltyPolicy
from casework.roles import Actor
from db import customers, loyalty_policies
from db.clock import now
from db.engine import reading, transaction
from pages.who import shown_errors

PARTS = ("Recency", "Frequency", "Spend")


def ask_policy(actor: Actor, policy: LoyaltyPolicy) -> None:
    """A form with the policy in force; what is saved counts for everything done afterwards."""
    with st.expander("Change who counts as loyal", icon=":material/tune:"):
        with st.form("loyalty_policy", border=False), st.grid(2, min_column_width=220):
            share = st.slider("Top share of all customers, in %", 1, 99, round(100 * policy.cut))
            window = st.number_input(
                "Days that count",
                min_value=1,
                max_value=36_500,
                value=policy.window_days,
                placeholder="Everything",
                help="Empty: the whole history counts.",
            )
            weights = [
                st.number_input(f"Weight of {part.lower()}", 0.0, 100.0, float(weight), 0.5)
                for part, weight in zip(PARTS, policy.weights, strict=True)
            ]
            pressed = st.form_submit_button("Let this count from now on", type="primary")
        st.caption("Criteria and draws keep the policy they were made with.")
        if pressed:
            with shown_errors():
                _save(actor, _typed(share, window, weights))


def _typed(share: int, window: int | None, weights: list[float]) -> LoyaltyPolicy:
    first, second, third = weights
    try:
        return LoyaltyPolicy(
            cut=share / 100, as_of=now(), window_days=window, weights=(first, second, third)
        )
    except ValidationError as wrong:
        raise Invalid(wrong.errors()[0]["msg"].removeprefix("Value error, ")) from wrong


def _save(actor: Actor, policy: LoyaltyPolicy) -> None:
    with transaction() as session:
        row = loyalty_policies.set_policy(session, actor, policy, now=now())
    if row is not None:
        st.toast("This counts from now on.", icon=":material/check:")
    st.rerun()


def show_backtest(actor: Actor, policy: LoyaltyPolicy) -> None:
    """First half of the history against the second; worked out only when asked for."""
    with st.expander(
        "Does this policy keep its word?", icon=":material/fact_check:", on_change="rerun"
    ) as box:
        if not box.open:
            return
        with shown_errors(), reading() as session:
            found = customers.backtest(session, actor, policy)
            st.markdown(found.sentence)
            table = pd.DataFrame(
                {
                    "Figure": [
                        "Customers ranked (n)",
                        "Came back in the second half",
                        "Ranked right in a pair (AUC; 0.5 is chance)",
                        "Top tenth against everybody (lift)",
                        "Of the loyal, came back",
                        "Of the rest, came back",
                    ],
                    "Value": [
                        f"{found.customers:,}",
                        f"{found.came_back:,}",
                        f"{found.auc:.3f}",
                        f"{found.lift:.2f} times",
                        f"{found.loyal_back:.0%}",
                        f"{found.rest_back:.0%}",
                    ],
                }
            )
            st.table(table, hide_index=True, alt="How well the policy told who came back")
