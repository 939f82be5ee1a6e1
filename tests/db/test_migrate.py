"""Facts about bringing a database up to date."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Engine

import db.engine
from casework.roles import Role
from db import accounts, clock
from db.migrate import config, is_current, upgrade
from db.models import metadata

FAMILY = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("note", sa.String))
    op.create_table("child", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_id", sa.Integer,
            sa.ForeignKey("parent.id", ondelete="CASCADE", name="fk_child")))
"""
REBUILD = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    with op.batch_alter_table("parent") as batch:
        batch.alter_column("note", type_=sa.Text, nullable=True)
"""
ORPHAN = """
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.execute("INSERT INTO child (id, parent_id) VALUES (9, 9)")
"""


@pytest.fixture
def bare(engine_url: str) -> Iterator[Engine]:
    """A database without tables."""
    made = db.engine.make_engine(engine_url)
    yield made
    made.dispose()


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        found: list[object] = compare_metadata(MigrationContext.configure(connection), metadata)
    return found


def test_migrations_make_the_tables_the_models_describe(bare: Engine) -> None:
    assert differences(bare)
    assert not is_current(bare)
    upgrade(bare)
    assert differences(bare) == []
    assert is_current(bare)


def test_migrating_again_changes_nothing_and_keeps_every_row(bare: Engine) -> None:
    upgrade(bare)
    with db.engine.Session(bare) as session:
        accounts.demo_actor(session, Role.OWNER, now=clock.now())
        session.commit()
    upgrade(bare)
    with bare.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM account")) == 1


@pytest.fixture
def family(bare: Engine, tmp_path: Path) -> Path:
    """Migrations of another database, at the first of two: a parent and her child."""
    (tmp_path / "0001.py").write_text(FAMILY)
    upgrade(bare, settled=config(tmp_path))
    with bare.begin() as connection:
        connection.execute(sa.text("INSERT INTO parent (id) VALUES (1)"))
        connection.execute(sa.text("INSERT INTO child (id, parent_id) VALUES (1, 1)"))
    return tmp_path


def children(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(sa.text("SELECT count(*) FROM child")) or 0)


def test_a_rebuilt_parent_keeps_her_children(bare: Engine, family: Path) -> None:
    (family / "0002.py").write_text(REBUILD)
    upgrade(bare, settled=config(family))
    assert children(bare) == 1


def test_a_migration_that_leaves_an_orphan_is_undone_whole(bare: Engine, family: Path) -> None:
    (family / "0002.py").write_text(ORPHAN)
    with pytest.raises((RuntimeError, sa.exc.IntegrityError)):
        upgrade(bare, settled=config(family))
    assert children(bare) == 1
    with bare.connect() as connection:
        heads = MigrationContext.configure(connection).get_current_heads()
    assert heads == ("0001",)


def test_foreign_keys_are_watched_again_after_a_migration(bare: Engine, family: Path) -> None:
    (family / "0002.py").write_text(REBUILD)
    upgrade(bare, settled=config(family))
    with pytest.raises(sa.exc.IntegrityError), bare.begin() as connection:
        connection.execute(sa.text("INSERT INTO child (id, parent_id) VALUES (2, 77)"))
