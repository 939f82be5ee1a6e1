"""A table read once from its beginning, a row at a time, however long it is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import JsonValue

LOOK_AT_ROWS = 500
"""Rows read before the first is handed on: they tell the columns and which holds the texts."""

LONGEST_LINE = 16 * 2**20
"""Characters of one row. A longer one is an open quotation mark, or no table at all."""

Fields = Mapping[str, JsonValue]


class StreamRow(NamedTuple):
    """One row; `line` is where a person finds it in the file, counted from 1.

    `beyond` are cells to the right of the last column; `problem` says why a row cannot be read.
    """

    line: int
    fields: Fields
    beyond: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Stream:
    """A table whose rows can be gone through once.

    `head` are the first rows, which `rows` begins with too; `total` is the number of rows where the
    file says it. Going through the rows raises Invalid where the file turns out broken.
    """

    columns: tuple[str, ...]
    head: tuple[StreamRow, ...]
    rows: Iterator[StreamRow]
    total: int | None = None


def numbered_apart(
    wanted: str, taken: Callable[[str], bool], *, separator: str = " ", first: int = 2
) -> str:
    """The name, or with the first free number behind it where it is taken."""
    name, number = wanted, first
    while taken(name):
        name, number = f"{wanted}{separator}{number}", number + 1
    return name
