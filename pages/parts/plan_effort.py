"""The calendar and the cost of so many answers."""

import streamlit as st

from casework.criteria import Reach
from casework.effort import Effort, Prices, effort
from casework.errors import CaseworkError
from casework.schedule import Schedule, in_days, plain_day


def ask_prices(slug: str) -> Prices:
    """What each person costs, in the studio's own currency."""
    with st.grid(2, min_column_width=170):
        tester = _price("Cost per tester", f"plan-tester-{slug}", "Everybody who joins the test.")
        incentive = _price("Incentive", f"plan-incentive-{slug}", "For everybody who answers.")
    return Prices(per_tester=tester, incentive=incentive)


def _price(label: str, key: str, told: str) -> float:
    return st.number_input(
        label,
        0.0,
        1_000_000.0,
        0.0,
        1.0,
        format="%.2f",
        key=key,
        help=f"{told} In your own currency.",
        persist_state="session",
    )


def show_effort(answers: int, reach: Reach, prices: Prices, seen: Schedule) -> None:
    """When the last answer comes and what all of them cost; or why they never come."""
    try:
        found = effort(answers, reach, prices)
    except CaseworkError as short:
        st.warning(str(short), title="Out of reach", icon=":material/groups:")
        return
    with st.grid(3, min_column_width=170):
        weeks = "1 week" if found.weeks == 1 else f"{found.weeks:,} weeks"
        st.metric("Until the last answer", weeks, help="All that come, come within a beta, evenly.")
        st.metric("Invitations", f"{found.invitations:,}")
        st.metric("Total cost", f"{found.cost:,.2f}")
    ends = found.ends_on(seen.today)
    st.caption(
        f"{found.invitations:,} invited → {found.testers:,} join → {answers:,} answer within "
        f"{in_days(found.days)}: invited today, the last answer comes on {plain_day(ends)}. "
        f"{_sum(found, prices)}"
    )
    if ends > seen.close_by:
        st.warning(
            f"The last day to close is {plain_day(seen.close_by)}; the release date leaves no "
            "time for so many answers.",
            icon=":material/event_busy:",
        )


def _sum(found: Effort, prices: Prices) -> str:
    return (
        f"{found.testers:,} × {prices.per_tester:,.2f} + {found.answers:,} × "
        f"{prices.incentive:,.2f} = {found.cost:,.2f}."
    )
