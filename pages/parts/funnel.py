"""The funnel of an activity: each step with its denominator, drawn and as a table."""

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from casework.funnel import StepCount
from casework.progress import StepFigures, in_words
from db.invitations import Letters

ROW_HEIGHT = 30


def show_funnel(found: Sequence[StepFigures], letters: Letters) -> None:
    counts = [one.count for one in found]
    table = pd.DataFrame(
        {
            "Step": [one.step.label for one in counts],
            "Reached": [f"{one.reached:,}" for one in counts],
            "Of": [f"{one.of:,}" for one in counts],
            "Share": [_share(one) for one in found],
            "Not there yet": [f"{one.waiting:,}" for one in counts],
            "Lost here": [_lost(one) for one in found],
            "Time in this step": [_time(one) for one in found],
        }
    )
    st.altair_chart(_chart(counts), alt=_described(counts))
    with st.expander("As a table", icon=":material/table_rows:", expanded=True):
        st.table(table, hide_index=True, alt="The funnel with its denominators")
        st.caption(
            "Each share is of those who reached the step before. Whoever may still come is not "
            "there yet; lost is who declined, lapsed, did not fit, stayed away or stopped. In "
            "brackets where the lost share may lie at 95 %, were many more people asked. The time "
            "is the median of those who moved on."
        )
    st.caption(_of_letters(letters))


def _of_letters(letters: Letters) -> str:
    """“Invited” is the letter being written: whether it left is another matter."""
    return (
        f"Invited: a letter with a personal link was written to {letters.written:,}; "
        f"{letters.left:,} of these letters have left by mail or were downloaded."
    )


def _share(one: StepFigures) -> str:
    return "–" if one.share is None else f"{one.share:.0%}"


def _lost(one: StepFigures) -> str:
    if one.lost_interval is None or not one.count.lost:
        return f"{one.count.lost:,}"
    low, high = one.lost_interval
    return _on_one_line(f"{one.count.lost:,} ({low:.0%} to {high:.0%})")


def _on_one_line(said: str) -> str:
    """Unbroken, so that a phone scrolls the table instead of stacking its words."""
    return said.replace(" ", "\u00a0")


def _time(one: StepFigures) -> str:
    if one.typical is None:
        return "–"
    return _on_one_line(f"{in_words(one.typical)} ({one.moved_on:,})")


def _chart(counts: Sequence[StepCount]) -> alt.LayerChart | alt.FacetChart:
    drawn = pd.DataFrame(
        {
            "Step": [one.step.label for one in counts],
            "Reached": [one.reached for one in counts],
            "label": [f"{one.reached:,} of {one.of:,}" for one in counts],
            "Not there yet": [one.waiting for one in counts],
            "Lost here": [one.lost for one in counts],
        }
    )
    widest = max(int(drawn["Reached"].max()), 1)
    base = alt.Chart(drawn).encode(
        y=alt.Y("Step:N", sort=None, title=None, axis=alt.Axis(ticks=False, labelLimit=120)),
        x=alt.X(
            "Reached:Q",
            title=None,
            axis=None,
            # A quarter more to the right, where the figures are written.
            scale=alt.Scale(domain=[0, widest * 1.35]),
        ),
    )
    bar = base.mark_bar(cornerRadius=3, height=18).encode(
        tooltip=[
            "Step:N",
            alt.Tooltip("label:N", title="Reached"),
            "Not there yet:Q",
            "Lost here:Q",
        ]
    )
    # Streamlit's themes colour axes and bars, not written marks.
    ink = "#ece6dd" if st.context.theme.type == "dark" else "#2b2723"
    text = base.mark_text(align="left", dx=6, color=ink, fontSize=12).encode(text="label:N")
    return alt.layer(bar, text).properties(height=ROW_HEIGHT * len(drawn))


def _described(counts: Sequence[StepCount]) -> str:
    steps = ", ".join(f"{one.step.label.lower()} {one.reached} of {one.of}" for one in counts)
    return f"Funnel: {steps}."
