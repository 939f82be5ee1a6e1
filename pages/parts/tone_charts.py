"""How the tone moves by build and over time."""

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from casework.criteria import Metric, figure, percent
from casework.report.words import counted
from casework.text import escape_markdown
from db.answers import BuildTone, DayTone

HEIGHT = 240


def show_builds(tones: Sequence[BuildTone]) -> None:
    """One card a build: answers, tone, offence, crashes."""
    with st.grid("auto", min_column_width=260, gap="small"):
        for tone in tones:
            with st.container(border=True, gap="xsmall"):
                answers = counted(tone.answers, "answer", "answers")
                st.markdown(f"**Build {escape_markdown(tone.build)}** · {answers}")
                mean = "–" if tone.polarity is None else figure(Metric.sentiment, tone.polarity)
                st.markdown(f"Tone **{mean}** (n = {tone.with_tone:,})")
                st.markdown(
                    f"Upset or offended **{_share(tone.offended, tone.asked_offence)}** · "
                    f"crashed **{_share(tone.crashed, tone.asked_crash)}**"
                )


def _share(said_yes: int, asked: int) -> str:
    """A share of those who answered the question, or a dash where nobody did."""
    return percent(said_yes / asked) if asked else "–"


def show_days(days: Sequence[DayTone]) -> None:
    """The mean tone a day and build."""
    table = pd.DataFrame(
        {
            "day": [one.day for one in days],
            "build": [one.build for one in days],
            "tone": [one.polarity for one in days],
            "answers": [one.answers for one in days],
        }
    )
    line = (
        alt.Chart(table)
        .mark_line(point=True)
        .encode(
            x=alt.X("day:T", title=None),
            y=alt.Y("tone:Q", title="mean tone", scale=alt.Scale(domain=[-1, 1])),
            color=alt.Color("build:N", legend=alt.Legend(title="build", orient="top")),
            tooltip=["day:T", "build:N", alt.Tooltip("tone:Q", format=".2f"), "answers:Q"],
        )
        .properties(height=HEIGHT)
    )
    st.altair_chart(line, alt=f"Mean tone of the answers on {len(days)} days, by build")
    with st.expander("As a table", icon=":material/table_rows:"):
        st.dataframe(table, hide_index=True, alt="Mean tone and number of answers by day and build")
