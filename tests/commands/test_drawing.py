"""Drawing from the terminal: dry runs come again, quotas hold, real draws seat people."""

import json
from pathlib import Path

import pytest

from casework.roles import CASE_STUDY
from db import draws, studies
from db.activities import of_study
from db.engine import reading
from tests.commands.conftest import Run, error


def test_a_dry_run_prints_seats_reserves_and_chances_and_comes_again(
    run: Run, demonstrated: Path
) -> None:
    asked = ("draw", CASE_STUDY, "--seats", "8", "--seed", "7", "--format", "json")
    words = (*asked, "--quota", "platform:ios:3:4", "--quota", "region:Latin America:2:")
    first, again = run(*words), run(*words)
    assert first.exit_code == 0
    assert first.stdout == again.stdout
    told = json.loads(first.stdout)
    assert (told["dry_run"], told["seed"], len(told["seats"])) == (True, "7", 8)
    assert 0 < told["minimum_ratio"] <= told["median_ratio"]
    assert len(told["roster_digest"]) == 64
    reserves = [one for profile in told["profiles"] for one in profile["reserves"]]
    assert len(reserves) + 8 == told["eligible"]
    assert {"platform", "region", "chance", "ratio"} <= set(told["profiles"][0])


def test_as_text_the_smallest_chance_stands_out(run: Run, demonstrated: Path) -> None:
    shown = run("draw", CASE_STUDY, "--seed", "7")
    assert "Dry run, nobody is seated." in shown.stdout
    assert "Smallest chance 1.000 of the even one" in shown.stdout


def test_a_dry_run_is_logged_as_such(run: Run, demonstrated: Path) -> None:
    run("draw", CASE_STUDY, "--seed", "7")
    with reading() as session:
        study = studies.by_slug(session, CASE_STUDY)
        rows = [row for one in of_study(session, study) for row in draws.of_activity(session, one)]
    assert [(row.dry_run, row.seed) for row in rows] == [(True, "7")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--save", "--seed", "7"), "makes its own seed"),
        (("--quota", "region:Mars:1:2"), "No customer has region “Mars”"),
        (("--quota", "shoe size:42:1:2"), "“shoe size” is no trait"),
        (("--quota", "region:EU:many:2"), "is no quota"),
        (("--quota", "platform:ios:3:1"), "the minimum of 3 is above the maximum of 1"),
        (("--activity", "Nothing"), "has no such activity"),
        (("--quota", "platform:ios:9:"), "platform ios: min 9 → 8"),
        (("--save",), "has ended"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_line(
    run: Run, demonstrated: Path, words: tuple[str, ...], says: str
) -> None:
    shown = run("draw", CASE_STUDY, *words)
    assert shown.exit_code == 2
    assert says in shown.stderr


def published_dry_run(folder: Path) -> Path:
    with reading() as session:
        study = studies.by_slug(session, CASE_STUDY)
        activity, row = next(
            (one, row)
            for one in of_study(session, study)
            for row in draws.of_activity(session, one)
        )
        path = folder / "draw.json"
        path.write_text(draws.published(row, activity).model_dump_json(), encoding="utf-8")
        return path


def test_anybody_with_the_public_record_draws_the_same_seats_again(
    run: Run, demonstrated: Path
) -> None:
    drawn = json.loads(run("draw", CASE_STUDY, "--seed", "7", "--format", "json").stdout)
    shown = run("redraw", published_dry_run(demonstrated))
    assert shown.exit_code == 0
    assert "the same 8 seats" in shown.stdout
    assert f"Seats: {', '.join(map(str, drawn['seats']))}" in shown.stdout


def test_a_record_that_was_changed_or_is_none_is_refused(run: Run, demonstrated: Path) -> None:
    run("draw", CASE_STUDY, "--seed", "7")
    path = published_dry_run(demonstrated)
    told = json.loads(path.read_text(encoding="utf-8"))
    told["seats"] = told["seats"][::-1]
    path.write_text(json.dumps(told), encoding="utf-8")
    assert "not the seats that this seed draws" in error(run("redraw", path))
    path.write_text("{}", encoding="utf-8")
    assert "not the whole public record" in error(run("redraw", path))
    assert "cannot be read" in error(run("redraw", demonstrated / "nothing.json"))
