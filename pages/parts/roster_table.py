"""The parts of the customers' page: table, one customer's story, groups and their loyal share."""

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from casework.customers import UNKNOWN, Attribute
from casework.loyalty import Loyalty
from casework.roles import Actor
from casework.text import escape_markdown
from casework.timeline import Happening
from db import customers
from db.customers import CustomerRow, RosterEntry, RosterPage, Standings
from db.engine import reading

LARGEST_GROUPS = 12
SHADES = {"Loyal": "#3a958b", "Not loyal": "#a89f93"}
"""Teal for who matters here, stone for the rest; both stand out on either theme."""
PARTS = {
    "Recency": "How recent the last purchase or session is, as a rank among all customers.",
    "Frequency": "How many purchases and sessions there are, as a rank among all customers.",
    "Spend": "How much was spent, as a rank among all customers.",
}


def show_page(found: RosterPage, key: str) -> RosterEntry | None:
    """One page as a table; returns the selected customer."""
    table = pd.DataFrame([_row(entry) for entry in found.entries])
    bars = {
        name: st.column_config.ProgressColumn(
            name, help=why, format="%.0f%%", min_value=0, max_value=100, width=90
        )
        for name, why in PARTS.items()
    }
    score = st.column_config.ProgressColumn(
        "Score",
        help="The mean of recency, frequency and spend.",
        format="%.0f%%",
        min_value=0,
        max_value=100,
        width=90,
    )
    state = st.dataframe(
        table,
        hide_index=True,
        column_config={"Name": st.column_config.TextColumn(pinned=True), "Score": score, **bars},
        on_select="rerun",
        selection_mode="single-row",
        row_height=38,
        key=f"table-{key}",
        alt="Customers with their loyalty; select a row to see that customer's story",
    )
    rows = state.selection.rows
    return found.entries[rows[0]] if rows and rows[0] < len(found.entries) else None


def _row(entry: RosterEntry) -> dict[str, str | float]:
    customer, loyalty = entry.customer, entry.loyalty
    return {
        "Name": customer.name,
        "Loyal": "Loyal" if loyalty.loyal else "",
        "Score": 100 * loyalty.score,
        "Recency": 100 * loyalty.recency,
        "Frequency": 100 * loyalty.frequency,
        "Spend": 100 * loyalty.spend,
        "Takes part": entry.reliability.short if entry.reliability else "never invited",
        "Interests": ", ".join(entry.panel.interests),
        "Platform": customer.platform,
        "Region": customer.region,
        "Segment": customer.segment,
        "Age band": customer.age_band,
        "E-mail": customer.email or "",
        "Contact": _contact(customer),
        "Id": customer.ref,
    }


def _contact(customer: CustomerRow) -> str:
    if customer.reachable:
        return "reachable"
    return "no address" if customer.may_contact else "not wanted"


def show_story(entry: RosterEntry, happened: Sequence[Happening]) -> None:
    """One customer: who they are, why they are loyal or not, and everything that happened."""
    customer, loyalty = entry.customer, entry.loyalty
    known = [customer.value_of(attribute) for attribute in Attribute]
    about = [customer.ref, customer.email or "no address", *(v for v in known if v != UNKNOWN)]
    st.caption(" · ".join(map(escape_markdown, about)))
    _show_parts(loyalty)
    if not happened:
        st.info("Nothing has happened with this customer yet.", icon=":material/history:")
        return
    newest_first = [
        {"When (UTC)": one.at, "What": one.kind.label, "Details": one.title, "In words": one.text}
        for one in reversed(happened)
    ]
    st.dataframe(
        pd.DataFrame(newest_first),
        hide_index=True,
        column_config={
            "When (UTC)": st.column_config.DatetimeColumn(
                format="D MMM YYYY, HH:mm", timezone="UTC", width=150
            ),
            "What": st.column_config.TextColumn(width=90),
            "Details": st.column_config.TextColumn(width=260),
            "In words": st.column_config.TextColumn(width="large"),
        },
        alt="Everything that happened with this customer, newest first",
    )


def _show_parts(loyalty: Loyalty) -> None:
    st.markdown(escape_markdown(loyalty.reason))
    parts = (loyalty.recency, loyalty.frequency, loyalty.spend)
    with st.grid("auto", min_column_width=150, gap="small"):
        for (name, why), part in zip(PARTS.items(), parts, strict=True):
            with st.container():
                st.progress(part, text=f"{name}: ahead of {part:.0%}")
                st.caption(why)


def show_groups(actor: Actor, standings: Standings, offered: Sequence[Attribute]) -> None:
    """How customers and loyal ones spread over an attribute; drawn only when asked for."""
    if not offered:
        return
    with st.expander(
        "Where the loyal customers are", icon=":material/bar_chart:", on_change="rerun"
    ) as box:
        if not box.open:
            return
        attribute = st.segmented_control(
            "By",
            list(offered),
            default=offered[0],
            format_func=lambda one: one.label,
            required=True,
            key="groups_by",
        )
        _draw_groups(actor, standings, attribute or offered[0])


def _draw_groups(actor: Actor, standings: Standings, attribute: Attribute) -> None:
    with reading() as session:
        groups = customers.groups(session, actor, standings, attribute)
    table = pd.DataFrame(
        [(one.value, one.loyal, one.customers - one.loyal) for one in groups],
        columns=[attribute.label, "Loyal", "Not loyal"],
    )
    long = table.head(LARGEST_GROUPS).melt(attribute.label, var_name="Who", value_name="Customers")
    chart = (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X("Customers:Q", title="Customers"),
            y=alt.Y(f"{attribute.label}:N", sort=list(table[attribute.label]), title=None),
            color=alt.Color("Who:N", sort=list(SHADES), title=None)
            .scale(domain=list(SHADES), range=list(SHADES.values()))
            .legend(orient="top"),
            order=alt.Order("Who:N", sort="ascending"),
            tooltip=[f"{attribute.label}:N", "Who:N", "Customers:Q"],
        )
    )
    st.altair_chart(chart, alt=f"Loyal and other customers by {attribute.label.lower()}")
    st.dataframe(
        table, hide_index=True, alt=f"Loyal and other customers by {attribute.label.lower()}"
    )
