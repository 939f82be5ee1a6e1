"""Setting up from the terminal: migrations, the demonstration, accounts."""

from pathlib import Path

import pytest
from sqlmodel import select

import db.engine
from casework.roles import Role
from db import accounts, clock, customers, studies
from db.engine import reading, transaction
from db.migrate import is_current
from tests.betas import a_study
from tests.commands.conftest import Run, error

PASSWORD = "a long enough password"
TWICE = f"{PASSWORD}\n{PASSWORD}\n"


@pytest.fixture
def bare(installation: Path) -> Path:
    """No database at all yet."""
    db.engine.engine().dispose()
    (installation / "casework.db").unlink()
    return installation


def slugs() -> list[str]:
    with reading() as session:
        return [study.slug for study in studies.all_studies(session)]


def test_migrating_makes_a_database_and_again_changes_nothing(bare: Path, run: Run) -> None:
    assert not is_current(db.engine.engine())
    assert run("migrate").exit_code == 0
    assert is_current(db.engine.engine())
    assert run("migrate").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("verdict", "santa-run"),
        ("review", "santa-run", "--gate", "values", "--by", "N", "--reason", "R"),
        ("import", "customers", "x.csv"),
        ("import", "feedback", "x.csv", "--study", "santa-run"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_before_migrating_a_command_says_what_to_do(
    bare: Path, run: Run, words: tuple[str, ...]
) -> None:
    assert "Run “python cli.py migrate” first" in error(run(*words))


def test_loading_anew_with_yes_clears_everything_but_the_accounts(ready: Path, run: Run) -> None:
    """One run of the real thing; it takes seconds, so it answers for the first load too."""
    with transaction() as session:
        a_study(session, "sleigh-ride")
    assert run("account", "add", "nora@studio.example", typed=TWICE).exit_code == 0
    loaded = run("demo", "--fresh", "--yes")
    assert loaded.exit_code == 0
    assert "Loading the demonstration" in loaded.stderr
    assert loaded.stdout == ""
    assert slugs() == ["santa-run"]
    with reading() as session:
        assert customers.count(session) == 7_000
        assert accounts.of_email(session, "nora@studio.example") is not None
    assert run("verdict", "santa-run", "--build", "0.9.0").exit_code == 20


def test_a_database_with_data_keeps_it(demonstrated: Path, run: Run) -> None:
    again = run("demo")
    assert again.exit_code == 0
    assert "There is data already" in again.stderr


def test_loading_anew_never_takes_another_study_along(demonstrated: Path, run: Run) -> None:
    with transaction() as session:
        a_study(session, "sleigh-ride")
    assert "they would be lost" in error(run("demo", "--fresh"))
    assert sorted(slugs()) == ["santa-run", "sleigh-ride"]


def test_an_account_that_was_added_can_sign_in(ready: Path, run: Run) -> None:
    added = run("account", "add", "nora@studio.example", "--role", "owner", typed=TWICE)
    assert added.exit_code == 0
    assert "nora@studio.example can sign in now." in added.stderr
    assert PASSWORD not in added.output
    with transaction() as session:
        actor = accounts.sign_in(
            session, "nora@studio.example", PASSWORD, address="here", now=clock.now()
        )
        assert actor is not None
        assert (actor.role, actor.name) == (Role.OWNER, "nora@studio.example")


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        (("nora@studio.example",), "short\nshort\n"),
        (("nowhere",), TWICE),
        (("nora@studio.example", "--role", "customer"), TWICE),
        (("nora@studio.example", "--role", "king"), TWICE),
        (("nora@studio.example",), f"{PASSWORD}\nanother one\n"),
    ],
    ids=["short password", "no address", "customers are invited", "no such role", "mistyped"],
)
def test_an_account_that_cannot_be_is_not_added(
    ready: Path, run: Run, words: tuple[str, ...], typed: str
) -> None:
    assert run("account", "add", *words, typed=typed).exit_code in (1, 2)
    with reading() as session:
        assert session.exec(select(accounts.AccountRow)).all() == []


def test_an_address_gets_one_account(ready: Path, run: Run) -> None:
    assert run("account", "add", "nora@studio.example", typed=TWICE).exit_code == 0
    assert (
        "nora@studio.example"
        in error(run("account", "add", "Nora@studio.example", typed=TWICE)).casefold()
    )


def test_a_database_that_does_not_answer_is_one_line(
    installation: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = installation / "a folder"
    blocked.mkdir()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{blocked}")
    for cached in (db.settings.settings, db.engine.engine):
        cached.cache_clear()
    assert error(run("migrate")).startswith("The database does not answer.")


@pytest.mark.parametrize("url", ["garbage", "mysql://u:p@127.0.0.1:1/x"])
def test_an_address_that_is_no_database_of_ours_is_one_line(
    installation: Path, run: Run, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    forgetful = (db.settings.settings, db.engine.engine)
    with monkeypatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        for cached in forgetful:
            cached.cache_clear()
        assert error(run("migrate")).startswith("The database does not answer.")
    for cached in forgetful:
        cached.cache_clear()
