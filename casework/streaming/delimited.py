"""CSV, TSV and their like, row by row."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from casework.errors import Invalid
from casework.streaming.lines import Lines
from casework.streaming.stream import StreamRow, numbered_apart
from casework.tabular.delimited import DELIMITERS

_LOOK_AT_LINES = 30
_MOST_COLUMNS = 1_000

Begun = tuple[tuple[str, ...], Iterator[StreamRow]]
"""The columns and the rows below them."""


_Raw = tuple[int, list[str], str]
"""A row as cut: the line where it begins, its cells, its problem."""


def read_delimited(text: io.TextIOWrapper, shown: str) -> Begun:
    """The table in a text whose beginning is `shown`. Raises: Invalid without a header."""
    delimiter = _announced(shown) or _likeliest(shown)
    rows = _rows(Lines(text), delimiter)
    header = next(rows, None)
    if header is not None and _announced(shown):
        header = next(rows, None)
    if header is None:
        raise Invalid("The file is empty. Choose one with a header line and one row per text.")
    columns = _columns(header[1])
    return columns, (_row(raw, columns) for raw in rows)


def _rows(lines: Lines, delimiter: str) -> Iterator[_Raw]:
    """The rows that are not blank, each with the line where it begins."""
    begins, last = 1, ""
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            begins, last, problem = lines.begins, "".join(lines.since), lines.problem
            lines.forget()
            if cells:
                yield begins, cells, problem
    except csv.Error as problem:
        raise Invalid(
            f"The row that begins at line {lines.begins:,} cannot be read: {problem}."
        ) from None
    _require_closed(last, delimiter, begins)


def _require_closed(row: str, delimiter: str, line: int) -> None:
    """Refuse a last row that ends inside quotation marks. Raises: Invalid."""
    try:
        list(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as problem:
        # Strict reading also objects to much that programs write and everybody can read.
        if "unexpected end" in str(problem):
            raise Invalid(
                f"In the row that begins at line {line:,} a quotation mark is opened and never "
                "closed. Mend the line and try again."
            ) from None


def _columns(header: Sequence[str]) -> tuple[str, ...]:
    """Names for all columns: an empty one gets its place, a second of the same name a number."""
    if len(header) > _MOST_COLUMNS:
        raise Invalid(f"The file has more than {_MOST_COLUMNS:,} columns. Keep those needed.")
    names: list[str] = []
    for place, cell in enumerate(header, start=1):
        names.append(numbered_apart(cell.strip() or f"Column {place}", names.__contains__))
    return tuple(names)


def _row(raw: _Raw, columns: tuple[str, ...]) -> StreamRow:
    line, cells, problem = raw
    width = len(columns)
    if len(cells) < width:
        cells += [""] * (width - len(cells))
    # Cells in surplus stand behind; a trailing separator makes none.
    beyond = tuple(cells[width:]) if len(cells) > width and any(cells[width:]) else ()
    return StreamRow(line, dict(zip(columns, cells, strict=False)), beyond, problem)


def _announced(shown: str) -> str | None:
    """The separator that Excel's own first line "sep=;" tells."""
    first = shown.lstrip("\ufeff").partition("\n")[0].strip().lower()
    return first[-1] if first.startswith("sep=") and len(first) == len("sep=;") else None


def _likeliest(shown: str) -> str:
    """The separator that cuts the first lines most evenly."""
    return max(DELIMITERS, key=lambda mark: _evenness(shown, mark))


def _evenness(shown: str, delimiter: str) -> tuple[float, int]:
    rows = csv.reader(io.StringIO(shown, newline=""), delimiter=delimiter)
    try:
        widths = [len(cells) for cells in islice(rows, _LOOK_AT_LINES) if cells]
    except csv.Error:
        return 0, 0
    if not (cut := [width for width in widths if width > 1]):
        return 0, 0
    width, times = Counter(cut).most_common(1)[0]
    return times / len(widths), width
