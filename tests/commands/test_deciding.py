"""Deciding from the terminal: the exit status is the verdict."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from casework.builds import Build
from casework.criteria import LaunchCriteria, Profile, profile_criteria
from casework.feedback import Answer
from db import builds, clock, criteria, feedback
from db.engine import transaction
from tests.betas import OWNER, a_beta, a_study
from tests.commands.conftest import Run, error

KEYS = {
    "study",
    "build",
    "outcome",
    "scope",
    "reasons",
    "conditions",
    "answers",
    "answers_needed",
    "criteria",
    "gates",
    "registered",
    "digest",
}
CRITERION = {
    "metric",
    "direction",
    "threshold",
    "floor",
    "segment",
    "answers",
    "observed",
    "interval",
    "crossed",
}
REVIEW = ("review", "santa-run", "--gate", "values", "--by", "Nora", "--reason", "Scene removed")


def test_the_first_build_is_no_go_and_the_first_reason_is_the_offence(
    demonstrated: Path, run: Run
) -> None:
    result = run("verdict", "santa-run", "--build", "0.9.0", "--format", "json")
    assert result.exit_code == 20
    said = json.loads(result.stdout)
    assert (said["study"], said["build"], said["outcome"]) == ("santa-run", "0.9.0", "NO-GO")
    assert said["reasons"][0].startswith("offended")


def test_json_has_exactly_the_promised_keys(demonstrated: Path, run: Run) -> None:
    said = json.loads(run("verdict", "santa-run", "--format", "json").stdout)
    assert set(said) == KEYS
    assert all(set(one) == CRITERION for one in said["criteria"])
    assert all(set(one) == {"name", "clear", "detail"} for one in said["gates"])
    assert set(said["registered"]) == {"version", "digest", "at"}
    metrics = {one["metric"] for one in said["criteria"]}
    assert all(reason.partition(" ")[0].strip(":,") in metrics for reason in said["reasons"])


def test_the_newest_build_is_on_hold_until_its_values_are_reviewed(
    demonstrated: Path, run: Run
) -> None:
    held = run("verdict", "santa-run", "--format", "json")
    assert (held.exit_code, json.loads(held.stdout)["outcome"]) == (15, "HOLD")
    assert json.loads(held.stdout)["build"] == "0.9.1"
    reviewed = run(*REVIEW)
    assert reviewed.exit_code == 0
    assert "The values gate of santa-run is reviewed." in reviewed.stderr
    then = run("verdict", "santa-run", "--format", "json")
    assert (then.exit_code, json.loads(then.stdout)["outcome"]) == (0, "GO")


def test_criteria_without_answers_are_not_enough_evidence(ready: Path, run: Run) -> None:
    at = clock.now()
    with transaction() as session:
        study = a_study(session)
        builds.add_build(session, OWNER, study, Build(version="0.9.0", added_at=at), now=at)
        plan = LaunchCriteria(
            study=study.slug,
            build="0.9.0",
            profile=Profile.staged,
            answers=60,
            closes_at=at + timedelta(days=10),
            criteria=profile_criteria(Profile.staged, 60),
            loyalty_policy="rfm-1",
            scorer_version="1.0",
        )
        criteria.register(session, OWNER, study, plan, now=at)
    result = run("verdict", "santa-run", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["answers"]) == (30, 0)


def test_answers_without_criteria_are_invalid(ready: Path, run: Run) -> None:
    at = clock.now()
    with transaction() as session:
        beta = a_beta(session, at)
        feedback.receive(session, beta.actor, beta.tester.id or 0, Answer(csat=5), now=at)
    result = run("verdict", "santa-run", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["outcome"]) == (40, "INVALID")


def test_the_summary_is_printed_as_markdown_unless_asked_otherwise(
    demonstrated: Path, run: Run
) -> None:
    plain = run("verdict", "santa-run", "--build", "0.9.0")
    asked = run("verdict", "santa-run", "--build", "0.9.0", "--format", "md")
    assert plain.stdout == asked.stdout
    assert plain.stdout.startswith("# ")
    assert "NO-GO" in plain.stdout
    assert plain.exit_code == 20


def test_the_summary_as_html_is_one_file_that_stands_alone(demonstrated: Path, run: Run) -> None:
    page = demonstrated / "summary.html"
    result = run("verdict", "santa-run", "--build", "0.9.0", "--format", "html", "--out", page)
    assert (result.exit_code, result.stdout) == (20, "")
    assert f"Written to {page}" in result.stderr.replace("\n", "")
    text = page.read_text(encoding="utf-8")
    assert text.lstrip().lower().startswith("<!doctype html>")
    assert "NO-GO" in text
    assert "<script src" not in text
    assert '<link rel="stylesheet"' not in text


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("pdf", b"%PDF-"),
        ("csv", b"PK"),
        ("html", b"<!doctype html>"),
        ("one-page", b"# Santa Run: launch summary\n\n## NO-GO for 0.9.0"),
        ("md", b"# Santa Run: launch summary\n\n## NO-GO for 0.9.0"),
        ("json", b'{"as_of":'),
    ],
)
def test_the_summary_is_written_in_every_form(
    demonstrated: Path, run: Run, form: str, begins: bytes
) -> None:
    file = demonstrated / "summary"
    words = ("summary", "santa-run", "--build", "0.9.0", "--format", form)
    result = run(*words, "--output", file)
    assert result.exit_code == 0, result.stderr
    assert file.read_bytes().lstrip().startswith(begins)


def test_the_summary_is_printed_where_it_is_text_and_needs_a_file_where_not(
    demonstrated: Path, run: Run
) -> None:
    printed = run("summary", "santa-run", "--build", "0.9.0", "--format", "one-page")
    assert printed.exit_code == 0
    assert len(printed.stdout.replace("|", " ").split()) <= 200
    assert "--output" in error(run("summary", "santa-run", "--format", "pdf"))


def test_what_cannot_be_written_is_said(demonstrated: Path, run: Run) -> None:
    nowhere = demonstrated / "missing" / "verdict.json"
    assert "cannot be written" in error(
        run("verdict", "santa-run", "--format", "json", "--out", nowhere)
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("verdict", "sleigh-ride"), "There are: santa-run."),
        (("verdict", "santa-run", "--build", "7.7"), "7.7"),
        (("review", "sleigh-ride", *REVIEW[2:]), "There are: santa-run."),
        ((*REVIEW[:7], ""), "Say in a sentence why"),
    ],
    ids=["unknown study", "unknown build", "review of an unknown study", "review without a reason"],
)
def test_a_wrong_name_is_one_clear_line_and_exit_2(
    demonstrated: Path, run: Run, words: tuple[str, ...], told: str
) -> None:
    assert told in error(run(*words))


@pytest.mark.parametrize(
    "words",
    [("verdict", "santa-run", "--format", "pdf"), ("review", "santa-run", "--gate", "taste")],
    ids=["format", "gate"],
)
def test_a_word_that_is_no_choice_is_a_usage_error(
    ready: Path, run: Run, words: tuple[str, ...]
) -> None:
    assert run(*words).exit_code == 2
