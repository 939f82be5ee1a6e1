"""The database connection, and the only place that begins and commits transactions.

Source of the SQLite settings: measured with 8 threads, deferred transactions lost 668 of 800
read-then-write transactions to "database is locked"; BEGIN IMMEDIATE lost none.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session as Session  # doors name its type without asking SQLModel

from db.settings import settings

BUSY_TIMEOUT_MS = 15_000

Database = Callable[[], AbstractContextManager[Session]]
"""What opens units of work, such as `transaction`: each `with database() as session` is one. Given
by a door to whatever must store between two talks with the outside."""


def database_url() -> str:
    """`DATABASE_URL`, or a SQLite file under `data/`."""
    return settings().database_url


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL with the settings that were measured."""
    parsed = sa.make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=20)
    if parsed.database:
        Path(parsed.database).resolve().parent.mkdir(parents=True, exist_ok=True)
    made = sa.create_engine(parsed, connect_args={"check_same_thread": False})
    sa.event.listen(made, "connect", _prepare_sqlite)
    sa.event.listen(made, "begin", _begin_sqlite)
    return made


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("SQLite's own driver is expected.")
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    deferred = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN DEFERRED" if deferred else "BEGIN IMMEDIATE")


@cache
def engine() -> Engine:
    """The engine of this process, made at first use."""
    return make_engine(database_url())


@contextmanager
def transaction() -> Iterator[Session]:
    """One unit of work: committed at the end of the block, undone when anything raises."""
    with Session(engine(), expire_on_commit=False) as session:
        yield session
        session.commit()


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only reads; whatever it changed is undone.

    Closing it undoes and detaches; a rollback would also empty the rows that were read.
    """
    bound = engine().execution_options(reading=True)
    with Session(bound, expire_on_commit=False) as session:
        yield session


def answers() -> bool:
    """Whether the database answers a question right now."""
    try:
        with reading() as session:
            return bool(session.connection().scalar(sa.text("SELECT 1")) == 1)
    except sa.exc.SQLAlchemyError:
        return False
