"""Facts about units of work."""

from pathlib import Path

import pytest
from sqlmodel import select

import db.engine
import db.settings
from casework.roles import Role
from db import accounts, clock
from db.accounts import AccountRow


def test_a_block_that_raises_leaves_nothing_behind(installation: Path) -> None:
    def begin_and_fail() -> None:
        with db.engine.transaction() as session:
            accounts.demo_actor(session, Role.OWNER, now=clock.now())
            raise LookupError

    with pytest.raises(LookupError):
        begin_and_fail()
    with db.engine.reading() as session:
        assert session.exec(select(AccountRow)).all() == []


def test_what_a_reading_changed_is_undone(installation: Path) -> None:
    with db.engine.reading() as session:
        accounts.demo_actor(session, Role.OWNER, now=clock.now())
    with db.engine.reading() as session:
        assert session.exec(select(AccountRow)).all() == []


def test_a_database_that_is_not_there_does_not_answer(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert db.engine.answers()
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/none?connect_timeout=1")
    db.settings.settings.cache_clear()
    db.engine.engine.cache_clear()
    assert not db.engine.answers()
