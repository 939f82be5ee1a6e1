"""Files as programs export them become rows; what is no table is refused in plain words."""

import io
import zipfile
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from casework.errors import Invalid
from casework.tabular import FILE_LIMIT_BYTES, Sheet, read_sheet, write_csv


def rows_of(sheet: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows()]


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_letters_survive_every_common_encoding(encoding: str) -> None:
    text = "id;Name\n1;Jürgen Größe, Köln\n2;Zoë Müller, Besançon\n"
    sheet = read_sheet(text.encode(encoding))
    assert sheet.header == ("id", "Name")
    assert rows_of(sheet) == [("1", "Jürgen Größe, Köln"), ("2", "Zoë Müller, Besançon")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_recognised(encoding: str) -> None:
    sheet = read_sheet("id,name\n1,Ann\n".encode(encoding))
    assert rows_of(sheet) == [("1", "Ann")]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found(mark: str) -> None:
    lines = [["id", "name", "note"], ["1", "Ann", "a"], ["2", "Bob", "b"]]
    content = "\n".join(mark.join(line) for line in lines).encode()
    assert rows_of(read_sheet(content)) == [("1", "Ann", "a"), ("2", "Bob", "b")]


def test_commas_inside_quotes_do_not_beat_the_semicolon() -> None:
    content = b'id;name\n1;"Smith, Ann, Dr"\n2;"Jones, Bob, Dr"\n'
    assert rows_of(read_sheet(content)) == [("1", "Smith, Ann, Dr"), ("2", "Jones, Bob, Dr")]


def test_excels_own_announcement_of_the_separator_is_obeyed() -> None:
    sheet = read_sheet(b"sep=|\nid|name,first\n1|Ann\n")
    assert sheet.header == ("id", "name,first")
    assert [row.line for row in sheet.rows()] == [3]


def test_mixed_line_ends_blank_lines_and_quoted_breaks_keep_the_line_numbers() -> None:
    content = b'id,name\r\n1,Ann\n\r2,"Bob\nBuilder"\r\n3,Cy\n'
    rows = list(read_sheet(content).rows())
    assert [(row.line, row.cells[0]) for row in rows] == [(2, "1"), (4, "2"), (6, "3")]


def test_short_rows_are_filled_and_surplus_cells_stay_to_be_seen() -> None:
    assert rows_of(read_sheet(b"a,b\n1\n1,2,\n1,2,3\n")) == [
        ("1", ""),
        ("1", "2"),
        ("1", "2", "3"),
    ]


def test_a_sheet_can_be_gone_through_twice() -> None:
    sheet = read_sheet(b"a,b\n1,2\n")
    assert rows_of(sheet) == rows_of(sheet) == [("1", "2")]


def test_a_workbook_gives_text_with_whole_numbers_and_iso_dates() -> None:
    content = book(["id", "at", "amount"], [17, datetime(2026, 1, 2, 3, 4), 9.5])  # noqa: DTZ001
    sheet = read_sheet(content)
    assert sheet.header == ("id", "at", "amount")
    assert rows_of(sheet) == [("17", "2026-01-02T03:04:00", "9.5")]


def test_formulas_of_a_workbook_are_never_computed() -> None:
    content = book(["id", "name"], [1, "=1+1"], [2, "Ann"])
    assert rows_of(read_sheet(content)) == [("1", ""), ("2", "Ann")]


def test_formulas_in_a_csv_are_text_and_leave_again_as_text() -> None:
    sheet = read_sheet(b'id,name\n1,"=HYPERLINK(""http://x"")"\n')
    assert rows_of(sheet) == [("1", '=HYPERLINK("http://x")')]
    written = write_csv(sheet.header, rows_of(sheet))
    assert b"'=HYPERLINK" in written
    assert rows_of(read_sheet(written)) == rows_of(sheet)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"  \r\n\t\n", "empty"),
        (b"id,name\n", "no rows below"),
        (b"id,name,id\n1,2,3\n", "Two columns are called “id”"),
        (b"ID,name,id\n1,2,3\n", "Two columns"),
        (b"1,2\n3,4\n", "no column names"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "no text"),
        (b"\x00\x01\x02\x03" * 100, "no text"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "old Excel"),
        (b"PK\x03\x04 and then nothing", "cannot be read"),
        (b'id,name\n1,"Ann\n' + b"x" * 200_000, "Line 2"),
        (b"\xff\xfe1", "breaks off"),
        (b",".join(b"c%d" % i for i in range(300)) + b"\n1\n", "200 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(content: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        list(read_sheet(content).rows())


def test_a_file_beyond_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(Invalid, match="larger than 100 MB"):
        read_sheet(b"a" * (FILE_LIMIT_BYTES + 1))


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("customers.csv", "id\n1\n")
    with pytest.raises(Invalid, match="Unpack it"):
        read_sheet(out.getvalue())


def test_a_zip_bomb_is_refused_without_being_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(401):
                part.write(bytes(2**20))
    assert len(out.getvalue()) < 2**20
    with pytest.raises(Invalid, match="far too much"):
        read_sheet(out.getvalue())


@given(st.binary(max_size=400))
def test_no_bytes_whatever_crash_the_reader(content: bytes) -> None:
    with suppress(Invalid):
        sheet = read_sheet(content)
        rows = list(sheet.rows())
        assert rows
        assert all(len(row.cells) >= len(sheet.header) for row in rows)


_CELL = st.text(st.characters(exclude_categories=("C", "Z")), max_size=12).filter(
    lambda cell: not cell.startswith("'")
)


@given(st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=8))
def test_what_we_write_we_read(rows: list[tuple[str, str]]) -> None:
    filled = [("x" + first, second) for first, second in rows]
    assert rows_of(read_sheet(write_csv(("id", "name"), filled))) == filled


@pytest.mark.parametrize(("rows", "line"), [('"open\nb\nc\n', 2), ('a\nb\n"open\nc\n', 4)])
def test_an_open_quotation_mark_never_swallows_the_rows_below(rows: str, line: int) -> None:
    broken = f"Line {line} of the file cannot be read: a quotation mark is opened"
    with pytest.raises(Invalid, match=broken):
        list(read_sheet(f"text\n{rows}".encode()).rows())


def test_a_quoted_break_in_the_last_row_is_no_open_quotation_mark() -> None:
    rows = list(read_sheet(b'text\n"a\nb"\n"c\n"d" e"\n').rows())
    assert [row.line for row in rows] == [2, 4]


def test_utf_16_that_breaks_off_within_a_letter_says_so() -> None:
    whole = "text,stars\nFine,5\n".encode("utf-16")
    with pytest.raises(Invalid, match="breaks off in the middle of a letter"):
        read_sheet(whole[:-3])
