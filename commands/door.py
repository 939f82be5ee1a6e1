"""What every command shares: who acts, how errors end, how progress shows."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from casework.errors import CaseworkError, Invalid
from casework.roles import Actor, Role
from db.engine import engine
from db.migrate import is_current

USAGE_ERROR = 2
OPERATOR = Actor(role=Role.OWNER, name="command line")
"""Whoever can run commands on this machine may do what an owner may."""


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn what a person can mend into one line on stderr and exit status 2."""
    try:
        yield
    except CaseworkError as problem:
        fail(str(problem))
    except ValidationError as problem:
        first = problem.errors()[0]
        fail(f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
    except (SQLAlchemyError, ModuleNotFoundError, sqlite3.DatabaseError):
        fail("The database does not answer. Check DATABASE_URL, then run “make migrate”.")


def fail(message: str) -> None:
    """End with one line on stderr. Raises: typer.Exit."""
    typer.echo(f"Error: {' '.join(message.split())}", err=True)
    raise typer.Exit(USAGE_ERROR)


def require_database() -> None:
    """Refuse to work on a database that is not up to date. Raises: Invalid."""
    if not is_current(engine()):
        raise Invalid("The database is not set up yet. Run “python cli.py migrate” first.")


Step = Callable[[int], None]


@contextmanager
def progress_bar(label: str, length: int) -> Iterator[Step]:
    """A bar on stderr; what it yields moves it on."""
    with typer.progressbar(length=length, label=label, file=typer.get_text_stream("stderr")) as bar:
        yield bar.update


def content_of(file: Path) -> bytes:
    """A file's bytes. Raises: Invalid when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as problem:
        raise Invalid(f"{file} cannot be read: {problem.strerror}.") from None


def deliver(text: str, out: Path | None) -> None:
    """Print, or write to a file. Raises: Invalid when it cannot be written."""
    if out is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        return
    put(text.encode(), out)


def put(content: bytes, out: Path) -> None:
    """Write a file and say so. Raises: Invalid when it cannot be written."""
    try:
        out.write_bytes(content)
    except OSError as problem:
        raise Invalid(f"{out} cannot be written: {problem.strerror}.") from None
    typer.echo(f"Written to {out}", err=True)
