"""Scoring: a table with its texts read, without any database."""

import csv
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path
from typing import Annotated, TextIO

import typer

from casework import sentiment
from casework.errors import Invalid
from casework.sentiment import Reading
from casework.tabular import Row, Sheet, read_sheet
from casework.text import escape_cell
from commands.door import Step, clear_errors, content_of, progress_bar

ADDED = ("polarity", "label", "offence", "words")
WORDS_SHOWN = 5


def score(
    file: Annotated[Path, typer.Argument(help="A CSV, TSV or .xlsx file; - reads stdin.")],
    *,
    text: Annotated[str, typer.Option(help="The column that holds the texts.")],
    out: Annotated[Path | None, typer.Option(help="Write to this file instead.")] = None,
) -> None:
    """Add to every row how its text feels, whether it voices offence, and which words say so.

    Example: python cli.py score reviews.csv --text review --out scored.csv
    """
    with clear_errors():
        if out is not None and out.resolve() == file.resolve():
            raise Invalid("--out names the file that is read. Give the result another name.")
        sheet = read_sheet(_bytes_of(file))
        place = _place_of(sheet.header, text)
        rows = _count(sheet)
        with _writing(out) as target, progress_bar("Scoring", rows) as step:
            _write(sheet, place, target, step)
    if out is not None:
        typer.echo(f"Written to {out}", err=True)


def _bytes_of(file: Path) -> bytes:
    return sys.stdin.buffer.read() if str(file) == "-" else content_of(file)


def _place_of(header: Sequence[str], name: str) -> int:
    """The column of this name, in any case. Raises: Invalid naming those there are."""
    wanted = name.strip().casefold()
    for place, column in enumerate(header):
        if column.casefold() == wanted:
            return place
    there = ", ".join(f"“{column}”" for column in header)
    raise Invalid(f"The file has no column “{name}”. It has {there}.")


def _count(sheet: Sheet) -> int:
    """How many rows there are; going through all of them first shows a broken file early."""
    wide = rows = 0
    for row in sheet.rows():
        rows += 1
        wide += len(row.cells) > len(sheet.header)
    if wide:
        typer.echo(
            f"{wide:,} rows have more cells than there are columns; is a separator unquoted? "
            "What is beyond stands behind the added columns.",
            err=True,
        )
    return rows


@contextmanager
def _writing(out: Path | None) -> Iterator[TextIO]:
    """Where the table goes: stdout, or a file that spreadsheets open as UTF-8."""
    if out is None:
        yield sys.stdout
        return
    try:
        with out.open("w", encoding="utf-8-sig", newline="") as target:
            yield target
    except OSError as problem:
        raise Invalid(f"{out} cannot be written: {problem.strerror}.") from None


def _write(sheet: Sheet, place: int, target: TextIO, step: Step) -> None:
    writer = csv.writer(target, lineterminator="\n")
    added = _free_names(sheet.header)
    writer.writerow([*map(escape_cell, sheet.header), *added])
    for row in sheet.rows():
        writer.writerow(_scored(row, place, len(sheet.header)))
        step(1)


def _free_names(header: Sequence[str]) -> list[str]:
    """The added columns' names; one that the file has already gets a number behind."""
    taken = {name.casefold() for name in header}
    return [next(name for name in _numbered(wanted) if name not in taken) for wanted in ADDED]


def _numbered(name: str) -> Iterator[str]:
    return chain((name,), (f"{name} {number}" for number in count(2)))


def _scored(row: Row, place: int, width: int) -> list[str]:
    """The row, what was heard in its text, then any cells beyond the header."""
    reading = sentiment.read(row.cells[place])
    # Our own figure needs no protection: a plain number is no formula.
    heard = [f"{reading.polarity:.4f}", reading.label.value, "yes" if reading.offence else "no"]
    told = [escape_cell(cell) for cell in row.cells]
    return [*told[:width], *heard, escape_cell(_words(reading)), *told[width:]]


def _words(reading: Reading) -> str:
    strongest = sorted(reading.contributions, key=lambda one: -abs(one.weight))[:WORDS_SHOWN]
    return "; ".join(f"{' '.join(one.text.split())} {one.weight:+.2f}" for one in strongest)
