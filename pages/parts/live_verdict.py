"""The verdict while answers arrive: looked at again every few seconds, and what today changed."""

from datetime import datetime, time, timedelta

import pandas as pd
import streamlit as st

from casework.criteria import Segment, figure
from casework.criteria.words import unbroken
from casework.report.words import sentence
from casework.roles import Actor
from casework.verdict import BaseCheck, CriterionResult, Outcome, Verdict
from casework.verdict.since import Moved
from db import live
from db.clock import now
from db.engine import reading
from db.live import Look
from db.studies import StudyRow
from pages import who
from pages.parts.evidence_path import show_naive, show_paths
from pages.parts.summary import one_line
from pages.parts.verdict_head import show_outcome
from pages.parts.when import at, local

EVERY = timedelta(seconds=5)
OVER = frozenset({Outcome.INVALID})


def show_live(actor: Actor, study: StudyRow, build: str | None, shown: Look) -> None:
    """The outcome with its paths, kept up to date unless paused or over."""
    following = False
    if not shown.counted.evidence.closed and shown.material.verdict.outcome not in OVER:
        following = st.toggle(
            "Follow as answers arrive",
            value=True,
            key=f"follow-{study.slug}",
            help=f"Looks again every {EVERY.seconds} seconds. Looking often cannot spoil it: the "
            "limits hold at every answer, whenever anybody looks.",
        )
    outcome = shown.material.verdict.outcome
    st.fragment(_look_again, run_every=EVERY if following else None)(
        actor, study, build, outcome, following=following
    )


def _look_again(
    actor: Actor, study: StudyRow, build: str | None, outcome: Outcome, *, following: bool
) -> None:
    if who.find() != actor:
        st.rerun()
    with who.shown_errors(), reading() as session:
        seen = live.look(session, actor, study, build, now=now())
        if seen.material.verdict.outcome is not outcome:
            # What stands below depends on the outcome, so that the whole page has to follow.
            st.rerun()
        show_outcome(seen.material.verdict, seen.summary)
        today = live.since(seen, study, start_of_today())
        _show_standing(seen, today, following=following)
        show_today(today)
        show_base(seen.material.verdict)
        if seen.counted.criteria is not None:
            with st.expander("How the evidence came in", icon=":material/show_chart:"):
                show_paths(seen.counted.criteria, seen.counted.evidence)
                show_naive(seen.counted.criteria, seen.counted.evidence)


def _show_standing(seen: Look, today: tuple[Moved, ...], *, following: bool) -> None:
    criteria, came = seen.counted.criteria, max((row.came for row in today), default=0)
    said = [f"{criteria.answers:,} answers are planned"] if criteria else []
    said += [f"{came:,} came since yesterday"] if came else []
    said += [f"looked at {local(now()):%H:%M:%S}"] if following else []
    if said:
        st.caption(sentence(" · ".join(said)).removesuffix("."))


def start_of_today() -> datetime:
    """Midnight where the reader is."""
    return at(local(now()).date(), time.min)


def show_today(rows: tuple[Moved, ...]) -> None:
    """How each figure has moved since midnight; nothing where nothing came."""
    if not any(row.came for row in rows):
        return
    # A label that stays the same leaves the section open while figures under it change.
    label = "Since yesterday"
    with st.expander(label, icon=":material/today:"):
        st.table(pd.DataFrame([_moved(row) for row in rows]), hide_index=True, alt=label)
        st.caption("Against the state at midnight, your time. The limits look at every answer.")


def _moved(row: Moved) -> dict[str, str]:
    who_ = ", loyal" if row.segment is Segment.loyal else ""
    direction = {True: "better", False: "worse", None: "–"}[row.better]
    return {
        "What": f"{row.metric.title}{who_}",
        "At midnight": _figure(row, row.then, row.answers_then),
        "Now": _figure(row, row.now, row.answers_now),
        "Answers": f"+{row.came:,}" if row.came >= 0 else f"−{-row.came:,}",
        "It became": direction,
    }


def _figure(row: Moved, value: float | None, answers: int) -> str:
    if value is None:
        return "no answers"
    return unbroken(f"{figure(row.metric, value)} of {answers:,}")


def show_base(verdict: Verdict) -> None:
    """The figures weighted to the registered customer base, with what the weighting costs."""
    if verdict.base is None:
        return
    with st.expander("Weighted to the customer base", icon=":material/balance:"):
        rows = [
            {
                "What": one.metric.title,
                "Testers": _told(one, one.observed),
                "Customer base": _told(one, one.weighted),
                "Shown for the base": _confirmed(confirmed=one.confirmed),
            }
            for one in verdict.criteria
            if one.weighted is not None
        ]
        if rows:
            st.table(pd.DataFrame(rows), hide_index=True, alt="Figures weighted to the base")
        st.caption(_cost(verdict.base))


def _told(result: CriterionResult, value: float | None) -> str:
    return "–" if value is None else unbroken(figure(result.metric, value))


def _confirmed(*, confirmed: bool | None) -> str:
    return {True: "yes", False: "not yet", None: "too rare to check"}[confirmed]


def _cost(base: BaseCheck) -> str:
    told = (
        f"Design effect {base.design_effect:.2f}: {base.answers:,} answers are worth "
        f"{base.effective:,.0f} equally weighted ones."
    )
    if base.dropped:
        told += f" No answer came from: {one_line(', '.join(base.dropped))}."
    return told
