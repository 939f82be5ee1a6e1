"""Which answers stand behind each figure of a verdict, by number."""

from collections.abc import Iterable

import streamlit as st

from casework.criteria import Segment
from casework.text import escape_markdown
from db.verdicts import Counted


def show_counted(counted: Counted) -> None:
    """The numbers of the answers each criterion counts; the same stand under Read feedback."""
    if counted.criteria is None:
        return
    pairs = zip(counted.criteria.criteria, counted.ids_by_criterion(), strict=True)
    for criterion, ids in pairs:
        who = ", loyal testers" if criterion.segment is Segment.loyal else ""
        st.markdown(f"**{escape_markdown(criterion.metric.title)}{who}** · {ids.size:,} answers")
        st.caption(ranges(ids.tolist()) or "None yet.")
    later = counted.feedback_ids[counted.counted_ids.size :]
    if later.size:
        st.markdown(f"**Came after the last planned answer, not counted** · {later.size:,} answers")
        st.caption(ranges(later.tolist()))


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in order, neighbours joined: “1–3, 7”."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)
