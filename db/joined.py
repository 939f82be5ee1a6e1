"""A whole column of a result as one text, written by the database and read by NumPy.

A million values come back ten times as fast as in a million rows of Python objects.
"""

from datetime import UTC, datetime
from typing import TypeVar

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Times = NDArray[np.datetime64]
Value = TypeVar("Value", int, float, str, int | None, str | None)


def joined(what: sa.ColumnExpressionArgument[Value]) -> sa.ColumnElement[str]:
    """All values of a column, in the order in which the database meets the rows; no NULL in it.

    Columns joined in one query stand in the same order.
    """
    return sa.func.aggregate_strings(sa.cast(what, sa.String), ",")


class moments(sa.sql.functions.GenericFunction[str]):  # noqa: N801 - a function of SQL
    """A moment as text in UTC, to the microsecond."""

    type = sa.String()
    inherit_cache = True


@compiles(moments, "sqlite")
def _kept_as_text(element: moments, compiler: SQLCompiler, **_: object) -> str:
    return compiler.process(element.clauses)


@compiles(moments, "postgresql")
def _written_as_text(element: moments, compiler: SQLCompiler, **_: object) -> str:
    moment = compiler.process(element.clauses)
    return f"to_char({moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"


def integers(text: str | None) -> Integers:
    """The numbers of a joined column; None stands for no rows."""
    return np.fromstring(text or "", dtype=np.int64, sep=",")


def times(text: str | None) -> Times:
    """The moments of a joined column, in microseconds UTC."""
    return np.array(text.split(",") if text else [], dtype="datetime64[us]")


def instant(at: datetime) -> np.datetime64:
    """A moment as it stands among the moments of a joined column."""
    return np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "us")
