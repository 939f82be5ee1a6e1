"""Who may be asked: the pool behind an activity, filtered, with the reasons of those left out."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from casework.customers import Attribute
from casework.loyalty import LoyaltyPolicy
from casework.recruiting import Candidate, Choice, count_refusals
from casework.roles import Actor
from casework.segments import Segment
from db import contact_rules, customers, recruiting
from db.activities import ActivityRow
from db.clock import now
from db.engine import Session, transaction
from pages.who import shown_errors

SHOWN = 300
"""Rows of the list; the most loyal first. Who looks for somebody else filters."""


class Pool(NamedTuple):
    """Everybody, those left by the filters and the segment, and the filters in words."""

    everybody: list[Candidate]
    left: list[Candidate]
    filters: str
    segment: Segment | None = None

    @property
    def eligible(self) -> list[Candidate]:
        """Those left who may be asked."""
        return [one for one in self.left if one.eligible]


def load(session: Session, activity: ActivityRow, policy: LoyaltyPolicy) -> list[Candidate]:
    loyalties = customers.loyalties(session, policy)
    return recruiting.candidates(session, activity, loyalties, now=now())


def narrow(everybody: list[Candidate]) -> Pool:
    """Filters by loyalty score and attributes; without a choice everybody stays."""
    # Not an expander: while one slides open, its scrolling closes the list of choices in it.
    if not st.toggle("Filter who may be asked", key="filtering"):
        return Pool(everybody, everybody, "")
    with st.container(border=True):
        least = st.slider("Loyalty of at least", 0.0, 1.0, 0.0, 0.05, key="least_loyalty")
        wanted: dict[Attribute, list[str]] = {}
        with st.grid(2, min_column_width=220):
            for each in Attribute:
                values = sorted({one.attributes[each] for one in everybody})
                wanted[each] = st.multiselect(
                    each.label, values, placeholder="Any", key=f"filter-{each.value}"
                )
    left = [one for one in everybody if one.score >= least and _fits(one, wanted)]
    return Pool(everybody, left, _in_words(least, wanted))


def _fits(one: Candidate, wanted: dict[Attribute, list[str]]) -> bool:
    return all(not values or one.attributes[each] in values for each, values in wanted.items())


def _in_words(least: float, wanted: dict[Attribute, list[str]]) -> str:
    parts = [f"loyalty ≥ {least:.2f}"] if least else []
    parts += [
        f"{each.label.lower()} {' or '.join(values)}" for each, values in wanted.items() if values
    ]
    return ", ".join(parts)


def show_pool(session: Session, activity: ActivityRow, pool: Pool, policy: LoyaltyPolicy) -> None:
    with st.grid(3, min_column_width=140):
        st.metric("Eligible", f"{len(pool.eligible):,}", border=True)
        st.metric("Customers", f"{len(pool.everybody):,}", border=True)
        left = recruiting.seats_left(session, activity)
        st.metric("Seats left", f"{left:,}", border=True)
    st.caption(f"{policy.described} {contact_rules.current(session).described(activity.kind)}")
    counted = count_refusals(pool.everybody)
    if counted:
        with st.expander("Why the others are not asked", icon=":material/block:"):
            table = pd.DataFrame(
                {
                    "Reason": [reason.label.capitalize() for reason in counted],
                    "Customers": [f"{number:,}" for number in counted.values()],
                }
            )
            st.table(table, hide_index=True, alt="How many customers each reason keeps out")
            st.caption("Somebody with two reasons is counted in both.")


def pick_by_hand(actor: Actor, session: Session, activity: ActivityRow, pool: Pool) -> None:
    shown = sorted(pool.eligible, key=lambda one: (-one.score, one.customer_id))[:SHOWN]
    if not shown:
        st.info("Nobody is left to choose. Widen the filters.", icon=":material/person_off:")
        return
    if len(pool.eligible) > len(shown):
        st.caption(f"The {SHOWN} most loyal of {len(pool.eligible):,}; filter to see others.")
    picked = st.dataframe(
        table_of(session, shown),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"by-hand-{activity.id}",
        height=360,
        column_config={"Loyalty": st.column_config.NumberColumn(format="%.2f")},
        alt="Customers who may be asked, the most loyal first; tick those to seat",
    )
    chosen = [shown[place] for place in picked.selection.rows if place < len(shown)]
    label = f"Seat the {len(chosen):,} ticked" if chosen else "Tick people above to seat them"
    if st.button(label, type="primary", disabled=not chosen):
        reason = f"by hand, among {pool.filters}" if pool.filters else "by hand"
        seat(actor, activity, chosen, reason)


def table_of(session: Session, people: Sequence[Candidate]) -> pd.DataFrame:
    names = recruiting.names_of(session, [one.customer_id for one in people])
    table: dict[str, list[object]] = {
        "Name": [names.get(one.customer_id, "") for one in people],
        "Loyalty": [one.score for one in people],
    }
    for each in Attribute:
        table[each.label] = [one.attributes[each] for one in people]
    return pd.DataFrame(table)


def seat(actor: Actor, activity: ActivityRow, chosen: Sequence[Candidate], chosen_by: str) -> None:
    """Seat these people and show the page anew; what is refused is shown instead."""
    choices = [Choice(candidate=one, chosen_by=chosen_by[:200]) for one in chosen]
    with shown_errors():
        with transaction() as session:
            rows = recruiting.recruit(session, actor, activity, choices, now=now())
        st.toast(f"{len(rows):,} people have a seat. Invite them next.", icon=":material/check:")
        st.session_state["go_on"] = True
        st.rerun()
