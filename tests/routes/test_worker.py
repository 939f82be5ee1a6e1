"""Facts about the worker: it goes on after an error, stops at once, and works in one place."""

import logging
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from db.engine import Database, transaction
from db.settings import settings
from routes import worker
from routes.worker import Worker, working

SECRET_WORDS = "Ada wrote: I hate the Grinch"
Said = list[str]


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.01)


def counting(said: Said, name: str = "turn") -> Callable[[Database], bool]:
    def turn(database: Database) -> bool:
        with database() as session:
            session.connection()
        said.append(name)
        return False

    return turn


def test_turns_are_taken_round_and_round_until_stopped(installation: Path) -> None:
    said: Said = []
    running = Worker([counting(said, "a"), counting(said, "b")], transaction, idle_seconds=0.01)
    running.start()
    wait_until(lambda: len(said) >= 4)
    running.stop()
    assert said[:4] == ["a", "b", "a", "b"]
    done = len(said)
    time.sleep(0.1)
    assert len(said) == done


def test_whoever_has_more_to_do_is_called_again_without_a_pause(installation: Path) -> None:
    said: Said = []

    def busy(_database: Database) -> bool:
        said.append("more")
        return len(said) < 50

    running = Worker([busy], transaction, idle_seconds=60)
    running.start()
    wait_until(lambda: len(said) == 50)
    running.stop()


def test_a_turn_that_fails_keeps_the_others_going_and_waits_longer_each_time(
    installation: Path, caplog: pytest.LogCaptureFixture
) -> None:
    said: Said = []
    failed: list[float] = []

    def broken(_database: Database) -> bool:
        failed.append(time.monotonic())
        raise RuntimeError(SECRET_WORDS)

    with caplog.at_level(logging.ERROR, logger="casework.worker"):
        running = Worker([broken, counting(said)], transaction, idle_seconds=0.02)
        running.start()
        wait_until(lambda: len(failed) >= 4)
        running.stop()
    assert len(said) > len(failed)
    pauses = [later - earlier for earlier, later in pairwise(failed)]
    assert all(pause >= 0.02 * 2**count for count, pause in enumerate(pauses, 1))
    assert "broken failed: RuntimeError" in caplog.text
    assert SECRET_WORDS not in caplog.text


def test_stopping_takes_no_longer_than_a_second_even_in_the_middle_of_a_turn(
    installation: Path,
) -> None:
    begun, release = threading.Event(), threading.Event()

    def endless(_database: Database) -> bool:
        begun.set()
        return release.wait(30)

    running = Worker([endless], transaction, idle_seconds=60)
    running.start()
    assert begun.wait(10)
    started = time.monotonic()
    running.stop()
    assert time.monotonic() - started < 1.5
    release.set()


def test_stopping_an_idle_worker_does_not_wait_for_its_pause(installation: Path) -> None:
    said: Said = []
    running = Worker([counting(said)], transaction, idle_seconds=60)
    running.start()
    wait_until(lambda: bool(said))
    started = time.monotonic()
    running.stop()
    assert time.monotonic() - started < 1


def test_of_two_processes_one_works_and_the_other_takes_over_when_it_stops(
    installation: Path,
) -> None:
    first, second = Said(), Said()
    one = Worker([counting(first)], transaction, idle_seconds=0.01)
    other = Worker([counting(second)], transaction, idle_seconds=0.01)
    one.start()
    wait_until(lambda: len(first) >= 2)
    other.start()
    wait_until(lambda: len(first) >= 20)
    assert second == []
    one.stop()
    wait_until(lambda: len(second) >= 2)
    other.stop()


def test_the_worker_is_off_in_tests_and_on_where_it_is_asked_for(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: Said = []
    monkeypatch.setattr(worker, "TURNS", (counting(said),))
    with working():
        time.sleep(0.1)
    assert said == []
    monkeypatch.setenv("CASEWORK_WORKER", "1")
    settings.cache_clear()
    with working():
        wait_until(lambda: bool(said))


def test_without_its_tables_the_worker_asks_less_and_less_often(
    installation: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction() as session:
        session.connection().exec_driver_sql("DROP TABLE lease")
    said: Said = []
    running = Worker([counting(said)], transaction, idle_seconds=0.05)
    with caplog.at_level(logging.ERROR, logger="casework.worker"):
        running.start()
        time.sleep(1)
        running.stop()
    # Pauses of 0.1, 0.2, 0.4 and 0.8 seconds: asked at 0, 0.1, 0.3 and 0.7.
    assert 1 <= caplog.text.count("_renew failed: OperationalError") <= 4
    assert said == []
