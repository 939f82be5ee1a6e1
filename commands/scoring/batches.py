"""Rows in batches, each text heard, in several processes at once where that pays."""

import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

from casework.scored import Heard, Wanted, hear_many
from casework.streaming import Fields, StreamRow

BATCH = 500
_WAITING = 3
"""Batches under way per process: enough to keep each busy, few enough to stay small."""

MOST_JOBS = 8
WORTH_BYTES = 4 * 2**20
"""A smaller file is read before a second process has started."""


class Scored(NamedTuple):
    """Rows and what was heard in each."""

    rows: Sequence[StreamRow]
    heard: Sequence[Heard]


def jobs_for(size_bytes: int | None) -> int:
    """Processes for a file of this size; one where the size is unknown."""
    if size_bytes is None or size_bytes < WORTH_BYTES:
        return 1
    return min(os.cpu_count() or 1, MOST_JOBS)


@contextmanager
def hearing(
    rows: Iterator[StreamRow], column: str, wanted: Wanted, jobs: int
) -> Iterator[Iterator[Scored]]:
    """The rows with what was heard, in their order whatever the number of processes."""
    batches = iter(lambda: list(islice(rows, BATCH)), [])
    if jobs <= 1:
        yield (Scored(rows, hear_many(_texts(rows, column), wanted)) for rows in batches)
        return
    pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts)
    try:
        yield _in_turn(pool, batches, column, wanted, jobs * _WAITING)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_turn(
    pool: ProcessPoolExecutor,
    batches: Iterator[list[StreamRow]],
    column: str,
    wanted: Wanted,
    most: int,
) -> Iterator[Scored]:
    waiting: deque[tuple[list[StreamRow], Future[list[Heard]]]] = deque()
    for rows in batches:
        waiting.append((rows, pool.submit(hear_many, _texts(rows, column), wanted)))
        if len(waiting) >= most:
            yield _finished(waiting)
    while waiting:
        yield _finished(waiting)


def _finished(waiting: deque[tuple[list[StreamRow], Future[list[Heard]]]]) -> Scored:
    rows, heard = waiting.popleft()
    return Scored(rows, heard.result())


def _texts(rows: Sequence[StreamRow], column: str) -> list[str]:
    return [text_in(row.fields, column) for row in rows]


def text_in(fields: Fields, column: str) -> str:
    """The text of a row; none where the cell is empty, and a number as it is written."""
    told = fields.get(column)
    if told is None:
        return ""
    return told if isinstance(told, str) else str(told)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
