"""Scoring from the terminal: a table comes in, the same table with what was heard goes out."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from casework import sentiment
from casework.scored import Wanted
from casework.streaming import StreamRow
from commands.scoring.batches import BATCH, WORTH_BYTES, hearing, jobs_for
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
    assert list(scored[0]) == [
        "id",
        "review",
        "polarity",
        "label",
        "offence",
        "aspects",
        "words",
    ]
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
    assert list(csv.reader(io.StringIO(result.stdout)))[2][-1] == " but short"


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


def test_each_row_says_what_it_is_about_and_how_that_feels(tmp_path: Path, run: Run) -> None:
    table = tmp_path / "reviews.csv"
    table.write_text("text\nThe music is lovely but the controls are terrible\n", encoding="utf-8")
    (row,) = rows(run("score", table).stdout)
    assert set(row["aspects"].split("; ")) == {"audio: positive", "controls: negative"}
    (bare,) = rows(run("score", table, "--no-aspects").stdout)
    assert "aspects" not in bare


def test_the_explanation_adds_up_clause_by_clause(reviews: Path, run: Run) -> None:
    reviews.write_text("text\nLovely music. But it crashes and I hate it\n", encoding="utf-8")
    result = run("score", reviews, "--explain", "--format", "jsonl")
    (told,) = map(json.loads, result.stdout.splitlines())
    reading = sentiment.read(told["text"])
    why = told["explanation"]
    assert told["textblob"] == pytest.approx(reading.textblob_polarity, abs=1e-4)
    assert [clause["text"] for clause in why["clauses"]][-1] == "But it crashes and I hate it"
    assert sum(clause["weight"] for clause in why["clauses"]) == pytest.approx(
        why["total"], abs=1e-3
    )
    for clause in why["clauses"]:
        added = sum(word["weight"] for word in clause["words"])
        assert added == pytest.approx(clause["weight"], abs=1e-3)
    (row,) = rows(run("score", reviews, "--explain").stdout)
    assert row["explanation"].endswith(
        f"total {why['total']:+.2f}, polarity {told['polarity']:+.2f}"
    )
    assert row["explanation"].count(" | ") == len(why["clauses"])


def test_json_lines_keep_their_values_and_get_ours_as_values(tmp_path: Path, run: Run) -> None:
    said = f"{HURT} – schön"
    lines: list[dict[str, object]] = [
        {"text": said, "by": {"id": 7}, "Polarity": None},
        {"text": "Great fun", "words": 1, "late": True},
        {"stars": 4},
    ]
    table = tmp_path / "reviews.jsonl"
    table.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    scored = tmp_path / "scored.jsonl"
    assert run("score", table, "--text", "text", "--out", scored).exit_code == 0
    first, second, third = map(json.loads, scored.read_text(encoding="utf-8").splitlines())
    assert (first["text"], first["by"], first["Polarity"]) == (said, {"id": 7}, None)
    assert (first["polarity 2"] < 0, first["label"], first["offence"]) == (True, "negative", True)
    assert first["words 2"][0].keys() == {"text", "weight"}
    assert first["words 2"][0]["weight"] < 0
    assert (second["words"], second["late"], second["label"]) == (1, True, "positive")
    assert (third["stars"], third["label"], third["polarity 2"]) == (4, "abstain", 0)


def test_json_lines_become_a_table_and_a_table_json_lines(reviews: Path, run: Run) -> None:
    told = [json.loads(x) for x in run("score", reviews, "--format", "jsonl").stdout.splitlines()]
    assert [one["id"] for one in told] == ["1", "2", "3", "4"]
    back = reviews.with_name("back.jsonl")
    back.write_text('{"review": "Great fun", "by": {"id": 7}, "ok": true, "n": -3, "no": null}')
    (row,) = rows(run("score", back, "--text", "review", "--format", "csv").stdout)
    assert (row["by"], row["ok"], row["n"], row["no"]) == ('{"id": 7}', "true", "-3", "")


def test_parquet_is_scored(tmp_path: Path, run: Run) -> None:
    table = pa.table({"said": ["Great fun to play", None], "stars": [5, -1]})
    pq.write_table(table, tmp_path / "reviews.parquet")
    first, second = rows(run("score", tmp_path / "reviews.parquet", "--text", "said").stdout)
    assert (first["stars"], first["label"]) == ("5", "positive")
    assert (second["said"], second["stars"], second["label"]) == ("", "-1", "abstain")


def test_the_obvious_column_is_taken_and_named(reviews: Path, run: Run) -> None:
    result = run("score", reviews)
    assert "The texts are taken from “review”." in result.stderr
    assert len(rows(result.stdout)) == 4


def test_where_no_column_is_obvious_the_columns_are_named(tmp_path: Path, run: Run) -> None:
    table = tmp_path / "table.csv"
    table.write_text("id,country\n1,DE\n", encoding="utf-8")
    assert "--text NAME. The file has “id”, “country”." in error(run("score", table))


def test_rows_that_cannot_be_read_are_named_and_left_out(tmp_path: Path, run: Run) -> None:
    table = tmp_path / "reviews.jsonl"
    table.write_text('{"text": "Great fun"}\n{"text": "cut\n{"text": "Awful"}\n', encoding="utf-8")
    result = run("score", table)
    assert result.exit_code == 0
    assert "Line 2 is left out: it is no complete JSON object" in result.stderr
    assert "1 of 3 rows are left out." in result.stderr
    assert [row["label"] for row in rows(result.stdout)] == ["positive", "negative"]


def test_a_number_with_a_sign_is_no_formula(tmp_path: Path, run: Run) -> None:
    table = tmp_path / "reviews.csv"
    table.write_text("text,change\nGreat fun,-3.5\nGreat fun,-3+A1\n", encoding="utf-8")
    told = [row["change"] for row in rows(run("score", table, "--text", "text").stdout)]
    assert told == ["-3.5", "'-3+A1"]


def test_what_breaks_on_the_way_leaves_the_old_result_and_nothing_else(
    tmp_path: Path, run: Run
) -> None:
    table, out = tmp_path / "reviews.csv", tmp_path / "scored.csv"
    table.write_text("text\n" + "Great fun\n" * 600 + '"open\nand lost\n', encoding="utf-8")
    out.write_text("yesterday's", encoding="utf-8")
    assert "begins at line 602" in error(run("score", table, "--out", out))
    assert out.read_text(encoding="utf-8") == "yesterday's"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reviews.csv", "scored.csv"]


def test_several_processes_give_the_same_in_the_same_order() -> None:
    texts = [f"Great fun number {number}, but it crashes" for number in range(6 * BATCH + 7)]

    def heard(jobs: int) -> list[object]:
        rows = iter([StreamRow(at, {"text": text}) for at, text in enumerate(texts)])
        with hearing(rows, "text", Wanted(aspects=False), jobs) as batches:
            return [
                (row.line, one.polarity, one.words)
                for batch in batches
                for row, one in zip(batch.rows, batch.heard, strict=True)
            ]

    assert heard(2) == heard(3) == heard(1)


def test_only_large_files_are_worth_several_processes() -> None:
    assert jobs_for(None) == jobs_for(WORTH_BYTES - 1) == 1
    assert 1 <= jobs_for(WORTH_BYTES) <= 2


SCORE = (sys.executable, "cli.py", "score")
AT_A_TERMINAL = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_path('cli.py', run_name='__main__')"
)
"""Whatever started the tests may ignore Ctrl-C; a terminal does not."""


def test_a_pipe_nobody_reads_on_ends_quietly(tmp_path: Path) -> None:
    table = tmp_path / "reviews.csv"
    table.write_text("review,id\n" + "Great fun to play,1\n" * 30_000, encoding="utf-8")
    with (
        table.open("rb") as source,
        subprocess.Popen(  # noqa: S603 - our own program
            [*SCORE, "-", "--text", "review"],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as program,
    ):
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline().startswith(b"review,id,polarity")
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 0


def test_interrupted_it_leaves_no_file(tmp_path: Path) -> None:
    table, out = tmp_path / "reviews.csv", tmp_path / "scored.csv"
    table.write_text("review,id\n" + "Great fun to play,1\n" * 60_000, encoding="utf-8")
    with subprocess.Popen(  # noqa: S603 - our own program
        [
            sys.executable,
            "-c",
            AT_A_TERMINAL,
            "score",
            str(table),
            "--text",
            "review",
            "--jobs",
            "2",
            "--out",
            str(out),
        ],
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as program:
        until = monotonic() + 60
        while not any(part.stat().st_size for part in tmp_path.glob(".*.part")):
            assert monotonic() < until
            sleep(0.05)
        os.killpg(program.pid, signal.SIGINT)
        assert program.stderr is not None
        told = program.stderr.read().decode()
    assert program.returncode == 130
    assert told.endswith("Stopped. No file was written.\n")
    assert "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["reviews.csv"]
