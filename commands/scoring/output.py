"""Writes scored rows as CSV or JSON Lines, to a terminal, a pipe or a file that is whole."""

import csv
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

from casework.errors import Invalid
from casework.scored import Heard, Wanted
from casework.streaming import StreamRow, numbered_apart
from casework.text import escape_cell
from commands.scoring.batches import Scored
from commands.scoring.values import AS_CELL, AS_JSON, Format, cell

Write = Callable[[Scored], None]


def added_names(columns: Sequence[str], wanted: Wanted) -> dict[str, str]:
    """What is added, each under a name of its own; one that the file has gets a number behind."""
    added = ["polarity", "label", "offence", "aspects", "words"]
    added = [name for name in added if wanted.aspects or name != "aspects"]
    added += ["textblob", "subjectivity", "explanation"] if wanted.explain else []
    taken = {name.casefold() for name in columns}
    return {name: numbered_apart(name, taken.__contains__) for name in added}


def format_of(out: Path | None) -> Format:
    """As the file's name says; CSV where it says nothing."""
    lines = out is not None and out.suffix.lower() in (".jsonl", ".ndjson")
    return Format.jsonl if lines else Format.csv


def writer(target: TextIO, written: Format, columns: Sequence[str], added: dict[str, str]) -> Write:
    """Writes what is heard, batch by batch; a CSV's header at once."""
    if written is Format.jsonl:
        return partial(_write_json, target, added)
    out = csv.writer(target, lineterminator="\n")
    out.writerow([*map(escape_cell, columns), *added.values()])

    def write(scored: Scored) -> None:
        out.writerows(
            _cells(row, heard, columns, added)
            for row, heard in zip(scored.rows, scored.heard, strict=True)
            if not row.problem
        )

    return write


def _cells(
    row: StreamRow, heard: Heard, columns: Sequence[str], added: dict[str, str]
) -> list[str]:
    """The row, what was heard in its text, then any cells beyond the header."""
    told = [cell(row.fields.get(name)) for name in columns]
    # Our own figures need no protection: a plain number is no formula.
    told += [AS_CELL[name](heard) for name in added]
    return told + [cell(one) for one in row.beyond] if row.beyond else told


def _write_json(target: TextIO, added: dict[str, str], scored: Scored) -> None:
    for row, heard in zip(scored.rows, scored.heard, strict=True):
        if row.problem:
            continue
        told = {**row.fields, **({"beyond": list(row.beyond)} if row.beyond else {})}
        for name, called in added.items():
            told[numbered_apart(called, told.__contains__)] = AS_JSON[name](heard)
        target.write(json.dumps(told, ensure_ascii=False))
        target.write("\n")


@contextmanager
def writing(out: Path | None, written: Format) -> Iterator[TextIO]:
    """Where the result goes; a file gets its name only when it is whole.

    Raises:
        Invalid: when it cannot be written.
    """
    if out is None:
        yield sys.stdout
        return
    # Spreadsheets know a CSV as UTF-8 by its mark; in JSON it would be an error.
    encoding = "utf-8-sig" if written is Format.csv else "utf-8"
    special = out.exists() and not out.is_file()
    part = out if special else out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding=encoding, errors="replace", newline="") as target:
            yield target
        if not special:
            part.replace(out)
    except OSError as problem:
        raise Invalid(f"{out} cannot be written: {problem.strerror}.") from None
    finally:
        if not special:
            part.unlink(missing_ok=True)
