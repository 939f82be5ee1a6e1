"""Parquet, batch by batch, so that a row group of any size is never held as a whole."""

import io
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import JsonValue

from casework.errors import Invalid
from casework.streaming.stream import StreamRow

MARK = b"PAR1"
_BATCH = 1_000
_BUFFER = 2**20
_BROKEN = "This Parquet file cannot be read: it is cut off or damaged. Write it again."


def read_parquet(source: io.BufferedReader) -> tuple[tuple[str, ...], Iterator[StreamRow], int]:
    """Columns, rows counted from 1, and how many there are. Raises: Invalid."""
    try:
        file = pq.ParquetFile(source, buffer_size=_BUFFER, pre_buffer=False)
    except (pa.ArrowException, OSError):
        raise Invalid(_BROKEN) from None
    return tuple(map(str, file.schema_arrow.names)), _rows(file), int(file.metadata.num_rows)


def _rows(file: pq.ParquetFile) -> Iterator[StreamRow]:
    number = 0
    try:
        for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
            for fields in batch.to_pylist():
                number += 1
                yield StreamRow(number, {name: _plain(told) for name, told in fields.items()})
    except (pa.ArrowException, OSError):
        raise Invalid(f"{_BROKEN} It could be read up to row {number:,}.") from None


def _plain(value: object) -> JsonValue:
    """A value as JSON knows it: times, decimals and bytes become text."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, dict):
        return {str(name): _plain(told) for name, told in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return str(value)
