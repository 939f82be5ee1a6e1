"""How the tone is spread, and how it moves over time and from build to build."""

from collections.abc import Iterable, Sequence

import altair as alt
import numpy as np
from numpy.typing import NDArray

from casework.charts.drawn import BAD, GOOD, INK, ROW_HEIGHT, Cell, Drawn, as_spec, frame
from casework.themes import Heard, Tone, tone

BINS = 20
_SCALE = alt.Scale(domain=[-1, 1])
_SOLID = alt.Legend(title=None, orient="top", symbolOpacity=1, symbolType="circle")


def distribution(polarity: NDArray[np.float64]) -> Drawn:
    """How many texts have which tone, with their mean and its 95 % interval."""
    known = polarity[~np.isnan(polarity)]
    counts, edges = np.histogram(known, bins=BINS, range=(-1.0, 1.0))
    header = ("from", "to", "texts")
    rows = [
        (round(float(low), 1), round(float(high), 1), int(count))
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
    ]
    bars = (
        alt.Chart(frame(header, rows))
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("from:Q", bin="binned", title="tone, from −1 to 1", scale=_SCALE, axis=_axis()),
            x2="to:Q",
            y=alt.Y("texts:Q", title="texts"),
            color=alt.condition("datum.to <= 0", alt.value(BAD), alt.value(GOOD)),
            tooltip=["from:Q", "to:Q", "texts:Q"],
        )
    )
    mean = tone(polarity)
    return Drawn(
        name="tone-distribution",
        title="How the tone is spread",
        note=f"Dashed: the mean, {_said(mean)}, in its 95 % interval; n = {mean.n:,}.",
        spec=as_spec(bars + _mean_mark(mean)),
        alt=f"Texts by tone in steps of 0.1. Mean {_said(mean)}, n = {mean.n:,}.",
        header=header,
        rows=tuple(rows),
    )


def _axis() -> alt.Axis:
    return alt.Axis(values=[-1, -0.5, 0, 0.5, 1], format=".1f")


def _mean_mark(mean: Tone) -> alt.LayerChart:
    low, high = mean.interval or (mean.polarity, mean.polarity)
    rows: list[tuple[Cell, ...]] = [] if mean.polarity is None else [(mean.polarity, low, high)]
    base = alt.Chart(frame(("mean", "low", "high"), rows))
    band = base.mark_rect(color=INK, opacity=0.3).encode(x="low:Q", x2="high:Q")
    rule = base.mark_rule(color=INK, strokeWidth=2, strokeDash=[4, 3]).encode(x="mean:Q")
    both: alt.LayerChart = band + rule
    return both


def by_build(heard: Heard) -> Drawn:
    """The mean tone where it was heard, build by build, with 95 % intervals."""
    builds = np.array(heard.build, dtype=object)
    tones = [(build, tone(heard.polarity[builds == build])) for build in heard.builds]
    header = ("build", "mean tone", "low", "high", "texts")
    rows = [(build, *_cells(one)) for build, one in tones]
    shown = frame(("build", "tone", "low", "high", "texts"), [r for r in rows if r[1] is not None])
    base = alt.Chart(shown).encode(y=alt.Y("build:N", title=None, sort=None))
    colour = alt.condition("datum.tone < 0", alt.value(BAD), alt.value(GOOD))
    bars = base.mark_rule(strokeWidth=5, opacity=0.45).encode(
        x=alt.X("low:Q", title="mean tone", scale=_SCALE, axis=_axis()), x2="high:Q", color=colour
    )
    points = base.mark_point(filled=True, size=110, opacity=1).encode(
        x="tone:Q",
        color=colour,
        tooltip=["build:N", alt.Tooltip("tone:Q", format=".2f"), "texts:Q"],
    )
    return Drawn(
        name="tone-by-build",
        title="Mean tone by build",
        note="Dots are means, bars their 95 % intervals.",
        spec=as_spec(bars + points, {"height": alt.Step(ROW_HEIGHT)}),
        alt="Mean tone with 95 % interval. " + _all_said(tones),
        header=header,
        rows=tuple(rows),
    )


DayRow = tuple[str, str, float | None, float | None, float | None, int]
"""Day (ISO), build, mean tone, low, high, texts."""


def over_time(heard: Heard) -> Drawn:
    """The mean tone by day of receipt and build, with 95 % intervals where a day has two texts."""
    where = np.array([f"{build}\n{day}" for build, day in zip(heard.build, heard.day, strict=True)])
    keys = dict.fromkeys(zip(heard.day, heard.build, strict=True))
    tones = [(day, build, tone(heard.polarity[where == f"{build}\n{day}"])) for day, build in keys]
    return by_day([(day, build, *_cells(one)) for day, build, one in tones if one.n])


def by_day(rows: Sequence[DayRow]) -> Drawn:
    """Mean tones day by day, a line for each build and a band where intervals are known."""
    header = ("day", "build", "mean tone", "low", "high", "texts")
    known = any(row[3] is not None for row in rows)
    names = ("day", "build", "tone", "low", "high", "texts")
    base = alt.Chart(frame(names, rows)).encode(
        x=alt.X("day:T", title=None),
        color=alt.Color("build:N", sort=None, legend=_SOLID),
    )
    band = base.mark_area(opacity=0.2, clip=True).encode(
        y=alt.Y("low:Q", title="mean tone", scale=_SCALE), y2="high:Q"
    )
    line = base.mark_line(point=True, clip=True).encode(
        y=alt.Y("tone:Q", scale=_SCALE),
        tooltip=["day:T", "build:N", alt.Tooltip("tone:Q", format=".2f"), "texts:Q"],
    )
    return Drawn(
        name="tone-over-time",
        title="Mean tone day by day",
        note="Bands are 95 % intervals of days with more than one text." if known else "",
        spec=as_spec(band + line),
        alt=f"Mean tone on {len({row[0] for row in rows})} days, by build.",
        header=header,
        rows=tuple(rows),
    )


def _cells(one: Tone) -> tuple[float | None, float | None, float | None, int]:
    if one.interval is None:
        return one.polarity, None, None, one.n
    low, high = one.interval
    return one.polarity, max(-1.0, low), min(1.0, high), one.n


def _all_said(tones: Iterable[tuple[str, Tone]]) -> str:
    return "; ".join(f"{build}: {_said(one)}, n = {one.n:,}" for build, one in tones)


def _said(one: Tone) -> str:
    return "unknown" if one.polarity is None else f"{one.polarity:.2f}".replace("-", "−")
