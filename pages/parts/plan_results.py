"""What a plan comes to: testers needed, each outcome's chance over N, what each part costs."""

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from casework.criteria import Direction, figure, percent
from casework.verdict.answer_plan import AnswerPlan, curve_of, plan_together
from casework.verdict.assumed import Assumed
from casework.verdict.curve import Chances

KEPT = "answer_plan"
HEIGHT = 320
TOGETHER = "All together"
OUTCOMES = ("GO", "GO WITH CONDITIONS", "NO-GO", "NOT ENOUGH EVIDENCE")
COLOURS = ["#2f7d6b", "#b7791f", "#b3402e", "#7a7f87"]
DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]]


def played(
    assumed: list[Assumed], power: float, loyal_share: float, expected: int, *, can_go: bool
) -> AnswerPlan:
    """The plan, simulated anew only when something in it has changed."""
    key = (tuple(assumed), power, loyal_share, expected, can_go)
    kept: tuple[object, AnswerPlan] | None = st.session_state.get(KEPT)
    if kept is not None and kept[0] == key:
        return kept[1]
    bar = st.progress(0.0, text="Playing 2,000 studies")
    plan = plan_together(
        assumed,
        power=power,
        loyal_share=loyal_share,
        can_go=can_go,
        also=[expected],
        progress=lambda part: _tell(bar, part),
    )
    bar.empty()
    st.session_state[KEPT] = (key, plan)
    return plan


def _tell(bar: st.delta_generator.DeltaGenerator, part: float) -> None:
    bar.progress(min(part, 1.0), text="Playing 2,000 studies")


def chance_at(plan: AnswerPlan, answers: int) -> float:
    """The chance of GO at any N, drawn between those that were played."""
    sizes = [one.answers for one in plan.curve]
    return float(np.interp(answers, sizes, [one.go for one in plan.curve]))


def show_needed(plan: AnswerPlan, expected: int, *, can_go: bool) -> None:
    if not can_go:
        st.info(
            "A stop check never says GO, however many answer: it looks for reasons to stop.",
            icon=":material/info:",
        )
        return
    most = plan.curve[-1].answers
    needed = f"more than {most:,}" if plan.answers is None else f"about {plan.answers:,}"
    with st.grid(3, min_column_width=200):
        st.metric("Testers needed", needed, help="So many answers, for the chance you want.")
        st.metric(
            "Smallest N that can ever GO",
            f"{plan.least:,}",
            help="Below it no GO is possible, even if every answer is good.",
        )
        chance = percent(chance_at(plan, expected)) if expected else "0 %"
        st.metric(f"Chance of GO with {expected:,} answers", chance, help="What you can expect.")
    if plan.answers is None or plan.answers > expected:
        st.warning(
            f"You can expect {expected:,} answers. Reach more people, plan a smaller decision, or "
            "accept that the study may end without a GO.",
            icon=":material/groups:",
        )


def show_curve(slug: str, plan: AnswerPlan, assumed: list[Assumed]) -> None:
    """The chance of each outcome over N, as a chart with its table beside it."""
    by_name = {one.criterion.metric.title: one for one in assumed}
    chosen = st.segmented_control(
        "Curve of",
        [TOGETHER, *by_name],
        default=TOGETHER,
        key=f"plan-curve-{slug}",
        required=True,
    )
    one = by_name.get(chosen or TOGETHER)
    sizes = tuple(point.answers for point in plan.curve)
    curve = plan.curve if one is None else curve_of(one, sizes, family=len(assumed))
    drawn, told = st.columns([3, 2], gap="medium")
    with drawn:
        st.altair_chart(_chart(_frame(curve), plan.answers), alt=_described(curve))
        exact = one is not None and one.criterion.metric.is_share
        st.caption(_source(exact=exact))
    with told:
        st.table(_table(curve), hide_index=True, alt="The chance of each outcome for each N")


def _source(*, exact: bool) -> str:
    if exact:
        return "Exact: every possible path of answers is followed."
    return (
        "2,000 simulated studies; a chance is off by at most about 2 points. HOLD is left out: "
        "it depends on people, not on N."
    )


def _rates(one: Chances) -> tuple[float, float, float, float]:
    return one.go, one.conditions, one.no_go, one.not_enough


def _frame(curve: tuple[Chances, ...]) -> pd.DataFrame:
    rows = [
        (one.answers, outcome, rate)
        for one in curve
        for outcome, rate in zip(OUTCOMES, _rates(one), strict=True)
    ]
    return pd.DataFrame(rows, columns=["answers", "outcome", "chance"])


def _chart(frame: pd.DataFrame, needed: int | None) -> alt.LayerChart | alt.FacetChart:
    names = list(OUTCOMES)
    legend = alt.Legend(title=None, orient="top", columns=2, labelLimit=220, symbolStrokeWidth=2)
    lines = (
        alt.Chart(frame)
        .mark_line(strokeWidth=2.5)
        .encode(
            x=alt.X("answers:Q", title="answers planned (N)", axis=alt.Axis(tickCount=6)),
            y=alt.Y(
                "chance:Q",
                title="chance",
                axis=alt.Axis(format="%"),
                scale=alt.Scale(domain=[0, 1]),
            ),
            color=alt.Color(
                "outcome:N", scale=alt.Scale(domain=names, range=COLOURS), legend=legend
            ),
            strokeDash=alt.StrokeDash(
                "outcome:N", scale=alt.Scale(domain=names, range=DASHES), legend=legend
            ),
            tooltip=[
                alt.Tooltip("answers:Q", title="Answers"),
                alt.Tooltip("outcome:N", title="Outcome"),
                alt.Tooltip("chance:Q", title="Chance", format=".1%"),
            ],
        )
    )
    at = pd.DataFrame({"answers": [] if needed is None else [needed]}, dtype="int64")
    rule = alt.Chart(at).mark_rule(strokeDash=[3, 3], color="#7a7f87").encode(x="answers:Q")
    return alt.layer(lines, rule).properties(height=HEIGHT)


def _described(curve: tuple[Chances, ...]) -> str:
    first, last = curve[0], curve[-1]
    return (
        f"Chance of each outcome over the answers planned. GO rises from {percent(first.go)} at "
        f"{first.answers:,} answers to {percent(last.go)} at {last.answers:,}."
    )


def _table(curve: tuple[Chances, ...]) -> pd.DataFrame:
    rows = [(f"{one.answers:,}", *(f"{100 * r:.0f} %" for r in _rates(one))) for one in curve]
    return pd.DataFrame(rows, columns=["N", "GO", "Conditions", "NO-GO", "Not enough"])


def show_needs(plan: AnswerPlan, assumed: list[Assumed]) -> None:
    """What each criterion and the guardrail ask of the plan."""
    rows = [
        (
            one.criterion.metric.title,
            _limit(one),
            figure(one.criterion.metric, one.truth),
            f"{need.least:,}",
            "no number helps" if need.alone is None else f"{need.alone:,}",
            _saved(need.extra),
        )
        for one, need in zip(assumed, plan.needs, strict=True)
    ]
    if plan.guardrail_extra is not None:
        rows.append(
            ("Loyal players on their own", "–", "–", "–", "–", _saved(plan.guardrail_extra))
        )
    names = ["Criterion", "Must be", "Assumed", "Can ever GO from", "Takes alone", "It costs"]
    frame = pd.DataFrame(rows, columns=names)
    st.table(frame, hide_index=True, alt="What each criterion takes")
    st.caption(
        "“It costs”: answers you would save by leaving it out. Testers are taken to answer one "
        "question independently of the next; of promoters and tones the spread is assumed."
    )


def _limit(assumed: Assumed) -> str:
    metric = assumed.criterion.metric
    side = "at most" if metric.direction is Direction.AT_MOST else "at least"
    return f"{side} {figure(metric, assumed.criterion.threshold)}"


def _saved(extra: int | None) -> str:
    return "–" if extra is None else f"about {extra:,} answers"
