"""How many answers can be expected: asked before any threshold is seen."""

import streamlit as st

from casework.criteria import Reach
from db.customers import RosterTotals

OWN, ASSUMED = "From your customers", "Assumption until you have your own"
AS_EVER = Reach(loyal=0)


def ask_reach(slug: str, totals: RosterTotals) -> Reach:
    """The reach as the owner sees it, with every rate labelled by where it comes from."""
    own = totals.loyal > 0
    share = totals.reachable_loyal / totals.loyal if own else AS_EVER.reachable
    with st.grid(4, min_column_width=170):
        loyal = _count(slug, totals.loyal, OWN if own else "No customers imported yet: your guess")
        reachable = _rate(slug, "Reachable", share, OWN if own else ASSUMED)
        accept = _rate(slug, "Accept the invitation", AS_EVER.accept, ASSUMED)
        answer = _rate(slug, "Of these, answer", AS_EVER.answer, ASSUMED)
    reach = Reach(loyal=loyal, reachable=reachable, accept=accept, answer=answer)
    _show(reach)
    return reach


def _show(reach: Reach) -> None:
    st.metric(
        "Answers you can expect",
        f"{reach.expected_answers:,}",
        help="Loyal × reachable × accept × answer, rounded down.",
    )
    reached = round(reach.loyal * reach.reachable)
    st.caption(
        f"{reach.loyal:,} loyal → {reached:,} reachable → {round(reached * reach.accept):,} "
        f"accept → {reach.expected_answers:,} answer"
    )
    if not reach.expected_answers:
        st.info(
            "Import your customers, or enter how many loyal ones you have: from this follows what "
            "a study can decide at all.",
            title="No answers can be expected yet",
            icon=":material/groups:",
        )


def _count(slug: str, loyal: int, source: str) -> int:
    with st.container(gap="xsmall"):
        found = st.number_input(
            "Loyal customers",
            0,
            100_000_000,
            loyal,
            key=f"loyal-{slug}-{loyal}",
            persist_state="session",
        )
        st.caption(source)
    return found


def _rate(slug: str, label: str, share: float, source: str) -> float:
    percent = round(100 * share)
    with st.container(gap="xsmall"):
        key = f"{label}-{slug}-{percent}"
        found = st.number_input(f"{label} (%)", 0, 100, percent, key=key, persist_state="session")
        st.caption(source if found == percent else "Your own figure")
    return found / 100
