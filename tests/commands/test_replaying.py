"""The replay from the terminal: an example, a plan played, and messages field by field."""

import json
from pathlib import Path

from tests.commands.conftest import Run, error


def written(folder: Path, content: str) -> Path:
    file = folder / "plan.json"
    file.write_text(content, encoding="utf-8")
    return file


def test_the_example_can_be_played_as_printed(run: Run, tmp_path: Path) -> None:
    example = run("replay", "--example")
    assert example.exit_code == 0
    said = run("replay", "--seed", "7", "--plan", written(tmp_path, example.stdout))
    assert said.exit_code == 0
    assert "A mixed group, then a beta · world 7" in said.stdout
    assert "Same world, one choice changed" in said.stdout


def test_a_plan_comes_from_a_pipe_and_the_same_seed_prints_the_same(run: Run) -> None:
    one = run("replay", "--plan", "-", typed='{"name": "Pizza"}')
    assert "Pizza · world 7" in one.stdout
    assert (
        one.stdout == run("replay", "--seed", "7", "--plan", "-", typed='{"name": "Pizza"}').stdout
    )
    assert (
        one.stdout != run("replay", "--seed", "8", "--plan", "-", typed='{"name": "Pizza"}').stdout
    )


def test_json_holds_the_whole_replay_and_every_choice_changed(run: Run) -> None:
    typed = run("replay", "--example").stdout
    said = json.loads(run("replay", "--plan", "-", "--format", "json", typed=typed).stdout)
    assert said["seed"] == 7
    assert len(said["heard"]) == 2
    assert said["net"] == round(3.2 * said["sales"]["buyers"] - 20_280, 2)
    changed = {each["change"]: each["net"] for each in said["one_choice_changed"]}
    assert changed["Ask nobody"] < said["net"]


def test_every_number_is_printed_with_its_source(run: Run) -> None:
    text = run("replay", "--parameters").stdout
    assert "kept_by_answer" in text
    assert "Course figure" in text
    rows = json.loads(run("replay", "--parameters", "--format", "json").stdout)
    assert {"name", "value", "unit", "low", "high", "source", "why"} == set(rows[0])
    assert len(rows) == len(text.splitlines()) > 50


def test_a_wrong_plan_is_refused_field_by_field(run: Run) -> None:
    wrong = '{"activities": [{"method": "beta", "how_many": 0}], "findings": "no"}'
    said = error(run("replay", "--plan", "-", typed=wrong))
    assert "activities[1].how_many: should be greater than or equal to 1." in said
    assert "activities[1].week: is missing." in said
    assert "findings: should be 'act' or 'ignore'." in said


def test_a_missing_plan_or_file_says_how_to_go_on(run: Run, tmp_path: Path) -> None:
    assert "--example" in error(run("replay"))
    assert "cannot be read" in error(run("replay", "--plan", tmp_path / "none.json"))
    assert "It is not JSON" in error(run("replay", "--plan", "-", typed=b"\xff\xfe"))


def test_a_seed_is_a_whole_number_from_nought(run: Run) -> None:
    assert run("replay", "--seed", "-1", "--example").exit_code == 2
