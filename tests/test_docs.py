"""The documents say what is there: targets, commands, links, rooms, decisions, settings."""

import re
from itertools import count
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from cli import app
from tests.conftest import ROOT

DOCUMENTS = sorted(
    [
        *(ROOT / f"{name}.md" for name in ("README", "ARCHITECTURE", "CONTRIBUTING", "CHANGELOG")),
        *(ROOT / "docs").rglob("*.md"),
    ]
)
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_in(text: str) -> str:
    """What stands between backquotes and in fenced blocks."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_named_is_in_the_makefile(name: str) -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", code_in(text_of(name))))
    assert named
    assert named <= set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))


def test_the_readme_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"python cli\.py ([a-z]+)", text_of("README.md")))
    assert named == set(getattr(get_command(app), "commands"))  # noqa: B009 - click's, untyped


@pytest.mark.parametrize(
    "line", sorted(set(re.findall(r"cli\.py ([a-z -]+)", text_of("README.md"))))
)
def test_every_command_of_the_readme_explains_itself(line: str) -> None:
    words = [word for word in line.split() if not word.startswith("-")]
    command = get_command(app)
    known = [word for word in words[:2] if word in names_below(command, words)]
    shown = CliRunner().invoke(app, [*known, "--help"])
    assert shown.exit_code == 0, shown.output


def names_below(command: object, words: list[str]) -> set[str]:
    """The names of commands along these words."""
    found: set[str] = set()
    for word in words:
        children = getattr(command, "commands", {})
        found |= set(children)
        command = children.get(word)
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(document: Path) -> None:
    missing = [
        target
        for target in LINK.findall(document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert missing == []


def test_every_room_and_every_package_of_the_business_is_in_the_architecture() -> None:
    told = text_of("ARCHITECTURE.md")
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} | {"pages", "routes"}
    packages = {path.parent.name for path in (ROOT / "casework").glob("*/__init__.py")}
    assert {room for room in rooms if f"`{room}/" not in told} == set()
    assert {name for name in packages if f"`{name}/`" not in told} == set()


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/adr").glob("*.md"))
    assert numbers == [number for number, _ in zip(count(1), numbers, strict=False)]


def test_the_table_of_settings_names_exactly_what_is_read() -> None:
    read = set(re.findall(r'environment\.get\("([A-Z_]+)"', text_of("db/settings.py")))
    table = "\n".join(re.findall(r"^\| (`[^|]+) \|", text_of("docs/settings.md"), re.MULTILINE))
    assert set(re.findall(r"`([A-Z_]+)`", table)) == read
