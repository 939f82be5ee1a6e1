"""The terminal on an installation of its own: real files, a real database, the real program."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from typer.testing import CliRunner, Result

import db.engine
from cli import app
from db.migrate import config

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Call the program: `run("verdict", "santa-run")`; `typed` is what a person enters."""

    def call(*words: str | Path, typed: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], input=typed)

    return call


@pytest.fixture
def ready(installation: Path) -> Path:
    """An up-to-date database without a row; the folder is for the test's files."""
    _stamp()
    return installation


@pytest.fixture
def demonstrated(seeded: Path) -> Path:
    """An up-to-date database with the demonstration in it."""
    _stamp()
    return seeded


def _stamp() -> None:
    """The tables were made from the models; say that every migration is in them."""
    settled = config()
    with db.engine.engine().begin() as connection:
        settled.attributes["connection"] = connection
        command.stamp(settled, "head")


def error(result: Result) -> str:
    """The one line that a refused command ends with."""
    assert result.exit_code == 2, result.output
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert "Traceback" not in result.output
    return line.removeprefix("Error: ")
