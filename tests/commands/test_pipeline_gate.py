"""The verdict as a gate in a pipeline: it fails on what it was told to fail on, and on mistakes."""

import re
from pathlib import Path

import pytest

from casework.verdict import Outcome
from commands.deciding import OUTCOMES
from tests.commands.conftest import Run, error

GUIDE = Path(__file__).parents[2] / "docs/pipelines.md"


def gate(run: Run, build: str, listed: str) -> int:
    return run("verdict", "santa-run", "--build", build, "--fail-on", listed).exit_code


def test_only_a_listed_outcome_fails(demonstrated: Path, run: Run) -> None:
    # 0.9.0 offends and is a NO-GO; 0.9.1 waits for a review.
    assert gate(run, "0.9.0", "no-go,not-enough") == 20
    assert gate(run, "0.9.0", "hold, invalid") == 0
    assert gate(run, "0.9.1", "no-go,not-enough") == 0
    assert gate(run, "0.9.1", "hold") == 15
    assert run("verdict", "santa-run", "--build", "0.9.0").exit_code == 20


@pytest.mark.parametrize("listed", ["nogo", "no-go,go", "", "no-go,"])
def test_a_wrong_name_never_opens_the_gate(ready: Path, run: Run, listed: str) -> None:
    said = error(run("verdict", "santa-run", "--fail-on", listed))
    assert "There are: go-with-conditions, hold, no-go, not-enough, invalid." in said


def test_every_outcome_but_go_can_be_listed() -> None:
    assert set(OUTCOMES.values()) == set(Outcome) - {Outcome.GO}


def test_the_guide_names_each_outcome_with_its_status() -> None:
    rows = re.findall(r"\| `([a-z-]+)` \| ([A-Z -]+) \| (\d+) \|", GUIDE.read_text("utf-8"))
    told = {name: (Outcome(outcome), int(status)) for name, outcome, status in rows}
    assert told == {name: (one, one.exit_code) for name, one in OUTCOMES.items()}


def test_the_examples_list_only_names_there_are() -> None:
    lists = re.findall(r"--fail-on ([a-z,-]+)", GUIDE.read_text("utf-8"))
    assert lists
    assert all(set(one.split(",")) <= set(OUTCOMES) for one in lists)
