"""Drawing people for seats: the seed, one attribute's quotas, and whether they can be met."""

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from casework.lottery import draw, require_feasible, sizes_of, solve
from casework.errors import Invalid
from casework.quotas import Quota, Trait as Attribute
from casework.recruiting import Candidate
from casework.roles import Actor
from db import recruiting
from db.activities import ActivityRow
from db.engine import Session
from pages.parts.candidates import Pool, seat_drawn
from pages.who import shown_errors

Typed = int | float | None


def draw_people(actor: Actor, session: Session, activity: ActivityRow, pool: Pool) -> None:
    st.write(
        "Every group of people that meets the quotas is equally likely. The same seed and the "
        "same people give the same draw, so anybody can check it."
    )
    with st.grid(3, min_column_width=160):
        left = recruiting.seats_left(session, activity)
        seats = st.number_input(
            "Seats to fill", 1, 100_000, max(left, 1), key=f"fill-{activity.id}"
        )
        seed = st.number_input("Seed", 0, 2**53 - 1, 1, help="Any number you announce beforehand.")
        attribute = st.selectbox(
            "Quotas on",
            [None, *Attribute],
            format_func=lambda one: one.label if one else "Nothing",
            key="quota_on",
        )
    with shown_errors():
        quotas = ask_quotas(pool.left, attribute) if attribute else []
        require_feasible(pool.left, quotas, int(seats))
        st.success(_can_be_met(len(pool.eligible), int(seats), quotas), icon=":material/check:")
        if st.button(f"Draw and seat {int(seats):,} people", type="primary"):
            drawn = draw(solve(pool.left, quotas, int(seats)), str(seed))
            seat_drawn(actor, activity, pool, drawn)


def _can_be_met(eligible: int, seats: int, quotas: list[Quota]) -> str:
    within = " within these quotas" if quotas else ""
    return f"{seats:,} of {eligible:,} people can be drawn{within}."


def ask_quotas(people: list[Candidate], attribute: Attribute) -> list[Quota]:
    """A table to type bounds into, one line per value.

    Raises:
        Invalid: for a minimum above its maximum.
    """
    sizes = sizes_of(people, attribute)
    table = pd.DataFrame(
        {
            "Value": list(sizes),
            "Eligible": list(sizes.values()),
            "At least": pd.array([0] * len(sizes), dtype="Int64"),
            "At most": pd.array([None] * len(sizes), dtype="Int64"),
        }
    )
    bound = st.column_config.NumberColumn(min_value=0, step=1)
    typed = st.data_editor(
        table,
        hide_index=True,
        disabled=["Value", "Eligible"],
        column_config={"At least": bound, "At most": bound},
        key=f"quotas-{attribute.value}",
        alt=f"Quotas on {attribute.label.lower()}: at least and at most so many seats",
    )
    st.caption("An empty “at most” means no limit.")
    return quotas_from(attribute, typed)


def quotas_from(attribute: Attribute, typed: pd.DataFrame) -> list[Quota]:
    """The lines of the table that bound anything. Raises: Invalid."""
    rows = zip(typed["Value"], typed["At least"], typed["At most"], strict=True)
    quotas = [_quota(attribute, str(value), low, high) for value, low, high in rows]
    return [quota for quota in quotas if quota.minimum or quota.maximum is not None]


def _quota(attribute: Attribute, value: str, low: Typed, high: Typed) -> Quota:
    try:
        return Quota(
            attribute=attribute,
            value=value,
            minimum=_whole(low) or 0,
            maximum=_whole(high),
        )
    except ValidationError as wrong:
        said = wrong.errors()[0]["msg"].removeprefix("Value error, ")
        raise Invalid(said) from wrong


def _whole(typed: Typed) -> int | None:
    return None if typed is None or pd.isna(typed) else int(typed)
