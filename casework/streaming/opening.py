"""Which kind of table a stream is, told from its first bytes rather than its name."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from casework.errors import Invalid
from casework.streaming.columnar import MARK, read_parquet
from casework.streaming.delimited import read_delimited
from casework.streaming.json_lines import looks_like_json, read_json_lines
from casework.streaming.letters import text_of
from casework.streaming.stream import LOOK_AT_ROWS, Stream, StreamRow
from casework.tabular import FILE_LIMIT_BYTES, read_sheet

_ZIP = b"PK\x03\x04"
_OTHER = (
    (b"\x1f\x8b", "This file is packed by gzip. Unpack it first, or pipe: gunzip -c FILE | … -"),
    (bytes.fromhex("d0cf11e0a1b11ae1"), "This is an old Excel file. Save it as .xlsx or as CSV."),
)


@contextmanager
def open_stream(source: io.BufferedReader, *, encoding: str | None = None) -> Iterator[Stream]:
    """The table in a CSV, TSV, JSON Lines, XLSX or Parquet file or in a pipe, read as it comes.

    The source needs a large buffer, for its beginning decides. Parquet and XLSX from a pipe are
    held as a whole, since their contents stand at the end.

    Raises:
        Invalid: saying what is wrong with the file and what to do about it.
    """
    begin = source.peek()
    for mark, told in _OTHER:
        if begin.startswith(mark):
            raise Invalid(told)
    if begin.startswith(_ZIP):
        yield _workbook(source)
    elif begin.startswith(MARK):
        yield _made(*read_parquet(_in_place(source)))
    else:
        with text_of(source, encoding) as text:
            yield _text(text, begin)


def _text(text: io.TextIOWrapper, begin: bytes) -> Stream:
    shown = begin.decode(text.encoding, errors="ignore")
    read = read_json_lines if looks_like_json(shown) else read_delimited
    return _made(*read(text, shown))


def _workbook(source: io.BufferedReader) -> Stream:
    sheet = read_sheet(_bounded(source))
    rows = (
        StreamRow(
            row.line,
            dict(zip(sheet.header, row.cells, strict=False)),
            row.cells[len(sheet.header) :],
        )
        for row in sheet.rows()
    )
    return _made(sheet.header, rows)


def _in_place(source: io.BufferedReader) -> io.BufferedReader:
    """The source, or what a pipe brings, to be read from any place."""
    if source.seekable():
        return source
    return io.BufferedReader(io.BytesIO(_bounded(source)))


def _bounded(source: io.BufferedReader) -> bytes:
    content = source.read(FILE_LIMIT_BYTES + 1)
    if len(content) > FILE_LIMIT_BYTES:
        most = FILE_LIMIT_BYTES // 2**20
        raise Invalid(f"This file holds more than {most} MB. Save it as CSV, which has no limit.")
    return content


def _made(columns: tuple[str, ...], rows: Iterator[StreamRow], total: int | None = None) -> Stream:
    head = tuple(islice(rows, LOOK_AT_ROWS))
    if not head:
        raise Invalid("The file names columns but has no rows below them.")
    return Stream(columns, head, _after(head, rows), total)


def _after(head: tuple[StreamRow, ...], rows: Iterator[StreamRow]) -> Iterator[StreamRow]:
    yield from head
    yield from rows
