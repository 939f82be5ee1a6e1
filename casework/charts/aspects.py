"""How each aspect of the product is felt: complaint to the left, praise to the right."""

from collections.abc import Sequence

import altair as alt

from casework.charts.drawn import BAD, GOOD, INK, ROW_HEIGHT, Cell, Drawn, as_spec, frame
from casework.record import Record
from casework.sentiment.aspects import aspect_terms, aspects
from casework.sentiment.scorer import NEUTRAL_BAND


class AspectTone(Record):
    """In how many clauses an aspect is complained about, praised, or just mentioned."""

    aspect: str
    against: int
    neither: int
    praised: int

    @property
    def clauses(self) -> int:
        """All clauses about it."""
        return self.against + self.neither + self.praised


def aspect_tones(texts: Sequence[str]) -> tuple[AspectTone, ...]:
    """Every aspect heard in the texts, in the order of the table."""
    counts = {aspect: [0, 0, 0] for aspect in aspect_terms()}
    for text in texts:
        for one in aspects(text):
            counts[one.aspect][_side(one.polarity)] += 1
    return tuple(
        AspectTone(aspect=aspect, against=against, neither=neither, praised=praised)
        for aspect, (against, neither, praised) in counts.items()
        if against + neither + praised
    )


def _side(polarity: float | None) -> int:
    if polarity is None or abs(polarity) < NEUTRAL_BAND:
        return 1
    return 2 if polarity > 0 else 0


def by_aspect(tones: Sequence[AspectTone]) -> Drawn:
    """Diverging bars: the share of an aspect's clauses that complain, and that praise."""
    header = ("aspect", "complaints", "neither", "praise", "clauses")
    rows = [(one.aspect, one.against, one.neither, one.praised, one.clauses) for one in tones]
    shown: list[tuple[Cell, ...]] = [row for one in tones for row in _bars(one)]
    names = ("aspect", "side", "share", "count", "clauses", "label")
    base = alt.Chart(frame(names, shown)).encode(
        y=alt.Y("label:N", title=None, sort=None, axis=alt.Axis(labelLimit=180))
    )
    axis = alt.Axis(labelExpr="format(abs(datum.value), '.0%')", values=[-1, -0.5, 0, 0.5, 1])
    bars = base.mark_bar(height=16).encode(
        x=alt.X("share:Q", title="share of clauses", scale=alt.Scale(domain=[-1, 1]), axis=axis),
        color=alt.Color(
            "side:N",
            scale=alt.Scale(domain=["complaint", "praise"], range=[BAD, GOOD]),
            legend=alt.Legend(title=None, orient="top"),
        ),
        tooltip=["aspect:N", "side:N", "count:Q", "clauses:Q"],
    )
    zero = alt.Chart(frame(("zero",), [(0,)])).mark_rule(color=INK).encode(x="zero:Q")
    said = "; ".join(f"{one.aspect}: {one.against} against, {one.praised} for" for one in tones)
    return Drawn(
        name="tone-by-aspect",
        title="What is complained about and what is praised",
        note="In brackets how many clauses are about it; the rest of these takes no side.",
        spec=as_spec(bars + zero, {"height": alt.Step(ROW_HEIGHT)}),
        alt=f"Complaints and praise by aspect. {said}.",
        header=header,
        rows=tuple(rows),
    )


def _bars(one: AspectTone) -> list[tuple[str, str, float, int, int, str]]:
    label = f"{one.aspect} ({one.clauses:,})"
    return [
        (one.aspect, "complaint", -one.against / one.clauses, one.against, one.clauses, label),
        (one.aspect, "praise", one.praised / one.clauses, one.praised, one.clauses, label),
    ]
