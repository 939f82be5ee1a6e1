"""The customer base that testers are compared with, in shares the owner gives or takes over."""

import pandas as pd
import streamlit as st

from casework.criteria import Margin
from casework.criteria.base import COMPARED, LOYAL, LOYALTY, OTHER
from casework.criteria.drafting import margin_from, shares_of
from casework.customers import Attribute
from casework.roles import Actor
from db import customers
from db.customers import RosterTotals, Standings
from db.engine import reading

VALUE, SHARE = "Part of the base", "Share (%)"
COLUMNS = {
    VALUE: st.column_config.TextColumn(VALUE, max_chars=200, required=True),
    SHARE: st.column_config.NumberColumn(SHARE, min_value=0.0, max_value=100.0, format="%.2f"),
}


def ask_base(
    actor: Actor, slug: str, ranked: Standings, totals: RosterTotals
) -> tuple[Margin, ...]:
    """The margins to register; none while the comparison is off. Raises: Invalid."""
    compared = st.toggle(
        "Check the result against your whole customer base",
        key=f"base-{slug}",
        persist_state="session",
        help="Testers are weighted until they look like your customers. A result that does not "
        "hold with the weights is at best a GO with conditions.",
    )
    if not compared:
        return ()
    chosen = st.pills(
        "Compare by",
        COMPARED,
        selection_mode="multi",
        format_func=lambda name: name.replace("_", " ").capitalize(),
        key=f"base-by-{slug}",
        persist_state="session",
    )
    if chosen:
        _offer_own_shares(slug, totals)
    return tuple(_ask_margin(actor, slug, name, ranked, totals) for name in chosen)


def _offer_own_shares(slug: str, totals: RosterTotals) -> None:
    pressed = st.button(
        f"Take the shares of your {totals.customers:,} customers",
        icon=":material/groups:",
        disabled=totals.customers == 0,
    )
    if pressed:
        st.session_state[_own_key(slug)] = True


def _own_key(slug: str) -> str:
    return f"base-own-{slug}"


def _ask_margin(
    actor: Actor, slug: str, name: str, ranked: Standings, totals: RosterTotals
) -> Margin:
    own = bool(st.session_state.get(_own_key(slug)))
    known = _shares(actor, name, ranked, totals)
    start = [(value, share if own else None) for value, share in known]
    label = name.replace("_", " ").capitalize()
    st.markdown(f"**{label}**")
    frame = pd.DataFrame(start, columns=[VALUE, SHARE]).astype({VALUE: "string", SHARE: "float"})
    typed = st.data_editor(
        frame,
        num_rows="dynamic",
        hide_index=True,
        column_config=COLUMNS,
        key=f"base-{slug}-{name}-{own}",
        alt=f"Shares of the customer base by {label.lower()}",
    ).dropna()
    return margin_from(name, list(typed.itertuples(index=False, name=None)))


def _shares(
    actor: Actor, name: str, ranked: Standings, totals: RosterTotals
) -> tuple[tuple[str, float], ...]:
    if name == LOYALTY:
        return shares_of({LOYAL: totals.loyal, OTHER: totals.customers - totals.loyal})
    with reading() as session:
        counted = customers.groups(session, actor, ranked, Attribute(name))
    return shares_of({one.value: one.customers for one in counted})
