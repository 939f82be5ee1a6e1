"""Recruiting among a saved segment: one choice, beside the filters."""

import streamlit as st

from casework.roles import Actor
from casework.text import escape_markdown
from db import segments
from db.clock import now
from db.engine import Session
from pages.parts.candidates import Pool

EVERYBODY = 0


def within(actor: Actor, session: Session, pool: Pool) -> Pool:
    """The pool, or those of it who fit the segment chosen; nothing is asked without segments."""
    saved = {row.id or 0: row for row in segments.saved(session)}
    if not saved:
        return pool
    chosen = st.selectbox(
        "Among",
        [EVERYBODY, *saved],
        format_func=lambda one: saved[one].name if one in saved else "All customers",
        key="segment_pool",
        help="Segments are made under Customers. The draw keeps the one it was made among.",
    )
    if chosen not in saved:
        return pool
    segment = saved[chosen].segment
    fitting = segments.among(session, actor, segment, pool.left, now=now())
    left = [one for one in pool.left if one.customer_id in fitting]
    described = f"segment “{segment.name}” ({segment.described})"
    st.caption(f"{len(left):,} fit: {escape_markdown(segment.described)}.")
    if not left:
        st.warning(
            "Nobody fits this segment now. Choose another one, or all customers.",
            icon=":material/person_off:",
        )
    filters = f"{described}, {pool.filters}" if pool.filters else described
    return pool._replace(left=left, filters=filters, segment=segment)
