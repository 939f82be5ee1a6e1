"""Every command tells what it does and shows an example that names it."""

from collections.abc import Iterator

import pytest
import typer
from typer.testing import CliRunner

from cli import app


def commands(group: typer.Typer, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words that call each command, groups walked through."""
    for info in group.registered_commands:
        assert info.callback is not None
        yield (*path, info.name or info.callback.__name__.replace("_", "-"))
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from commands(inner.typer_instance, (*path, inner.name or ""))


EVERY = sorted(commands(app))


def test_the_terminal_offers_what_the_manual_promises() -> None:
    promised = {"demo", "migrate", "serve", "score", "verdict", "review"}
    assert promised <= {words[0] for words in EVERY}
    assert {("account", "add"), *(("import", kind) for kind in KINDS)} <= set(EVERY)


KINDS = ("customers", "interactions", "feedback")


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_help_shows_an_example_of_the_command(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*words, "--help"])
    assert shown.exit_code == 0
    told = " ".join(shown.stdout.split())
    assert "Example: " in told
    assert f"python cli.py {' '.join(words)}" in told.partition("Example: ")[2]


def test_without_a_command_the_terminal_lists_them() -> None:
    shown = CliRunner().invoke(app, [])
    for words in EVERY:
        assert words[0] in shown.output


def test_an_unknown_command_is_a_usage_error() -> None:
    assert CliRunner().invoke(app, ["launch"]).exit_code == 2
