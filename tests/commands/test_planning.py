"""Planning from the terminal: testers needed, the curve, and messages that say how to go on."""

import json

import pytest

from tests.commands.conftest import Run, error

SPECIFIED = ("plan", "--metric", "csat", "--threshold", ".70", "--truth", ".80")


@pytest.mark.parametrize(("power", "needed"), [(".8", 126), (".9", 172)])
def test_the_specified_answers_are_printed_with_the_curve(
    run: Run, power: str, needed: int
) -> None:
    said = run(*SPECIFIED, "--power", power)
    assert said.exit_code == 0
    assert f"chance of GO: {needed}\n" in said.stdout
    assert "Smallest N that can ever GO: 9\n" in said.stdout
    (row,) = [line.split() for line in said.stdout.splitlines() if line.startswith(f"{needed:>6}")]
    assert float(row[1].rstrip("%")) >= 100 * float(power)


def test_the_same_as_json(run: Run) -> None:
    said = json.loads(run(*SPECIFIED, "--power", ".9", "--floor", ".65", "--format", "json").stdout)
    assert (said["testers_needed"], said["least_answers"], said["truth"]) == (172, 9, 0.8)
    at = {one["answers"]: one for one in said["curve"]}
    assert at[172]["go"] >= 0.9
    assert sum(at[172][name] for name in ("go", "conditions", "no_go", "not_enough")) == (
        pytest.approx(1.0)
    )
    assert at[172]["conditions"] > 0.05


def test_a_good_build_is_assumed_where_nothing_is_said(run: Run) -> None:
    said = run("plan", "--metric", "offended", "--threshold", ".02", "--format", "json")
    # A quarter of the limit; 402 answers by the specification.
    assert json.loads(said.stdout)["truth"] == 0.005
    assert json.loads(said.stdout)["testers_needed"] == 402


def test_a_profile_is_simulated_as_a_whole(run: Run) -> None:
    said = run("plan", "--profile", "staged")
    assert said.exit_code == 0
    assert "on all criteria: about " in said.stdout
    assert "Upset or offended" in said.stdout
    found = json.loads(run("plan", "--profile", "staged", "--format", "json").stdout)
    assert found["answers"] >= 120
    assert {need["metric"] for need in found["needs"]} == {"csat", "crash_free", "offended"}


def test_a_stop_check_never_says_go(run: Run) -> None:
    said = run("plan", "--profile", "stop_check").stdout
    assert said.startswith("A stop check never says GO")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--metric", "csat"), "takes --metric and --threshold"),
        (("--threshold", ".7"), "either --metric with --threshold, or --profile"),
        (("--metric", "csat", "--threshold", "70"), "must lie between 0 and 1"),
        (("--metric", "csat", "--threshold", ".7", "--truth", "1.3"), "must lie between 0 and 1"),
        (("--metric", "csat", "--threshold", ".7", "--truth", ".7"), "will not help"),
        (("--metric", "csat", "--threshold", ".7", "--power", "1"), "between 0 and 1, such as .8"),
        (("--metric", "nps", "--threshold", ".2", "--power", ".7"), "80 % or 90 %"),
    ],
)
def test_what_cannot_be_planned_is_said_in_one_line(
    run: Run, words: tuple[str, ...], told: str
) -> None:
    assert told in error(run("plan", *words))
