"""The charts of a launch summary, each with the same figures as a table beside it."""

import altair as alt
import pandas as pd

from casework.criteria import Direction, figure
from casework.funnel import StepCount
from casework.report.blocks import Chart, Table
from casework.report.courses import Course
from casework.report.material import Funnel
from casework.verdict import CriterionResult

WIDTH, ROW_HEIGHT, BAR_HEIGHT, COURSE_HEIGHT = 460, 40, 26, 200
INK, GOOD, BAD = "#7a8794", "#2f7d6b", "#b3402e"
"""Three colours that stand out on white paper and on a dark screen."""


def criteria(results: tuple[CriterionResult, ...]) -> Chart:
    """Each share with its interval against its limit; other metrics are in the table only."""
    shown = [one for one in results if one.metric.is_share and one.interval is not None]
    frame = pd.DataFrame([_interval_row(one) for one in shown])
    rows = tuple(
        (
            one.metric.title,
            figure(one.metric, one.observed or 0.0),
            figure(one.metric, one.threshold),
        )
        for one in shown
    )
    table = Table(caption="Shares and limits", header=("Criterion", "Observed", "Limit"), rows=rows)
    said = "; ".join(f"{name} {observed}, limit {limit}" for name, observed, limit in rows)
    return Chart(
        spec=_intervals(frame), alt=f"Observed shares with 95 % intervals. {said}", table=table
    )


def _interval_row(result: CriterionResult) -> dict[str, str | float]:
    low, high = result.interval or (0.0, 0.0)
    observed = result.observed or 0.0
    above = observed > result.threshold
    fine = above is (result.direction is Direction.AT_LEAST)
    return {
        "criterion": result.metric.title,
        "observed": observed,
        "low": low,
        "high": high,
        "limit": result.threshold,
        "colour": GOOD if fine else BAD,
    }


def _intervals(frame: pd.DataFrame) -> str:
    if frame.empty:
        frame = pd.DataFrame(columns=["criterion", "observed", "low", "high", "limit", "colour"])
    base = alt.Chart(frame).encode(
        y=alt.Y("criterion:N", title=None, sort=None, axis=alt.Axis(labelLimit=200))
    )
    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format="%", title="share of testers")
    colour = alt.Color("colour:N", scale=None)
    bars = base.mark_rule(strokeWidth=5, opacity=0.45).encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", color=colour
    )
    points = base.mark_point(filled=True, size=110, opacity=1).encode(x="observed:Q", color=colour)
    limits = base.mark_tick(thickness=3, size=24, color=INK).encode(x="limit:Q")
    # A height by step leaves every row its place, however high the axis below is.
    drawn = (bars + limits + points).properties(width=WIDTH, height=alt.Step(ROW_HEIGHT))
    return str(drawn.to_json(indent=None))


def _counted(count: StepCount) -> tuple[int, ...]:
    return count.reached, count.of, count.waiting, count.lost


def funnel(activity: Funnel) -> Chart:
    """How many reached each step, out of how many reached the step before."""
    rows = tuple(
        (count.step.label, *(f"{n:,}" for n in _counted(count))) for count in activity.steps
    )
    frame = pd.DataFrame(
        [{"step": count.step.label, "people": count.reached} for count in activity.steps]
    )
    base = alt.Chart(frame).encode(
        y=alt.Y("step:N", sort=None, title=None), x=alt.X("people:Q", title="people")
    )
    labels = base.mark_text(align="left", dx=4, color=INK).encode(text="people:Q")
    drawn = (base.mark_bar(color=GOOD, height=14) + labels).properties(
        width=WIDTH, height=alt.Step(BAR_HEIGHT)
    )
    table = Table(
        caption=f"{activity.name}, step by step",
        header=("Step", "Reached it", "Out of", "Not there yet", "Lost here"),
        rows=rows,
    )
    said = "; ".join(f"{row[0]} {row[1]}" for row in rows)
    return Chart(spec=str(drawn.to_json(indent=None)), alt=f"People per step: {said}", table=table)


LINES = {
    "GO boundary": ("upper", GOOD),
    "answers so far": ("total", "#4c78a8"),
    "NO-GO boundary": ("lower", BAD),
}
ROWS = 8


def course(way: Course) -> Chart:
    """The way one criterion has come, between the two boundaries that decide it."""
    names = list(LINES)
    long = pd.DataFrame(
        [
            {"answer": answer, "line": name, "good": value}
            for name, (column, _) in LINES.items()
            for answer, value in zip(way.answers, getattr(way, column), strict=True)
            if value is not None
        ]
    )
    title = "good answers" if way.metric.is_share else "sum over the limit"
    colours = alt.Scale(domain=names, range=[colour for _, colour in LINES.values()])
    drawn = (
        alt.Chart(long)
        .mark_line()
        .encode(
            x=alt.X("answer:Q", title="answers"),
            y=alt.Y("good:Q", title=title),
            color=alt.Color("line:N", scale=colours, legend=alt.Legend(title=None, orient="top")),
            strokeDash=alt.condition(
                alt.datum.line == "answers so far", alt.value([1, 0]), alt.value([5, 4])
            ),
        )
        .properties(width=WIDTH, height=COURSE_HEIGHT)
    )
    last = max(place for place, total in enumerate(way.total) if total is not None)
    good, answers = _number(way.total[last]), way.answers[last]
    said = f"{way.metric.title}: {good} after {answers} of {way.answers[-1]} answers planned."
    return Chart(spec=str(drawn.to_json(indent=None)), alt=said, table=_steps(way, last))


def _steps(way: Course, last: int) -> Table:
    """A few points of the way, the last counted answer among them."""
    every = max(1, -(-(last + 1) // ROWS))
    places = sorted({*range(every - 1, last + 1, every), last})
    columns = (way.total, way.upper, way.lower)
    return Table(
        caption=f"{way.metric.title}, {way.segment.value}: how the answers came in",
        header=("Answer", "So far", "GO from", "NO-GO to"),
        rows=tuple(
            (str(way.answers[place]), *(_number(column[place]) for column in columns))
            for place in places
        ),
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}".replace("-", "−")
