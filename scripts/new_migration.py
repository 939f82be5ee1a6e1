"""Write the next migration from the difference between the models and a freshly migrated database.

Usage: python scripts/new_migration.py "Add the problem table"
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.script import ScriptDirectory

from db.engine import make_engine
from db.migrate import config, upgrade


def write(message: str) -> None:
    """Number it after the last one and put it beside the others."""
    settled = config()
    number = len(list(ScriptDirectory.from_config(settled).walk_revisions())) + 1
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'scratch.db'}")
        upgrade(engine)
        with engine.connect() as connection:
            settled.attributes["connection"] = connection
            command.revision(settled, message, autogenerate=True, rev_id=f"{number:04d}")


if __name__ == "__main__":
    write(" ".join(sys.argv[1:]) or sys.exit("Say in a few words what the migration does."))
