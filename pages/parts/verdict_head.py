"""The top of the verdict page: the outcome in one look, then page one of the summary."""

import json

import streamlit as st

from casework.report import Quotation, Summary, charts
from casework.verdict import Outcome, Verdict
from pages.parts.summary import one_line, show_block

COLOURS = {
    Outcome.GO: ("green", "check_circle"),
    Outcome.GO_WITH_CONDITIONS: ("orange", "rule"),
    Outcome.HOLD: ("orange", "pause_circle"),
    Outcome.NO_GO: ("red", "block"),
    Outcome.NOT_ENOUGH_EVIDENCE: ("gray", "hourglass_empty"),
    Outcome.INVALID: ("gray", "gpp_bad"),
}


def show_outcome(verdict: Verdict, summary: Summary) -> None:
    colour, icon = COLOURS[verdict.outcome]
    with st.container(border=True):
        st.markdown(f"## :{colour}[:material/{icon}: {verdict.outcome.value}]")
        st.caption(f"Build {one_line(verdict.build)} · {verdict.answers} answers counted")
        for block in summary.front.blocks:
            show_block(block)
            if isinstance(block, Quotation):
                show_shares(verdict)


def show_shares(verdict: Verdict) -> None:
    """The shares with their intervals against their limits, where a look is quicker than words."""
    if verdict.criteria:
        chart = charts.criteria(verdict.criteria)
        st.vega_lite_chart(spec=json.loads(chart.spec), width="stretch", alt=chart.alt)
