"""The terminal door. `python cli.py --help` lists the commands, each with an example."""

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module

import typer

COMMANDS = {
    "serve": "setting_up.serve",
    "migrate": "setting_up.migrate",
    "demo": "setting_up.demo",
    "score": "scoring.score",
    "rescore": "rescoring.rescore",
    "plan": "planning.plan",
    "draw": "drawing.draw",
    "redraw": "drawing.redraw",
    "verdict": "deciding.verdict",
    "summary": "deciding.summary",
    "review": "deciding.review",
    "replay": "replaying.replay",
    "account": "setting_up.account",
    "import": "importing.app",
    "outbox": "outbox.app",
}
"""Where each command, or group of commands, stands in `commands/`."""


def offer(names: Iterable[str]) -> typer.Typer:
    """A door with these commands; only what they need is loaded, which saves time and memory."""
    door = typer.Typer(
        help="Casework: ask the loyal customers before the launch, and decide honestly.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    # With a callback a single command keeps its name.
    door.callback()(lambda: None)
    for name in names:
        module, _, called = COMMANDS[name].partition(".")
        found = getattr(import_module(f"commands.{module}"), called)
        if isinstance(found, typer.Typer):
            door.add_typer(found, name=name)
        else:
            door.command(name)(found)
    return door


def asked_for(words: Sequence[str]) -> Iterable[str]:
    """The command that is called, or all where a person has to choose one."""
    return words[:1] if words and words[0] in COMMANDS else COMMANDS


if __name__ == "__main__":
    offer(asked_for(sys.argv[1:]))()
else:
    app = offer(COMMANDS)
