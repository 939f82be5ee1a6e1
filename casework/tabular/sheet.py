"""A table without its file: a header and rows that know their line."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casework.errors import Invalid
from casework.text import escape_cell

FILE_LIMIT_BYTES = 100 * 2**20
ROW_LIMIT = 1_000_000
COLUMN_LIMIT = 200
HEADER_LENGTH = 200


class Row(NamedTuple):
    """One row; `line` is where a person finds it in the file, counted from 1.

    `problem` says why the row cannot be read, where the file is broken at this place only.
    """

    line: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table that can be gone through more than once; each row has as many cells as the header.

    `rows` starts anew at every call. It raises Invalid when the file turns out broken on the way.
    """

    header: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]

    def column(self, index: int) -> Iterator[str]:
        """The filled cells of one column, from the top."""
        return (row.cells[index] for row in self.rows() if row.cells[index])


def sheet_of(lines: Callable[[], Iterator[Row]]) -> Sheet:
    """A sheet from raw lines: the first that is not blank names the columns.

    Raises:
        Invalid: without a usable header or without any row below it.
    """
    first = next(_filled(lines()), None)
    if first is None:
        raise Invalid("The file is empty. Choose one with a header line and one row per record.")
    header = _check_header(_without_tail(first.cells))
    made = Sheet(header=header, rows=lambda: _below(lines(), first.line, len(header)))
    if next(made.rows(), None) is None:
        raise Invalid("The file has a header line but no rows below it. Export it again with data.")
    return made


def _filled(lines: Iterable[Row]) -> Iterator[Row]:
    """Rows with something in them; cells lose the blanks around and our own protection."""
    for line, cells, problem in lines:
        cleaned = tuple(map(_clean, cells))
        if any(cleaned):
            yield Row(line, cleaned, problem)


def _clean(cell: str) -> str:
    """Without the apostrophe that `escape_cell` put before a formula: what we export, we read."""
    bare = cell.strip()
    return bare[1:] if bare[:1] == "'" and escape_cell(bare[1:]) == bare else bare


def _below(lines: Iterable[Row], header_line: int, width: int) -> Iterator[Row]:
    """The rows under the header, each as wide as it: short ones are filled up.

    Cells beyond the header stay when they hold something, so that the row can be set aside.
    """
    for count, row in enumerate(_filled(lines)):
        if count > ROW_LIMIT:
            raise Invalid(f"The file has more than {ROW_LIMIT:,} rows. Split it and import each.")
        if row.line > header_line:
            cells = _without_tail(row.cells, keep=width)
            yield Row(row.line, cells + ("",) * (width - len(cells)), row.problem)


def _without_tail(cells: tuple[str, ...], keep: int = 0) -> tuple[str, ...]:
    end = len(cells)
    while end > keep and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _check_header(header: tuple[str, ...]) -> tuple[str, ...]:
    if len(header) > COLUMN_LIMIT:
        raise Invalid(f"The file has more than {COLUMN_LIMIT} columns. Export only those needed.")
    if any(len(name) > HEADER_LENGTH for name in header):
        raise Invalid("The first line does not look like column names. Add a line that names them.")
    if not any(any(mark.isalpha() for mark in name) for name in header):
        raise Invalid("The first line holds no column names. Add a line that names the columns.")
    named = tuple(name or f"Column {i}" for i, name in enumerate(header, start=1))
    seen: set[str] = set()
    for name in named:
        if name.casefold() in seen:
            raise Invalid(f"Two columns are called “{name}”. Give every column a name of its own.")
        seen.add(name.casefold())
    return named


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV that spreadsheets open as text: UTF-8 with its mark, no cell becomes a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([escape_cell(name) for name in header])
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
