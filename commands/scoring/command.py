"""The command `score`: opens a table, hears its texts as they come, writes them with the result."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NamedTuple, cast

import typer

from casework.errors import Invalid
from casework.scored import Wanted
from casework.streaming import Stream, open_stream, text_column
from commands.door import clear_errors
from commands.scoring.batches import hearing, jobs_for
from commands.scoring.output import added_names, format_of, writer, writing
from commands.scoring.progress import Tally, moving
from commands.scoring.values import Format

BUFFER = 2**18
"""Bytes held of what is read; the beginning that is looked at fits in it."""

INTERRUPTED = 130

File = Annotated[
    Path, typer.Argument(help="A CSV, TSV, JSONL, .xlsx or Parquet file; - reads stdin.")
]
Column = Annotated[
    str | None, typer.Option(help="The column that holds the texts; guessed where one must.")
]
Out = Annotated[Path | None, typer.Option(help="Write to this file instead.")]
Written = Annotated[
    Format | None,
    typer.Option("--format", help="Write CSV or JSON Lines; by default as --out is called."),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Add TextBlob's own value and what each clause adds.")
]
Aspects = Annotated[
    bool, typer.Option("--aspects/--no-aspects", help="Say what each text is about.")
]
Jobs = Annotated[
    int | None, typer.Option(min=1, max=64, help="Processes; by default two for a large file.")
]
Encoding = Annotated[
    str | None, typer.Option(help="The file's encoding, where it is not found by itself.")
]


class Task(NamedTuple):
    """What to do with a table: what to add, by how many processes, where and how to write it."""

    wanted: Wanted
    jobs: int
    out: Path | None
    written: Format


def score(
    file: File,
    *,
    text: Column = None,
    out: Out = None,
    written: Written = None,
    explain: Explain = False,
    aspects: Aspects = True,
    jobs: Jobs = None,
    encoding: Encoding = None,
) -> None:
    """Add to every row how its text feels, what it is about, and which words say so.

    A file of any length is read as it comes. Rows that cannot be read are left out and named with
    their line; --out gets its name only when the result is whole.

    Example: python cli.py score reviews.csv --text review --out scored.csv
    """
    with clear_errors(), _ended_early(), _reading(file) as source:
        if out is not None and out.resolve() == file.resolve():
            raise Invalid("--out names the file that is read. Give the result another name.")
        wanted = Wanted(aspects=aspects, explain=explain)
        size = _size(source)
        task = Task(wanted, jobs or jobs_for(size), out, written or format_of(out))
        with open_stream(source, encoding=encoding) as stream:
            column = text_column(stream, text)
            if text is None:
                typer.echo(f"The texts are taken from “{column}”.", err=True)
            moved = source.raw.tell if size is not None and stream.total is None else None
            _run(stream, column, task, moved, size if moved else stream.total)


def _run(
    stream: Stream, column: str, task: Task, moved: Callable[[], int] | None, length: int | None
) -> None:
    """Write every row with what is heard in it; progress goes by bytes or by rows."""
    tally = Tally()
    added = added_names(stream.columns, task.wanted)
    rows = tally.counted(stream.rows)
    with (
        writing(task.out, task.written) as target,
        hearing(rows, column, task.wanted, task.jobs) as batches,
        moving(length) as step,
    ):
        write = writer(target, task.written, stream.columns, added)
        for scored in batches:
            write(scored)
            step(moved() if moved else tally.rows)
        target.flush()
    tally.tell()
    if task.out is not None:
        typer.echo(f"Written to {task.out}", err=True)


@contextmanager
def _reading(file: Path) -> Iterator[io.BufferedReader]:
    """The file or stdin, with a large buffer. Raises: Invalid when it cannot be opened."""
    if str(file) == "-":
        piped = _Piped(cast(io.RawIOBase, sys.stdin.buffer), BUFFER)
        try:
            yield piped
        finally:
            piped.detach()
        return
    try:
        source: io.BufferedReader = io.BufferedReader(io.FileIO(file), BUFFER)
    except OSError as problem:
        raise Invalid(f"{file} cannot be read: {problem.strerror}.") from None
    with source:
        yield source


class _Piped(io.BufferedReader):
    """Stdin with a buffer large enough to look at the beginning; read once, whatever it is."""

    def seekable(self) -> bool:
        return False


def _size(source: io.BufferedReader) -> int | None:
    return os.fstat(source.fileno()).st_size if source.seekable() else None


@contextmanager
def _ended_early() -> Iterator[None]:
    """End quietly when nobody reads on (`| head`), and with a line when interrupted."""
    try:
        yield
    except BrokenPipeError:
        # What is still held for stdout would raise again when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None
    except KeyboardInterrupt:
        typer.echo("\nStopped. No file was written.", err=True)
        raise typer.Exit(INTERRUPTED) from None
