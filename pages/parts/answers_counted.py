"""Which answers stand behind each figure of a verdict: their numbers, and what they say."""

from collections.abc import Iterable, Sequence

import numpy as np
import streamlit as st

from casework.criteria import Criterion, Segment
from casework.report import Material
from casework.roles import Actor
from casework.text import escape_markdown
from db import answers
from db.answers import AnswerRead
from db.engine import Session
from db.studies import StudyRow
from db.verdicts import Counted
from pages.parts.answers_read import badges, scored, words_of
from pages.parts.one_answer import asked_for, to_answer
from pages.parts.words_heard import show_why

PER_PAGE = 5
QUOTED = "Quoted in the summary"
KEY = "answers-behind"
RUNS_NAMED = 300
"""Numbers and runs of numbers named on the page; more would only be sent and never read."""


def show_counted(counted: Counted) -> None:
    """The numbers of the answers each criterion counts; the same stand under Read feedback."""
    if counted.criteria is None:
        return
    pairs = zip(counted.criteria.criteria, counted.ids_by_criterion(), strict=True)
    for criterion, ids in pairs:
        st.markdown(f"**{escape_markdown(named(criterion))}** · {ids.size:,} answers")
        st.caption(ranges(ids.tolist()) or "None yet.")
    later = counted.feedback_ids[counted.counted_ids.size :]
    if later.size:
        st.markdown(f"**Came after the last planned answer, not counted** · {later.size:,} answers")
        st.caption(ranges(later.tolist()))


def show_answers_behind(
    session: Session, actor: Actor, study: StudyRow, counted: Counted, material: Material
) -> None:
    """The answers themselves, figure by figure; the one that the address names is turned to."""
    figures = figures_of(counted, material)
    if not figures:
        return
    asked = asked_for()
    with st.expander("Read the answers behind a figure", expanded=asked is not None):
        first = next((name for name, ids in figures.items() if asked in ids), QUOTED)
        names = list(figures)
        chosen = st.selectbox(
            "Figure", names, index=names.index(first) if first in names else 0, key=KEY
        )
        behind = figures[chosen]
        show_page(session, actor, study, behind, key=f"{KEY}-{chosen}", asked=asked)


def figures_of(counted: Counted, material: Material) -> dict[str, list[int]]:
    """The answers behind each criterion in order of receipt, after those that are quoted."""
    found = {QUOTED: [one.answer_id for one in material.verbatims]}
    if counted.criteria is not None:
        ids = counted.ids_by_criterion()
        for criterion, behind in zip(counted.criteria.criteria, ids, strict=True):
            found[named(criterion)] = behind.tolist()
    return {name: behind for name, behind in found.items() if behind}


def show_page(
    session: Session,
    actor: Actor,
    study: StudyRow,
    ids: Sequence[int],
    *,
    key: str,
    asked: int | None,
) -> None:
    pages = -(-len(ids) // PER_PAGE)
    if asked in ids and key not in st.session_state:
        st.session_state[key] = ids.index(asked) // PER_PAGE + 1
    page = min(int(st.session_state.get(key, 1)), pages)
    shown = ids[(page - 1) * PER_PAGE : page * PER_PAGE]
    found = answers.by_ids(session, actor, study, shown)
    for number in shown:
        if number in found:
            show_one(found[number], is_asked=number == asked)
    if pages > 1:
        st.pagination(pages, key=key)


def show_one(answer: AnswerRead, *, is_asked: bool) -> None:
    row = answer.feedback
    with st.container(border=True, gap="xsmall"):
        mark = " :blue-badge[you came from here]" if is_asked else ""
        st.markdown(f"**Answer {row.id}** {badges(answer)}{mark}")
        st.markdown(words_of(row))
        with st.container(horizontal=True, vertical_alignment="center"):
            if row.reading is not None:
                show_why(scored(row, row.reading))
            to_answer(row.id or 0)


def named(criterion: Criterion) -> str:
    loyal = ", loyal testers" if criterion.segment is Segment.loyal else ""
    return f"{criterion.metric.title}{loyal}"


def ranges(numbers: Iterable[int], most: int = RUNS_NAMED) -> str:
    """Numbers in order, neighbours joined: “1–3, 7”; beyond so many runs only how many follow."""
    ordered = np.sort(np.fromiter(numbers, dtype=np.int64))
    ends = np.flatnonzero(np.diff(ordered) != 1)
    first = ordered[np.concatenate(([0], ends + 1))[: ordered.size]].tolist()
    last = ordered[np.concatenate((ends, [-1]))[: ordered.size]].tolist()
    runs = [
        str(low) if low == high else f"{low}–{high}"
        for low, high in zip(first[:most], last[:most], strict=True)
    ]
    if len(first) > most:
        runs.append(f"and {len(first) - most:,} runs more, all of them in the CSV bundle")
    return ", ".join(runs)
