"""A student's work beside the suggested answers and beside what the study found."""

import altair as alt
import pandas as pd
import streamlit as st

from casework.case.printout import percent, points
from casework.case.reflection import PROMPTS
from casework.case.story import WHY_IT_FAILED
from casework.case.suggestions import Comparison, SuggestionSeen
from casework.text import escape_markdown

EXPECTED, FOUND = "You expected", "The study found"
LEGEND = alt.Legend(orient="top")


def suggestions(comparison: Comparison) -> None:
    """The course's three activities, each with whether it is in the plan too."""
    st.subheader("The suggested answers", anchor=False)
    for column, seen in zip(
        st.columns(len(comparison.suggestions)), comparison.suggestions, strict=True
    ):
        with column.container(border=True, height="stretch"):
            _suggestion(seen)
    for idea in comparison.own_ideas:
        st.markdown(f"**Your own idea:** {escape_markdown(' '.join(idea.split()))}")
    st.markdown(comparison.note)
    st.caption("The three activities are course facts; the reasons are ours.")


def _suggestion(seen: SuggestionSeen) -> None:
    suggestion = seen.suggestion
    mark = ":green-badge[you planned it too]" if seen.planned else ":gray-badge[not in your plan]"
    st.markdown(f"**{suggestion.method.label}**  \n{mark}")
    st.markdown(suggestion.text)
    st.markdown(suggestion.why)
    st.caption(f"Rests on {', '.join(suggestion.facts)}")


def prediction(comparison: Comparison) -> None:
    """What was expected beside what was observed, as bars and as a table."""
    st.subheader("Your prediction and the study", anchor=False)
    guess = comparison.guess.value if comparison.guess else "nothing"
    agree = "as the study did" if comparison.guessed_right else "another verdict than the study's"
    st.markdown(f"You expected **{guess}**; the verdict is **{comparison.outcome}**: {agree}.")
    _bars(comparison)
    _table(comparison)
    st.caption(
        "Where the figures come from: yours are your guess; the study's come from a simulation and "
        "are teaching assumptions. The case gives no figure for either."
    )


def _bars(comparison: Comparison) -> None:
    rows = [
        {"Share": each.of.capitalize(), "Whose": whose, "Percent": round(100 * share)}
        for each in comparison.shares
        for whose, share in ((EXPECTED, each.predicted), (FOUND, each.observed))
        if share is not None
    ]
    chart = (
        alt.Chart(pd.DataFrame(rows, columns=["Share", "Whose", "Percent"]))
        .mark_bar()
        .encode(
            x=alt.X("Percent:Q", title="Per cent of testers", scale=alt.Scale(domain=[0, 100])),
            y=alt.Y("Share:N", title=None, axis=alt.Axis(labelLimit=220)),
            yOffset=alt.YOffset("Whose:N", sort=[EXPECTED, FOUND]),
            color=alt.Color("Whose:N", title=None, sort=[EXPECTED, FOUND], legend=LEGEND),
        )
        .properties(height=alt.Step(26))
    )
    st.altair_chart(chart, alt="Bars: the shares you expected beside the shares the study found")


def _table(comparison: Comparison) -> None:
    rows = pd.DataFrame(
        {
            "Testers": [each.of.capitalize() for each in comparison.shares],
            EXPECTED: [percent(each.predicted, "nothing") for each in comparison.shares],
            FOUND: [percent(each.observed, "not known") for each in comparison.shares],
            "Difference": [points(each.points_off) for each in comparison.shares],
        }
    )
    st.dataframe(rows, hide_index=True, alt="The expected and the observed shares as figures")


def why_it_failed() -> None:
    """Our conclusions, marked as such."""
    st.subheader("Why Santa Run failed", anchor=False)
    st.markdown(f":gray-badge[{WHY_IT_FAILED[0].label}]")
    st.markdown("\n".join(f"- {each.text} ({', '.join(each.facts)})" for each in WHY_IT_FAILED))


def prompts() -> None:
    """Questions to think about before writing."""
    st.subheader("Think it over", anchor=False)
    st.markdown("\n".join(f"- {each.text} ({', '.join(each.facts)})" for each in PROMPTS))
