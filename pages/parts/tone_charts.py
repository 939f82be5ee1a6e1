"""How the tone moves by build and over time."""

from collections.abc import Sequence

import streamlit as st

from casework.charts import by_day
from casework.criteria import Metric, figure, percent
from casework.report.words import counted
from casework.text import escape_markdown
from db.answers import BuildTone, DayTone
from pages.parts.drawn_chart import show_drawn


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
    rows = [(one.day, one.build, one.polarity, None, None, one.answers) for one in days]
    show_drawn(by_day(rows), heading=False)
