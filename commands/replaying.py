"""Replaying: a plan for BoomerGames played in a synthetic world, and one choice changed."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from casework.errors import Invalid
from casework.replay import (
    EXAMPLE,
    USUAL,
    WORLD_PARAMETERS,
    Plan,
    Replay,
    as_json,
    as_text,
    one_changed,
    parameters,
    read_plan,
)
from casework.replay import replay as play
from casework.world import world
from commands.door import clear_errors, content_of, deliver

STDIN = Path("-")


class Style(StrEnum):
    """How a replay is printed."""

    TEXT = "text"
    JSON = "json"


def replay(
    *,
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Which world.")] = 7,
    plan: Annotated[
        Path | None, typer.Option(help="A plan in JSON, or - to read it from a pipe.")
    ] = None,
    style: Annotated[Style, typer.Option("--format", help="text or json")] = Style.TEXT,
    example: Annotated[
        bool, typer.Option("--example", help="Print an example of a plan to start from.")
    ] = False,
    numbers: Annotated[
        bool, typer.Option("--parameters", help="Print every number of the world, and its source.")
    ] = False,
) -> None:
    """Play a plan for Santa Run in a synthetic world, then again with one choice changed.

    Example: python cli.py replay --example > plan.json
    Example: python cli.py replay --seed 7 --plan plan.json
    """
    with clear_errors():
        if example:
            deliver(as_json(EXAMPLE), None)
        elif numbers:
            deliver(_numbers(style), None)
        else:
            deliver(_played(_chosen(plan), seed, style), None)


def _chosen(file: Path | None) -> Plan:
    if file is None:
        raise Invalid("Say what to play: --plan plan.json. An example of a plan: --example.")
    return read_plan(sys.stdin.buffer.read() if file == STDIN else content_of(file))


def _played(plan: Plan, seed: int, style: Style) -> str:
    people = world(seed)
    played = play(people, plan)
    others = [(each.change, play(people, each.plan)) for each in one_changed(plan)]
    if style is Style.TEXT:
        return as_text(played, others)
    rows = [{"change": change, **_figures(other)} for change, other in others]
    found = {**played.model_dump(mode="json"), **_figures(played), "one_choice_changed": rows}
    return json.dumps(found, indent=2, ensure_ascii=False)


def _figures(played: Replay) -> dict[str, float | None]:
    """What plans are compared by."""
    return {
        "stars": played.sales.stars,
        "net": round(played.money.net, 2),
        "clash_players_lost": played.lost.total,
    }


def _numbers(style: Style) -> str:
    found = (*parameters(USUAL), *WORLD_PARAMETERS)
    if style is Style.JSON:
        rows = [each.model_dump(mode="json") for each in found]
        return json.dumps(rows, indent=2, ensure_ascii=False)
    return "\n".join(
        f"{each.name:40}{each.value:>10,g} {each.unit:14}"
        f"{f'{each.low:.10g} to {each.high:.10g}':16}{each.source.label:20}{each.why}"
        for each in found
    )
