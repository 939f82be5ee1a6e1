"""A study with very many answers, multiplied by the database itself from a thousand.

Every copy is another customer with an answer of their own, a minute after the one before.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import Session

COPIED = 1_000
"""Rows of each table that are there already and are multiplied."""

_SHIFTED = {
    "id": "{name} + {shift}",
    "ref": "CAST(id + {shift} AS VARCHAR)",
    "customer_id": "{name} + {shift}",
    "participant_id": "{name} + {shift}",
    "received_at": "strftime('%Y-%m-%d %H:%M:%f000', {name}, '+' || ({shift}) || ' minutes')",
}
TABLES = ("customer", "participant", "consent", "funnel_event", "feedback")


def multiply(session: Session, answers: int) -> None:
    """Bring a SQLite study of a thousand answers to so many: a multiple of a thousand."""
    inspector = sa.inspect(session.connection())
    for table in TABLES:
        names = [column["name"] for column in inspector.get_columns(table)]
        session.execute(sa.text(_copying(table, names)), {"copies": answers // COPIED - 1})
    session.execute(sa.text("ANALYZE"))


def _copying(table: str, names: list[str]) -> str:
    chosen = ", ".join(_values(names))
    # The names come from the database's own tables.
    return (
        f"WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < :copies) "  # noqa: S608
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {chosen} FROM copy, {table} "
        f"WHERE {table}.id <= {COPIED} AND :copies > 0 ORDER BY n, {table}.id"
    )


def _values(names: list[str]) -> Iterator[str]:
    for name in names:
        yield _SHIFTED.get(name, "{name}").format(name=name, shift=f"n * {COPIED}")
