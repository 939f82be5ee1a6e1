"""How the evidence came in: good answers so far against the two boundaries."""

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from casework.criteria import Criterion, LaunchCriteria
from casework.verdict import Evidence, Path, evidence_path, naive_says_go

HEIGHT = 260
POINTS = 200
COLOURS = alt.Scale(
    domain=["GO boundary", "answers so far", "NO-GO boundary"],
    range=["#2f7d6b", "#4c78a8", "#b3402e"],
)


LEGEND = alt.Legend(title=None, orient="top", columns=2, symbolStrokeWidth=2)


def show_paths(criteria: LaunchCriteria, evidence: Evidence) -> None:
    chosen = st.selectbox(
        "Criterion",
        criteria.criteria,
        format_func=lambda one: f"{one.metric.title}, {one.segment.value}",
        key="path-of",
    )
    path = evidence_path(criteria, evidence, chosen)
    known = int(np.count_nonzero(~np.isnan(path.total)))
    if known == 0:
        st.info("No answers yet: the path appears with the first one.")
        return
    st.altair_chart(draw(path), alt=described(chosen, path, known))
    st.caption(
        "At or above the upper line the criterion is shown, at or below the lower one it has "
        "failed. The lines hold at every answer, whenever anybody looks."
    )
    with st.expander("As a table", icon=":material/table_rows:"):
        st.dataframe(frame(path), hide_index=True, alt="The path and its boundaries")


def show_naive(criteria: LaunchCriteria, evidence: Evidence) -> None:
    """What most people's rule would say, and how often it errs; nothing is decided by it."""
    with st.container(border=True):
        st.badge("For teaching only", icon=":material/school:", color="gray")
        if naive_says_go(criteria, evidence):
            said = "would say **GO**: every figure is at its limit or better today."
        else:
            said = "would not say GO today: a figure is on the wrong side of its limit."
        st.markdown(f"The usual rule, “all figures look fine today”, {said}")
        st.caption(
            "Asked on each of 14 days, it lets through 84 to 91 of 100 simulated builds that sit "
            "exactly at one of their limits; the verdict above about 5. It forgets how often it "
            "was asked."
        )


def frame(path: Path) -> pd.DataFrame:
    """About 200 answers of the path; the last given and the last planned are always among them."""
    planned = len(path.answers)
    known = int(np.count_nonzero(~np.isnan(path.total)))
    every = max(1, int(np.ceil(planned / POINTS)))
    kept = np.unique([*range(0, planned, every), max(known - 1, 0), planned - 1])
    return pd.DataFrame(
        {
            "answer": path.answers[kept],
            "answers so far": path.total[kept],
            "GO boundary": path.upper[kept],
            "NO-GO boundary": path.lower[kept],
        }
    )


def draw(path: Path) -> alt.Chart:
    long = frame(path).melt("answer", var_name="line", value_name="good").dropna()
    title = "good answers" if path.metric.is_share else "sum over the limit"
    drawn: alt.Chart = (
        alt.Chart(long)
        .mark_line()
        .encode(
            x=alt.X("answer:Q", title="answers", axis=alt.Axis(tickCount=6)),
            y=alt.Y("good:Q", title=title),
            color=alt.Color("line:N", scale=COLOURS, legend=LEGEND),
            strokeDash=alt.condition(
                alt.datum.line == "answers so far", alt.value([1, 0]), alt.value([5, 4])
            ),
        )
        .properties(height=HEIGHT)
    )
    return drawn


def described(criterion: Criterion, path: Path, known: int) -> str:
    good, planned = path.total[known - 1], len(path.answers)
    return f"{criterion.metric.title}: {good:,.10g} after {known:,} answers of {planned:,} planned."
