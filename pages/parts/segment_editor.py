"""Saved segments: made from filters, counted live, used as the pool of a recruiting."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from casework.customers import Attribute
from casework.errors import Invalid
from casework.panel import CameBy
from casework.reliability import ReliabilityBand
from casework.roles import Actor
from casework.segments import LOYALTY_BANDS, Person, Segment, members
from casework.text import escape_markdown
from db import panelists, segments
from db.clock import now
from db.customers import Standings
from db.engine import reading, transaction
from db.segments import SegmentRow
from pages.who import shown_errors

LONGEST_NAME = 80
ANY = "Any"


def show_segments(
    actor: Actor, standings: Standings, values: Mapping[Attribute, tuple[str, ...]]
) -> None:
    """Those there are with their present size, then a new one."""
    with reading() as session:
        saved = segments.saved(session)
        people = segments.people(session, standings, now=now())
        known = panelists.interests(session)
    _show_saved(actor, saved, people)
    st.subheader("A new segment", anchor=False)
    st.caption("What you leave empty is not filtered by; of several values one is enough.")
    _ask(actor, people, values, known)


def _show_saved(actor: Actor, saved: Sequence[SegmentRow], people: Sequence[Person]) -> None:
    if not saved:
        st.info(
            "There is no segment yet. Name a group below, such as “Puzzle players in Europe”, and "
            "Recruit offers it as a pool.",
            icon=":material/filter_alt:",
        )
        return
    rows = [(row.name, len(_fitting(row.segment, people)), row.segment.described) for row in saved]
    picked = st.dataframe(
        pd.DataFrame(rows, columns=["Segment", "Customers now", "Who fits"]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"segments-{len(saved)}",
        column_config={
            "Segment": st.column_config.TextColumn(width=200),
            "Customers now": st.column_config.NumberColumn(format="localized", width=120),
            "Who fits": st.column_config.TextColumn(width="large"),
        },
        alt="Saved segments with how many customers fit now; select one to remove it",
    )
    places = picked.selection.rows
    if places and places[0] < len(saved):
        _offer_removal(actor, saved[places[0]])
    else:
        st.caption("Select a row to remove that segment. Draws keep the segment they were made of.")


def _fitting(segment: Segment, people: Sequence[Person]) -> frozenset[int]:
    return members(segment, people, now=now())


def _offer_removal(actor: Actor, row: SegmentRow) -> None:
    if st.button(f"Remove “{escape_markdown(row.name)}”", icon=":material/delete:"):
        with shown_errors():
            with transaction() as session:
                segments.remove(session, actor, row.id or 0, now=now())
            st.rerun()


def _ask(
    actor: Actor,
    people: Sequence[Person],
    values: Mapping[Attribute, tuple[str, ...]],
    known: Sequence[str],
) -> None:
    with st.grid(2, min_column_width=240):
        chosen: dict[str, object] = {
            "loyalty_bands": tuple(
                st.multiselect("Loyalty", LOYALTY_BANDS, key="seg_loyalty", placeholder=ANY)
            ),
            "values": {
                each: tuple(
                    st.multiselect(each.label, found, key=f"seg_{each.value}", placeholder=ANY)
                )
                for each, found in values.items()
            },
            "interests": tuple(
                st.multiselect(
                    "Interests",
                    known,
                    key="seg_interests",
                    placeholder=ANY if known else "Nobody has any yet",
                )
            ),
            "reliability": tuple(
                st.multiselect(
                    "Takes part when asked",
                    list(ReliabilityBand),
                    format_func=lambda one: one.value,
                    key="seg_reliability",
                    placeholder=ANY,
                    help="Drawn towards everybody’s share; “new” below three invitations.",
                )
            ),
            "came_by": tuple(
                st.multiselect(
                    "Came",
                    list(CameBy),
                    format_func=lambda one: one.label,
                    key="seg_came",
                    placeholder=ANY,
                )
            ),
            "rested_days": st.number_input(
                "Not invited for days",
                1,
                3_650,
                None,
                placeholder="Any time",
                key="seg_rested",
            ),
        }
    _offer_saving(actor, people, chosen)


def _offer_saving(actor: Actor, people: Sequence[Person], chosen: dict[str, object]) -> None:
    draft = Segment.model_validate({"name": "draft", **chosen})
    fitting = len(_fitting(draft, people))
    st.metric("Customers who fit now", f"{fitting:,}", border=True, width=240)
    if not fitting:
        st.warning("Nobody fits. Take something away.", icon=":material/person_off:")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Name", key="seg_name", max_chars=LONGEST_NAME)
        pressed = st.button("Save segment", type="primary", icon=":material/save:")
    if pressed:
        with shown_errors():
            with transaction() as session:
                segments.save(session, actor, _named(chosen, name), now=now())
            st.toast("Saved. Recruit offers it as a pool.", icon=":material/check:")
            st.rerun()


def _named(chosen: dict[str, object], name: str) -> Segment:
    try:
        return Segment.model_validate({"name": name, **chosen})
    except ValidationError as wrong:
        raise Invalid("Give the segment a name.") from wrong
