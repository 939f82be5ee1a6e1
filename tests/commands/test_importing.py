"""Importing from the terminal: counts on stdout, what was set aside on stderr, real files."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import select

from db import clock, customers, outside, studies
from db.customers import CustomerRow, InteractionRow
from db.engine import reading, transaction
from db.feedback import FeedbackRow
from tests import examples
from tests.betas import OWNER, a_beta
from tests.commands.conftest import Run, error

PEOPLE = "id,name,email\nP1,Ann,ann@example.com\nP2,Bob,nowhere\nP3,Cleo,\n"
BOUGHT = "customer,date,amount\nP1,2026-01-02,4.99\nP9,2026-01-03,1\nP3,2026-02-30,2\n"


def file(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_customers_are_counted_and_bad_rows_named_by_line(ready: Path, run: Run) -> None:
    result = run("import", "customers", file(ready, PEOPLE))
    assert result.exit_code == 0
    assert result.stdout == "2 added, 0 updated, 0 already there, 1 set aside.\n"
    assert "Line 3: “nowhere” is not an e-mail address." in result.stderr
    with reading() as session:
        assert session.exec(select(CustomerRow.name)).all() == ["Ann", "Cleo"]


def test_importing_again_tells_what_changed_and_what_did_not(ready: Path, run: Run) -> None:
    run("import", "customers", file(ready, PEOPLE))
    again = run("import", "customers", file(ready, PEOPLE.replace("Cleo", "Chloe")))
    assert again.stdout == "0 added, 1 updated, 1 already there, 1 set aside.\n"


def test_interactions_of_known_customers_are_taken(ready: Path, run: Run) -> None:
    run("import", "customers", file(ready, PEOPLE))
    result = run("import", "interactions", file(ready, BOUGHT))
    assert result.stdout == "1 added, 0 updated, 0 already there, 2 set aside.\n"
    assert "Line 3: No customer has the id “P9”." in result.stderr
    assert "Line 4: “2026-02-30” is not a possible date." in result.stderr
    with reading() as session:
        assert session.exec(select(InteractionRow.spend_cents)).all() == [499]


def test_a_workbook_is_taken_as_a_text_file_is(ready: Path, run: Run) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("id", "name"), (1, "Ann"), (2, "Bob")):
        book.active.append(row)
    book.save(ready / "people.xlsx")
    assert run("import", "customers", ready / "people.xlsx").stdout.startswith("2 added")


def test_of_many_bad_rows_the_first_are_named_and_the_rest_counted(ready: Path, run: Run) -> None:
    bad = "".join(f"P{i},nowhere\n" for i in range(25))
    result = run("import", "customers", file(ready, f"id,email\nP99,\n{bad}"))
    assert result.stderr.count("Line ") == 10
    assert "… and 15 more rows set aside." in result.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"\x00\x01\x02\x03" * 100, "This file holds no text."),
        (b"id,name\n", "no rows below it"),
        (b"colour,size\nred,7\n", "No column was found for"),
        (b"id,email\nP1,nowhere\n", "No row of bad.csv can be imported."),
        (
            b'id,name\nP1,"Ann\nP2,Bob\nP3,Cleo\n',
            "Line 2 of the file cannot be read: a quotation mark",
        ),
        (b"PK\x03\x04 not a workbook", "cannot be read"),
    ],
    ids=["empty", "binary", "no rows", "wrong columns", "all bad", "open quote", "broken workbook"],
)
def test_a_bad_file_is_one_clear_line_and_stores_nothing(
    ready: Path, run: Run, content: bytes, told: str
) -> None:
    (ready / "bad.csv").write_bytes(content)
    assert told in error(run("import", "customers", ready / "bad.csv"))
    with reading() as session:
        assert customers.count(session) == 0


def test_a_file_that_is_not_there_is_one_clear_line(ready: Path, run: Run) -> None:
    assert "missing.csv cannot be read" in error(run("import", "customers", ready / "missing.csv"))
    assert "cannot be read" in error(run("import", "customers", ready))


def test_feedback_of_a_tester_is_an_answer_and_of_others_a_voice(ready: Path, run: Run) -> None:
    with transaction() as session:
        beta = a_beta(session, clock.now())
    survey = file(
        ready,
        "customer,comment,stars,offended\n"
        f"{beta.activity.id}-Ada,The Grinch is cruel,2,yes\n"
        "somebody,Great fun,5,\n"
        "else,Too bright,6,\n",
    )
    result = run("import", "feedback", survey, "--study", "santa-run")
    assert result.exit_code == 0
    assert result.stdout == (
        "Testers’ answers: 1 added, 0 updated, 0 already there. "
        "Outside voices: 1 added, 0 updated, 0 already there. 1 set aside.\n"
    )
    assert "Line 4: “6” is not a mark" in result.stderr
    assert "Build 0.9.0 has no launch criteria yet." in result.stderr
    with reading() as session:
        (answer,) = session.exec(select(FeedbackRow))
        study = studies.by_slug(session, "santa-run")
        (voice,) = outside.find(session, OWNER, study).voices
    assert answer.model_dump(include={"csat", "offended"}) == {"csat": 2, "offended": True}
    assert (voice.text, voice.stars, voice.source) == ("Great fun", 5, "file.csv")
    again = run("import", "feedback", survey, "--study", "santa-run")
    assert "0 added, 0 updated, 1 already there. Outside voices: 0 added" in again.stdout


def test_reviews_leave_the_verdict_of_the_demonstration_as_it_was(
    demonstrated: Path, run: Run
) -> None:
    before = run("verdict", "santa-run", "--build", "0.9.0", "--format", "json")
    rows = "".join(f"Wonderful game number {i},5\n" for i in range(60))
    reviews = file(demonstrated, f"review,stars\n{rows}")
    assert "60 added" in run("import", "feedback", reviews, "--study", "santa-run").stdout
    after = run("verdict", "santa-run", "--build", "0.9.0", "--format", "json")
    assert (after.exit_code, after.stdout) == (20, before.stdout)


def test_feedback_needs_a_study_that_there_is(ready: Path, run: Run) -> None:
    reviews = file(ready, "review\nfine\n")
    missing = run("import", "feedback", reviews)
    assert (missing.exit_code, "--study" in missing.stderr) == (2, True)
    assert "There is no study “nope”" in error(
        run("import", "feedback", reviews, "--study", "nope")
    )


def test_feedback_without_a_usable_row_is_refused(ready: Path, run: Run) -> None:
    with transaction() as session:
        a_beta(session, clock.now())
    told = error(run("import", "feedback", file(ready, "stars\n6\n0\n"), "--study", "santa-run"))
    assert told.startswith("No row of file.csv can be imported.")


@pytest.mark.parametrize(
    ("example", "wanted", "added"),
    [
        (examples.GOOGLE_PLAY, "google-play", 4),
        (examples.APP_STORE, "app-store", 2),
        (examples.STEAM, "steam", 3),
        (examples.VTT, "transcript", 2),
        (examples.LINES, "csv", 2),
    ],
    ids=lambda one: getattr(one, "name", str(one)),
)
def test_an_export_is_taken_by_name_of_its_format_or_recognised(
    ready: Path, run: Run, example: Path, wanted: str, added: int
) -> None:
    with transaction() as session:
        a_beta(session, clock.now())
    misnamed = ready / "anything.csv"
    misnamed.write_bytes(example.read_bytes())
    looked = run("import", "feedback", misnamed, "--study", "santa-run")
    assert f"Outside voices: {added} added" in looked.stdout
    assert looked.stderr.startswith(("Recognised as", "Read as a table: it has no signs"))
    told = run("import", "feedback", example, "--study", "santa-run", "--format", wanted)
    assert told.stdout.rstrip().endswith("Nothing is new: every row came before.")


def test_a_format_that_the_file_is_not_is_one_clear_line(ready: Path, run: Run) -> None:
    with transaction() as session:
        a_beta(session, clock.now())
    told = error(
        run("import", "feedback", examples.STEAM, "--study", "santa-run", "--format", "app-store")
    )
    assert told.startswith("This file does not look like “App Store reviews”")


def test_rows_set_aside_can_be_had_as_a_file(ready: Path, run: Run) -> None:
    with transaction() as session:
        a_beta(session, clock.now())
    aside = ready / "aside.csv"
    result = run(
        "import", "feedback", examples.GOOGLE_PLAY, "--study", "santa-run", "--aside", aside
    )
    assert f"Rows set aside: 1, written to {aside}" in result.stderr
    assert "Kept aside unread: German 1." in result.stdout
    assert "No star at all." in aside.read_text("utf-8-sig")
    refused = run(
        "import", "feedback", examples.STEAM, "--study", "santa-run", "--aside", ready / "no" / "x"
    )
    assert "cannot be written" in error(refused)
