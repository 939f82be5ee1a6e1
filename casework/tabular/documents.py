"""JSON as programs export it, also when it breaks off: whole records first, then what is wrong."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from casework.errors import Invalid
from casework.tabular.sheet import ROW_LIMIT, Row, Sheet

_LIST = re.compile(r"\ufeff?\s*\[\s*\{")
_BLANK = re.compile(r"\s*")
_DECODER = json.JSONDecoder()
_LOOK_AT_RECORDS = 1_000
_SHOWN = 500

Value = Mapping[str, object]


class Record(NamedTuple):
    """One JSON object and the line where it begins; with a `problem`, what stands there instead."""

    line: int
    value: Value
    problem: str = ""
    shown: str = ""


def is_lines(text: str) -> bool:
    """Whether it is JSON Lines: the first line that is not blank is an object of its own."""
    first = text.lstrip().partition("\n")[0].strip()
    return first.startswith("{") and isinstance(_object(first), dict)


def is_json(text: str) -> bool:
    """Whether it begins as JSON does."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def is_list(text: str) -> bool:
    """Whether it is a list of objects and nothing else around."""
    return bool(_LIST.match(text))


def records_of_lines(text: str) -> Iterator[Record]:
    """The objects of a JSON Lines file; a line that is none has a problem."""
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        if not line:
            continue
        value = _object(line)
        if isinstance(value, dict):
            yield Record(number, value)
        else:
            yield Record(number, {}, "The line is no complete JSON object.", line[:_SHOWN])


def records_of_list(text: str, key: str) -> Iterator[Record]:
    """The objects in the list called `key`, or in a file that is a list itself.

    Several pages, an object a line, are read one after the other. Where the file breaks off or is
    damaged, one last record says so: nothing after it was read.

    Raises:
        Invalid: when there is no such list.
    """
    if not _has_pages(text):
        yield from _of_page(text, key, 0)
        return
    for before, page in enumerate(text.split("\n")):
        if not page.strip():
            continue
        if before and _list_begins(page, key) is None:
            yield Record(before + 1, {}, f"This line has no list called “{key}”.", page[:_SHOWN])
        else:
            yield from _of_page(page, key, before)


def _has_pages(text: str) -> bool:
    return is_lines(text) and text.lstrip().partition("\n")[2].lstrip().startswith("{")


def _of_page(text: str, key: str, before: int) -> Iterator[Record]:
    """The objects of one list, the first line of which is number `before` + 1 of the file."""
    at = _list_begins(text, key)
    if at is None:
        raise Invalid(f"The file has no list called “{key}”. Export it again.")
    line, counted = before + 1, 0
    while (at := _skip(text, at)) < len(text) and text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield Record(line, {}, _breaks(line), text[at : at + _SHOWN])
            return
        yield _checked(line, value)
        at = _skip(text, end)
        at += text[at : at + 1] == ","
    if text[at : at + 1] != "]":
        line += text.count("\n", counted, at)
        yield Record(line, {}, _breaks(line), "(end of the file)")


def sheet_of_lines(text: str) -> Sheet:
    """A JSON Lines file as a table: a column per key, objects within as `key.key`."""
    return sheet_of_records(lambda: records_of_lines(text))


def sheet_of_records(
    records: Callable[[], Iterator[Record]], header: Sequence[str] | None = None
) -> Sheet:
    """Records as a table; without a header, the keys of the first thousand records are columns."""
    columns = tuple(header) if header is not None else _columns(records())

    def rows() -> Iterator[Row]:
        for count, one in enumerate(records()):
            if count >= ROW_LIMIT:
                raise Invalid(f"The file has more than {ROW_LIMIT:,} rows. Split it.")
            if one.problem:
                yield Row(one.line, (one.shown, *("",) * (len(columns) - 1)), one.problem)
            else:
                flat = dict(_flat(one.value))
                yield Row(one.line, tuple(flat.get(name, "") for name in columns))

    return Sheet(header=columns, rows=rows)


def keys_of(records: Iterable[Record]) -> tuple[str, ...]:
    """The keys of some records, each once, those of objects within as `key.key`."""
    return tuple(dict.fromkeys(name for one in records for name, _ in _flat(one.value)))


def _columns(records: Iterator[Record]) -> tuple[str, ...]:
    found = keys_of(islice(records, _LOOK_AT_RECORDS))
    if not found:
        raise Invalid("No line of this file is a JSON object with values. Export it again.")
    return found


def _flat(value: Value, before: str = "") -> Iterator[tuple[str, str]]:
    for key, told in value.items():
        if isinstance(told, dict) and not before:
            yield from _flat(told, f"{key}.")
        else:
            yield f"{before}{key}", _as_cell(told)


def _as_cell(told: object) -> str:
    if told is None:
        return ""
    if isinstance(told, bool):
        return "yes" if told else "no"
    if isinstance(told, str):
        return told.strip()
    return json.dumps(told, ensure_ascii=False)


def _object(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _checked(line: int, value: object) -> Record:
    if isinstance(value, dict):
        return Record(line, value)
    return Record(line, {}, "This entry of the list is no JSON object.", str(value)[:_SHOWN])


def _breaks(line: int) -> str:
    return (
        f"The file breaks off or is damaged at line {line}. What comes before was read; export "
        "it again for the rest."
    )


def _list_begins(text: str, key: str) -> int | None:
    """Where the list's first entry may stand; None where the file has no such list."""
    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        return at + 1
    at += 1
    while text[at : at + 1] == '"' or text[(at := _skip(text, at)) : at + 1] == '"':
        try:
            name, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
            if name == key:
                return at + 1 if text[at : at + 1] == "[" else None
            at = _skip(text, _DECODER.raw_decode(text, at)[1]) + 1
        except (ValueError, RecursionError):
            return None
    return None


def _skip(text: str, at: int) -> int:
    """The next place that is not blank, a mark of the encoding included."""
    found = _BLANK.match(text, at + (text[at : at + 1] == "\ufeff"))
    return found.end() if found else at
