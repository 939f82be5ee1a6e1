"""A chart as a value: what is drawn, what it says in words, and its figures."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
import vl_convert as vlc

from casework.record import Record
from casework.text import escape_cell

WIDTH, HEIGHT, ROW_HEIGHT = 460, 220, 30
INK, GOOD, BAD = "#7a8794", "#2f8a76", "#c4552d"
"""Three colours that stand out on white paper and on a dark screen."""

Cell = str | int | float | None
DECIMALS = 4


class Drawn(Record):
    """A chart: `name` for its files, a Vega-Lite specification, and the figures it shows.

    `note` says what its marks mean, where that does not show.
    """

    name: str
    title: str
    note: str = ""
    spec: str
    alt: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def frame(self) -> pd.DataFrame:
        """The figures as a table to show."""
        return pd.DataFrame(list(self.rows), columns=list(self.header))

    def csv(self) -> bytes:
        """The figures as UTF-8 with a mark that spreadsheets know it by; text never a formula."""
        written = io.StringIO()
        out = csv.writer(written)
        out.writerow(self.header)
        out.writerows([_plain(cell) for cell in row] for row in self.rows)
        return written.getvalue().encode("utf-8-sig")

    def svg(self) -> bytes:
        """The chart with its title, on white."""
        return str(vlc.vegalite_to_svg(self._on_paper())).encode()

    def png(self) -> bytes:
        """The chart with its title, on white, at twice the size."""
        drawn: bytes = vlc.vegalite_to_png(self._on_paper(), scale=2)
        return drawn

    def _on_paper(self) -> str:
        title = {"text": self.title, "subtitle": self.note, "anchor": "start"}
        return json.dumps(json.loads(self.spec) | {"title": title, "background": "white"})


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, float):
        return round(cell, DECIMALS)
    return escape_cell(cell) if isinstance(cell, str) else cell


def frame(header: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> pd.DataFrame:
    """Rows under names, also where there are none."""
    return pd.DataFrame(list(rows), columns=list(header))


def as_spec(chart: alt.Chart | alt.LayerChart, size: Mapping[str, object] | None = None) -> str:
    """The chart's specification as JSON, by default as wide and high as the others."""
    drawn = chart.properties(**({"width": WIDTH, "height": HEIGHT} | dict(size or {})))
    return str(drawn.to_json(indent=None))
