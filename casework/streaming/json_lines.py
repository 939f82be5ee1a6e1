"""JSON Lines: an object a line; a line that is none is one row's problem."""

import io
import json
from collections.abc import Iterator
from itertools import islice

from casework.errors import Invalid
from casework.streaming.lines import Lines
from casework.streaming.stream import LOOK_AT_ROWS, StreamRow


def looks_like_json(shown: str) -> bool:
    """Whether a text begins with an object, or with a list of objects."""
    begins = "".join(shown[:1_000].lstrip("\ufeff \t\r\n").split())[:2]
    return begins[:1] == "{" or begins == "[{"


def read_json_lines(
    text: io.TextIOWrapper, shown: str
) -> tuple[tuple[str, ...], Iterator[StreamRow]]:
    """The keys of the first rows as columns, and all rows. Raises: Invalid for one long list."""
    if shown.lstrip("\ufeff \t\r\n").startswith("["):
        raise Invalid(
            "This file is one JSON list. Write each of its objects on a line of its own, for "
            "example by jq -c '.[]'."
        )
    rows = _rows(text)
    head = list(islice(rows, LOOK_AT_ROWS))
    columns = tuple(dict.fromkeys(key for row in head for key in row.fields))
    if not columns:
        raise Invalid("None of the first lines is a JSON object with values. Check the file.")
    return columns, _chained(head, rows)


def _chained(head: list[StreamRow], rows: Iterator[StreamRow]) -> Iterator[StreamRow]:
    yield from head
    yield from rows


def _rows(text: io.TextIOWrapper) -> Iterator[StreamRow]:
    lines = Lines(text)
    for line in lines:
        problem = lines.problem
        lines.forget()
        if written := line.strip("\ufeff \t\r\n"):
            row = _row(lines.read, written)
            yield row._replace(problem=problem) if problem else row


def _row(number: int, written: str) -> StreamRow:
    try:
        value = json.loads(written)
    except (ValueError, RecursionError) as problem:
        return StreamRow(number, {}, problem=f"it is no complete JSON object ({problem})")
    if not isinstance(value, dict):
        return StreamRow(number, {}, problem="it is no JSON object")
    return StreamRow(number, value)
