"""The top of the verdict page: the outcome in one look, then page one of the summary."""

import json
from functools import lru_cache

import streamlit as st

from casework.report import Block, Chart, Quotation, Summary, charts
from casework.report.words import counted
from casework.verdict import CriterionResult, Outcome, Verdict
from pages.parts.summary import one_line, show_block

COLOURS = {
    Outcome.GO: ("green", "check_circle"),
    Outcome.GO_WITH_CONDITIONS: ("orange", "rule"),
    Outcome.HOLD: ("orange", "pause_circle"),
    Outcome.NO_GO: ("red", "block"),
    Outcome.NOT_ENOUGH_EVIDENCE: ("gray", "hourglass_empty"),
    Outcome.INVALID: ("gray", "gpp_bad"),
}
WORDS_BEFORE_CHART = 2
"""Outcome and reason come first, then the voice, then what can be seen at a look."""


def show_outcome(verdict: Verdict, summary: Summary) -> None:
    colour, icon = COLOURS[verdict.outcome]
    with st.container(border=True):
        st.markdown(f"## :{colour}[:material/{icon}: {verdict.outcome.value}]")
        answers = counted(verdict.answers, "answer", "answers")
        st.caption(f"Build {one_line(verdict.build)} · {answers} counted")
        first, rest = _split(summary)
        for block in first:
            show_block(block)
        show_shares(verdict)
        for block in rest:
            show_block(block)


def _split(summary: Summary) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    blocks = summary.front.blocks
    voiced = WORDS_BEFORE_CHART + isinstance(blocks[WORDS_BEFORE_CHART], Quotation)
    return blocks[:voiced], blocks[voiced:]


def show_shares(verdict: Verdict) -> None:
    """The shares with their intervals against their limits, where a look is quicker than words."""
    chart = _chart_of(verdict.criteria)
    if chart.table.rows:
        draw(chart)


@lru_cache(maxsize=16)
def _chart_of(results: tuple[CriterionResult, ...]) -> Chart:
    """Composing it takes longer than all the rest, and a page that follows draws it anew often."""
    return charts.criteria(results)


def draw(chart: Chart) -> None:
    st.vega_lite_chart(spec=json.loads(chart.spec), width="stretch", alt=chart.alt)
