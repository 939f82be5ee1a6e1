"""How far the scoring is, and what was odd about some rows, on stderr."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from casework.streaming import StreamRow
from commands.door import Step, progress_bar

LINES_SHOWN = 10


class Tally:
    """How many rows went through, and what was odd about some."""

    def __init__(self) -> None:
        self.rows = self.left_out = self.wide = 0

    def counted(self, rows: Iterator[StreamRow]) -> Iterator[StreamRow]:
        """The rows, counted; the first that cannot be read are named with their line."""
        for row in rows:
            self.rows += 1
            self.wide += bool(row.beyond)
            if row.problem:
                self._leave_out(row)
            yield row

    def _leave_out(self, row: StreamRow) -> None:
        self.left_out += 1
        if self.left_out <= LINES_SHOWN:
            typer.echo(f"Line {row.line:,} is left out: {row.problem}.", err=True)

    def tell(self) -> None:
        """What a person should know at the end."""
        if self.left_out:
            typer.echo(f"{self.left_out:,} of {self.rows:,} rows are left out.", err=True)
        if self.wide:
            typer.echo(
                f"{self.wide:,} rows have more cells than there are columns; is a separator "
                "unquoted? What is beyond stands behind the added columns.",
                err=True,
            )


@contextmanager
def moving(length: int | None) -> Iterator[Step]:
    """What it yields is told how far the work is: a bar, or a count where no end is known."""
    if length is None:
        yield _count
        if sys.stderr.isatty():
            typer.echo(err=True)
        return
    done = 0
    with progress_bar("Scoring", length) as step:

        def reach(place: int) -> None:
            nonlocal done
            step(place - done)
            done = place

        yield reach


def _count(rows: int) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\rScoring: {rows:,} rows", err=True, nl=False)
