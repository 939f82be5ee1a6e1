"""Rows in batches, each text heard, in several processes at once where that pays."""

import gc
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
_AHEAD, _MOST_WAITING = 2, 40
"""Batches under way per process that helps, and results kept until those before are finished."""

Waiting = tuple[list[StreamRow], Future[list[Heard]]]

MOST_JOBS = 2
"""Unless told otherwise: each takes some 80 MB more, and two fit into 400 MB."""

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
    # What both processes read stays shared between them only while no collection touches it.
    gc.freeze()
    pool = ProcessPoolExecutor(jobs - 1, initializer=_leave_interrupts)
    try:
        yield _shared(pool, batches, column, wanted, jobs - 1)
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def _shared(
    pool: ProcessPoolExecutor,
    batches: Iterator[list[StreamRow]],
    column: str,
    wanted: Wanted,
    others: int,
) -> Iterator[Scored]:
    """Keep the others busy and work along, so that one process less is needed."""
    waiting: deque[Waiting] = deque()
    for rows in batches:
        texts = _texts(rows, column)
        if sum(not heard.done() for _, heard in waiting) < others * _AHEAD:
            waiting.append((rows, pool.submit(hear_many, texts, wanted)))
        else:
            mine: Future[list[Heard]] = Future()
            mine.set_result(hear_many(texts, wanted))
            waiting.append((rows, mine))
        while waiting and (waiting[0][1].done() or len(waiting) > _MOST_WAITING):
            yield _finished(waiting)
    while waiting:
        yield _finished(waiting)


def _finished(waiting: deque[Waiting]) -> Scored:
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
