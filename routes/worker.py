"""What the house does by itself: one thread per process that takes turns beside the visitors."""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from db import alerts, leases, notices, rescoring, seats, sending
from db.clock import now
from db.engine import Database, transaction
from db.settings import settings

Turn = Callable[[Database], bool]
"""One small piece of work, well under a minute; True asks to be called again soon.

`database` is `db.engine.transaction`: each `with database() as session` is one unit of work, so
that nothing is held open while a turn talks to the outside.
"""

TURNS: tuple[Turn, ...] = (sending.turn, notices.turn, rescoring.take_turn, seats.tend, alerts.turn)
"""Everything done by turns, in this order, round and round."""

IDLE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 300.0
STOP_SECONDS = 1.0
LEASE = timedelta(minutes=2)
"""How long a process that died keeps the others from taking over."""

NAME = "worker"
log = logging.getLogger("casework.worker")


@dataclass
class _Standing:
    """When a task may be called again (monotonic seconds), and how often it failed in a row."""

    due: float = 0.0
    failures: int = 0


class Worker:
    """Calls its turns in one thread until stopped; of several processes one works at a time.

    The lease in the database keeps the others waiting. A turn that outlasts it may meet another
    process's, so whatever must happen once claims its rows itself, as the outbox does.
    """

    def __init__(
        self,
        turns: Sequence[Turn],
        database: Database = transaction,
        *,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._turns = tuple(turns)
        self._database = database
        self._idle = idle_seconds
        self._standings = [_Standing() for _ in self._turns]
        self._renewal = _Standing()
        self._stopping = threading.Event()
        self._token = secrets.token_hex(16)
        self._held_until = 0.0
        self._thread = threading.Thread(target=self._work, name="casework-worker", daemon=True)

    def start(self) -> None:
        """Begin to take turns."""
        self._thread.start()

    def stop(self) -> None:
        """Take no further turn; one under way is left behind and its claims lapse by themselves."""
        self._stopping.set()
        self._thread.join(STOP_SECONDS)

    def _work(self) -> None:
        while not self._stopping.is_set():
            busy = self._holds() and self._round()
            self._stopping.wait(0 if busy else self._idle)
        if self._held_until:
            self._guarded(self._release)

    def _round(self) -> bool:
        """Call every turn that is due; whether one of them has more to do."""
        more = False
        for turn, standing in zip(self._turns, self._standings, strict=True):
            if self._stopping.is_set() or standing.due > time.monotonic():
                continue
            more |= self._holds() and self._take(turn, standing)
        return more

    def _take(self, turn: Turn, standing: _Standing) -> bool:
        outcome = self._guarded(turn)
        if outcome is None:
            standing.failures += 1
            doubled = self._idle * 2 ** min(standing.failures, 16)
            standing.due = time.monotonic() + min(doubled, LONGEST_PAUSE_SECONDS)
            return False
        standing.failures, standing.due = 0, 0.0
        return outcome

    def _guarded(self, turn: Turn) -> bool | None:
        """What a turn says; None when it failed, of which the log hears the kind and no words."""
        try:
            return turn(self._database)
        except Exception as wrong:  # noqa: BLE001 - one task's error must not end the others
            # Messages of errors may quote what a customer wrote; the place is enough to look.
            name = getattr(turn, "__qualname__", "a turn")
            log.error("%s.%s failed: %s", turn.__module__, name, type(wrong).__name__)
            return None

    def _holds(self) -> bool:
        """Whether this process is the one to work; renewed when half the lease is over."""
        if time.monotonic() < self._held_until - LEASE.total_seconds() / 2:
            return True
        started = time.monotonic()
        held = self._renewal.due <= started and self._take(self._renew, self._renewal)
        self._held_until = started + LEASE.total_seconds() if held else 0.0
        return held

    def _renew(self, database: Database) -> bool:
        with database() as session:
            return leases.hold(session, NAME, self._token, now=now(), length=LEASE)

    def _release(self, database: Database) -> bool:
        with database() as session:
            leases.release(session, NAME, self._token)
        return True


@contextmanager
def working() -> Iterator[None]:
    """Take turns for as long as the block lasts, unless this installation asked for none."""
    if not settings().worker:
        yield
        return
    worker = Worker(TURNS)
    worker.start()
    try:
        yield
    finally:
        worker.stop()
