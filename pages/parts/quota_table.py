"""Quotas on several traits in one table; what was typed survives another choice of traits."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from casework.errors import Invalid
from casework.lottery import sizes_of
from casework.quotas import Quota, Relaxation, Trait
from casework.recruiting import Candidate

Typed = int | float | None
Bounds = dict[tuple[str, str], tuple[int | None, int | None]]
"""At least and at most by trait and value, as typed."""
KEPT, BASE, KEY, RELAXED = "quota_kept", "quota_base", "quota_key", "quota_relaxed"


def ask_quotas(people: Sequence[Candidate]) -> list[Quota]:
    """Which traits, then bounds value by value.

    Raises:
        Invalid: for a minimum above its maximum.
    """
    traits = st.pills(
        "Quotas on",
        list(Trait),
        selection_mode="multi",
        format_func=lambda one: one.label,
        key="quota_on",
        help="Everybody who differs only in other things has the same chance.",
    )
    if not traits:
        return []
    table = _table(people, [trait for trait in Trait if trait in traits])
    bound = st.column_config.NumberColumn(min_value=0, step=1, width=80)
    typed = st.data_editor(
        table,
        hide_index=True,
        disabled=["Trait", "Value", "Eligible"],
        column_config={"At least": bound, "At most": bound},
        key=st.session_state[KEY],
        placeholder="no limit",
        alt="Quotas: at least and at most so many seats for each value",
    )
    st.caption("An empty “at most” means no limit.")
    st.session_state[KEPT] = st.session_state.get(KEPT, {}) | _bounds(typed)
    return quotas_from(typed)


def _table(people: Sequence[Candidate], traits: Sequence[Trait]) -> pd.DataFrame:
    rows = [
        (trait.label, value, size)
        for trait in traits
        for value, size in sizes_of(people, trait).items()
    ]
    # Another table is another widget: it begins with whatever was typed before.
    key = f"quotas-{hash(tuple(rows))}-{st.session_state.get(RELAXED, 0)}"
    if st.session_state.get(KEY) != key:
        st.session_state[KEY] = key
        st.session_state[BASE] = dict(st.session_state.get(KEPT, {}))
    base: Bounds = st.session_state[BASE]
    bounds = [base.get((label, value), (0, None)) for label, value, _ in rows]
    table = pd.DataFrame(rows, columns=["Trait", "Value", "Eligible"])
    table["At least"] = pd.array([low for low, _ in bounds], dtype="Int64")
    table["At most"] = pd.array([high for _, high in bounds], dtype="Int64")
    return table


def _bounds(typed: pd.DataFrame) -> Bounds:
    rows = zip(typed["Trait"], typed["Value"], typed["At least"], typed["At most"], strict=True)
    return {(str(t), str(v)): (_whole(low), _whole(high)) for t, v, low, high in rows}


def relax(changes: Sequence[Relaxation]) -> None:
    """Write the changes into the table; a callback of the button that offers them."""
    kept: Bounds = dict(st.session_state.get(KEPT, {}))
    for change in changes:
        name = (change.attribute.label, change.value)
        low, high = kept.get(name, (0, None))
        kept[name] = (change.after, high) if change.bound == "min" else (low, change.after)
    st.session_state[KEPT] = kept
    st.session_state[RELAXED] = st.session_state.get(RELAXED, 0) + 1


def quotas_from(typed: pd.DataFrame) -> list[Quota]:
    """The lines of the table that bound anything. Raises: Invalid."""
    traits = {trait.label: trait for trait in Trait}
    quotas = [
        _quota(traits[label], value, low, high)
        for (label, value), (low, high) in _bounds(typed).items()
    ]
    return [quota for quota in quotas if quota.minimum or quota.maximum is not None]


def _quota(trait: Trait, value: str, low: int | None, high: int | None) -> Quota:
    try:
        return Quota(attribute=trait, value=value, minimum=low or 0, maximum=high)
    except ValidationError as wrong:
        said = wrong.errors()[0]["msg"].removeprefix("Value error, ")
        raise Invalid(said) from wrong


def _whole(typed: Typed) -> int | None:
    return None if typed is None or pd.isna(typed) else int(typed)
