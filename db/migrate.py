"""Bringing a database up to date, without an alembic.ini and from any folder."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"


def config(versions: Path = MIGRATIONS / "versions") -> Config:
    """What Alembic needs to know; the connection is handed over in `attributes`."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.set_main_option("version_locations", str(versions))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(engine: Engine, *, to: str = "head", settled: Config | None = None) -> None:
    """Apply every migration the database has not seen yet, each whole or not at all.

    On SQLite foreign keys rest meanwhile and are checked before the commit: a rebuilt parent
    with ON DELETE CASCADE would otherwise silently delete every child.
    """
    with engine.connect() as connection:
        _set_foreign_keys(connection, on=False)
        try:
            with connection.begin():
                chosen = settled or config()
                chosen.attributes["connection"] = connection
                command.upgrade(chosen, to)
                _check_foreign_keys(connection)
        finally:
            _set_foreign_keys(connection, on=True)


def is_current(engine: Engine) -> bool:
    """Whether the database has every migration this version of the product knows."""
    with engine.connect() as connection:
        applied = set(MigrationContext.configure(connection).get_current_heads())
    return applied == set(ScriptDirectory.from_config(config()).get_heads())


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    """SQLite ignores this pragma inside a transaction, so it goes to the raw connection."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        if raw is not None:
            raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
    if broken:
        tables = sorted({str(row[0]) for row in broken})
        raise RuntimeError(f"Migration undone: rows without a parent in {', '.join(tables)}.")
