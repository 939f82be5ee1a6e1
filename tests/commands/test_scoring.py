"""Scoring from the terminal: a table comes in, the same table with what was heard goes out."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from casework import sentiment
from tests.commands.conftest import Run, error

HURT = "Seeing the Grinch catch Santa ruined our Christmas, it is offensive"
REVIEWS = f'id,review\n1,Great fun\n2,"{HURT}"\n3,the game\n4,\n'


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    path = tmp_path / "reviews.csv"
    path.write_text(REVIEWS, encoding="utf-8")
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_row_gets_polarity_label_offence_and_words(reviews: Path, run: Run) -> None:
    result = run("score", reviews, "--text", "review")
    assert result.exit_code == 0
    scored = rows(result.stdout)
    assert list(scored[0]) == ["id", "review", "polarity", "label", "offence", "words"]
    assert [row["id"] for row in scored] == ["1", "2", "3", "4"]
    assert [row["label"] for row in scored] == ["positive", "negative", "abstain", "abstain"]
    assert [row["offence"] for row in scored] == ["no", "yes", "no", "no"]
    for row in scored:
        assert float(row["polarity"]) == pytest.approx(sentiment.score(row["review"]), abs=1e-4)
    assert scored[2]["words"] == ""


def test_the_words_are_the_strongest_first_with_their_weights(reviews: Path, run: Run) -> None:
    words = rows(run("score", reviews, "--text", "review").stdout)[1]["words"].split("; ")
    weights = [abs(float(word.rsplit(" ", 1)[1])) for word in words]
    assert weights == sorted(weights, reverse=True)
    assert 1 <= len(words) <= 5
    assert "-" in words[0]


def test_progress_is_on_stderr_and_the_table_alone_on_stdout(reviews: Path, run: Run) -> None:
    result = run("score", reviews, "--text", "review")
    assert "Scoring" in result.stderr
    assert "Scoring" not in result.stdout


def test_a_file_takes_the_place_of_stdout_and_is_read_again(reviews: Path, run: Run) -> None:
    scored = reviews.with_name("scored.csv")
    result = run("score", reviews, "--text", "review", "--out", scored)
    assert (result.exit_code, result.stdout) == (0, "")
    assert scored.read_bytes().startswith("\ufeff".encode())
    again = rows(run("score", scored, "--text", "review").stdout)
    assert [row["polarity 2"] for row in again] == [
        row["polarity"].removeprefix("'") for row in again
    ]


def test_a_table_comes_from_stdin_too(run: Run) -> None:
    result = run("score", "-", "--text", "Review", typed=REVIEWS)
    assert len(rows(result.stdout)) == 4


@pytest.mark.parametrize("separator", ["\t", ";", "|"])
def test_other_separators_are_understood(tmp_path: Path, run: Run, separator: str) -> None:
    table = tmp_path / "reviews.tsv"
    table.write_text(f"id{separator}text\n1{separator}Great fun\n", encoding="utf-8")
    (row,) = rows(run("score", table, "--text", "text").stdout)
    assert row["label"] == "positive"


def test_a_workbook_is_scored(tmp_path: Path, run: Run) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("id", "text"), (1, "Great fun")):
        book.active.append(row)
    book.save(tmp_path / "reviews.xlsx")
    (scored,) = rows(run("score", tmp_path / "reviews.xlsx", "--text", "text").stdout)
    assert (scored["id"], scored["label"]) == ("1", "positive")


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_theirs_becomes_a_formula(tmp_path: Path, run: Run, start: str) -> None:
    table = tmp_path / "reviews.csv"
    table.write_text(f'text,note\n"{start}1+1 is great fun",{start}A1\n', encoding="utf-8")
    (row,) = rows(run("score", table, "--text", "text").stdout)
    assert row["text"].startswith(f"'{start}")
    assert row["note"] == f"'{start}A1"
    assert not row["words"].startswith(("=", "+", "-", "@"))


def test_our_own_figure_stays_a_number(reviews: Path, run: Run) -> None:
    assert rows(run("score", reviews, "--text", "review").stdout)[1]["polarity"].startswith("-0.")


def test_cells_beyond_the_header_are_kept_and_told(tmp_path: Path, run: Run) -> None:
    table = tmp_path / "reviews.csv"
    table.write_text("id,text\n1,Great fun\n2,fun, but short\n", encoding="utf-8")
    result = run("score", table, "--text", "text")
    assert "1 rows have more cells than there are columns" in result.stderr
    assert list(csv.reader(io.StringIO(result.stdout)))[2][-1] == "but short"


def test_a_wrong_column_names_those_that_exist(reviews: Path, run: Run) -> None:
    told = error(run("score", reviews, "--text", "comment"))
    assert told == "The file has no column “comment”. It has “id”, “review”."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"\x00\x01\x02\x03" * 100, "This file holds no text."),
        (b'text\n"open\nnever read\nnor this\n', "a quotation mark is opened and never closed"),
    ],
    ids=["empty", "binary", "open quote"],
)
def test_a_bad_file_is_one_clear_line_and_writes_nothing(
    tmp_path: Path, run: Run, content: bytes, told: str
) -> None:
    (tmp_path / "bad.csv").write_bytes(content)
    out = tmp_path / "out.csv"
    assert told in error(run("score", tmp_path / "bad.csv", "--text", "text", "--out", out))
    assert not out.exists()


def test_what_cannot_be_read_or_written_is_said(reviews: Path, run: Run) -> None:
    assert "cannot be read" in error(run("score", reviews.with_name("no.csv"), "--text", "review"))
    nowhere = reviews.parent / "missing" / "out.csv"
    assert "cannot be written" in error(run("score", reviews, "--text", "review", "--out", nowhere))


def test_the_file_that_is_read_is_never_written_over(tmp_path: Path, run: Run) -> None:
    texts = tmp_path / "texts.csv"
    texts.write_text("text\nLovely game\n", encoding="utf-8")
    assert "another name" in error(run("score", texts, "--text", "text", "--out", texts))
    assert texts.read_text(encoding="utf-8") == "text\nLovely game\n"
