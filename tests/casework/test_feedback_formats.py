"""The exports of real stores, recognised by what is in them; what is broken says where and why."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from casework.errors import Invalid
from casework.imports import (
    FeedbackFormat,
    ImportKind,
    Read,
    fields_of,
    guess_columns,
    open_feedback,
    read_feedback,
)
from casework.outside import FeedbackEntry, Store, contradicts, voice_of
from tests import examples

NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
Kind = FeedbackFormat


def read(content: bytes, wanted: FeedbackFormat = Kind.AUTO) -> Read[FeedbackEntry]:
    export = open_feedback(content, wanted)
    guess = guess_columns(export.sheet.header, fields_of(ImportKind.FEEDBACK))
    columns = guess if export.columns is None else export.columns
    return read_feedback(export.sheet, columns, now=NOW, store=export.store)


def reasons(found: Read[FeedbackEntry]) -> dict[int, str]:
    return {row.line: row.reason for row in found.set_aside}


@pytest.mark.parametrize(
    ("example", "kind", "store"),
    [
        (examples.GOOGLE_PLAY, Kind.GOOGLE_PLAY, Store.GOOGLE_PLAY),
        (examples.APP_STORE, Kind.APP_STORE, Store.APP_STORE),
        (examples.STEAM, Kind.STEAM, Store.STEAM),
        (examples.VTT, Kind.TRANSCRIPT, Store.MEETING),
        (examples.SRT, Kind.TRANSCRIPT, Store.MEETING),
        (examples.SPOKEN, Kind.TRANSCRIPT, Store.MEETING),
        (examples.LINES, Kind.CSV, Store.FILE),
    ],
    ids=lambda one: getattr(one, "name", ""),
)
def test_a_file_is_recognised_by_its_content(
    example: Path, kind: FeedbackFormat, store: Store
) -> None:
    export = open_feedback(example.read_bytes())
    assert (export.format, export.store) == (kind, store)
    assert export.said.startswith(("Recognised as", "Read as a table"))
    if kind is not Kind.CSV:
        assert open_feedback(example.read_bytes(), kind).format is kind


def test_a_format_that_does_not_fit_names_what_is_missing() -> None:
    for kind in (Kind.GOOGLE_PLAY, Kind.APP_STORE, Kind.STEAM, Kind.TRANSCRIPT):
        with pytest.raises(Invalid, match=f"does not look like “{kind.label}”"):
            open_feedback(b"text,stars\nfine,5\n", kind)
    with pytest.raises(Invalid, match="does not look like “Steam reviews”"):
        open_feedback(examples.APP_STORE.read_bytes(), Kind.STEAM)


def test_google_play_tells_stars_version_device_language_and_the_reviews_own_id() -> None:
    found = read(examples.GOOGLE_PLAY.read_bytes())
    grinch, cosy, german, silent = found.accepted
    assert grinch.ref == "google-play:gp:AOqpTOE1"
    assert (grinch.answer.csat, grinch.build, grinch.device) == (1, "0.9.0", "panther")
    assert grinch.written_at == datetime(2026, 2, 1, 10, tzinfo=UTC)
    assert (grinch.language, grinch.kept_aside) == ("en", False)
    assert cosy.text == 'Lovely snow, "so cosy", and no ads at all!'
    assert (german.language, german.kept_aside, german.build) == ("de", True, "91")
    assert (silent.text, silent.answer.csat, silent.has_own_id) == ("", 4, False)
    assert reasons(found) == {6: "“0” is not a mark for “Satisfaction or stars (1 to 5)”."}


def test_the_app_store_tells_title_and_text_and_dates_with_an_offset() -> None:
    found = read(examples.APP_STORE.read_bytes())
    family, german = found.accepted
    assert family.text.startswith("Not for our family\nThe Grinch catching Santa")
    assert family.written_at == datetime(2026, 2, 27, 18, 23, 25, tzinfo=UTC)
    assert (german.language, german.kept_aside) == ("de", True)
    assert reasons(found) == {28: "“6” is not a mark for “Satisfaction or stars (1 to 5)”."}


def test_steam_tells_thumb_language_and_minutes_played() -> None:
    snow, chinese, crash = read(examples.STEAM.read_bytes()).accepted
    assert (snow.ref, snow.recommended, snow.playtime_minutes) == ("steam:170000001", True, 754)
    assert snow.written_at == datetime(2026, 2, 1, tzinfo=UTC)  # when it was updated
    assert (chinese.language, chinese.kept_aside, chinese.recommended) == ("zh", True, False)
    assert crash.answer.csat is None


def test_a_voice_keeps_its_source_and_nobodys_name() -> None:
    entry = read(examples.APP_STORE.read_bytes()).accepted[0]
    voice = voice_of(entry, "reviews.json", NOW)
    assert (voice.store, voice.stars, voice.source) == (Store.APP_STORE, 2, "reviews.json")
    assert "quiet-holly" not in voice.model_dump_json()


def test_json_lines_are_a_table_whose_broken_line_is_set_aside() -> None:
    found = read(examples.LINES.read_bytes())
    assert [entry.answer.csat for entry in found.accepted] == [4, 2]
    assert reasons(found) == {3: "The line is no complete JSON object."}


def test_a_plain_list_of_objects_is_a_table_too() -> None:
    found = read(b'[{"review": "Great fun"},\n {"review": "Dull", "stars": 2}, 7]')
    assert [entry.text for entry in found.accepted] == ["Great fun", "Dull"]
    assert reasons(found) == {2: "This entry of the list is no JSON object."}


@pytest.mark.parametrize(
    ("example", "cut", "complete", "line"),
    [(examples.STEAM, 620, 1, 3), (examples.APP_STORE, 700, 1, 16)],
)
def test_of_a_truncated_export_the_complete_reviews_stay(
    example: Path, cut: int, complete: int, line: int
) -> None:
    found = read(example.read_bytes()[:cut])
    assert len(found.accepted) == complete
    assert reasons(found) == {
        line: f"The file breaks off or is damaged at line {line}. What comes before was read; "
        "export it again for the rest."
    }


def test_pages_of_an_export_one_a_line_are_read_one_after_the_other() -> None:
    pages = [
        examples.steam_file({"recommendationid": n, "review": f"Fun {n}", "voted_up": True})
        for n in ("1", "2")
    ]
    found = read(b"\n".join([*pages, b'{"success": 2}', pages[1][:-20]]))
    assert [entry.text for entry in found.accepted] == ["Fun 1", "Fun 2"]
    assert {row.line: row.reason[:24] for row in found.set_aside} == {
        3: "This line has no list ca",
        4: "The file breaks off or i",
    }


def test_a_list_without_its_end_is_told_even_when_every_review_is_complete() -> None:
    whole = examples.steam_file({"recommendationid": "1", "review": "Fun", "voted_up": True})
    found = read(whole[:-2])
    assert (len(found.accepted), list(reasons(found))) == (1, [1])


@pytest.mark.parametrize(
    "content", [b'{"reviews": [{"recomm', b'{"data": {"a": 1', b'{"a":\n {"b": 1}}', b"{", b"["]
)
def test_json_without_a_complete_review_says_so(content: bytes) -> None:
    with pytest.raises(Invalid, match=r"breaks off before its first|holds no column names"):
        open_feedback(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16"])
def test_a_play_export_is_read_in_every_encoding_with_and_without_its_mark(encoding: str) -> None:
    rows = examples.play_rows()
    rows[1]["Review Text"] = "Très bien — 雪がきれい"
    found = read(examples.play_file(rows, encoding))
    assert found.accepted[1].text == "Lovely\nTrès bien — 雪がきれい"
    assert len(found.accepted) == 4


def test_a_play_export_saved_as_a_workbook_is_recognised_too() -> None:
    rows = examples.play_rows()
    made = Workbook()
    for row in (list(rows[0]), *(list(told.values()) for told in rows)):
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    export = open_feedback(out.getvalue())
    assert export.format is Kind.GOOGLE_PLAY
    assert len(read(out.getvalue()).accepted) == 4


def test_windows_letters_are_read() -> None:
    found = read("review;stars\nCrème brûlée of games, the “best” café;5\n".encode("cp1252"))
    assert found.accepted[0].text == "Crème brûlée of games, the “best” café"


def test_quotes_in_quotes_and_mixed_line_ends_keep_rows_and_lines() -> None:
    found = read(b'text,stars\r\n"She said ""no"" twice",1\n\r"Two\nlines",2\r\nHm,6\n')
    assert [entry.text for entry in found.accepted] == ['She said "no" twice', "Two\nlines"]
    assert list(reasons(found)) == [6]


def test_a_giant_cell_costs_its_row_and_is_cut_when_handed_back() -> None:
    found = read(b"text,stars\nfine,5\n" + b"x" * 10_000_000 + b",4\nalso fine,4\n")
    assert [entry.text for entry in found.accepted] == ["fine", "also fine"]
    assert reasons(found) == {3: "The text is longer than 5,000 characters."}
    assert "10,000,000 characters in the file" in found.set_aside[0].content[0]
    assert len(found.set_aside_csv) < 5_000


def test_a_nul_costs_its_row() -> None:
    found = read(b"text,stars\nfine,5\nbro\x00ken,4\n" + b"good,5\n" * 60)
    assert reasons(found)[3].startswith("The row holds a NUL character")
    assert found.accepted[0].text == "fine"


def test_a_formula_is_a_text_and_leaves_as_text() -> None:
    found = read(b'text,stars\n"=HYPERLINK(""http://x"")",9\n=1+1,5\n')
    assert found.accepted[0].text == "=1+1"
    assert b"'=HYPERLINK" in found.set_aside_csv


@pytest.mark.parametrize("rows", ['fine,5\n5,"open', 'fine,5\n"open\nmore,4\nstill,3\n'])
def test_an_unclosed_quotation_mark_at_the_end_is_named_with_its_line(rows: str) -> None:
    with pytest.raises(Invalid, match="Line 3 of the file cannot be read: a quotation mark"):
        read(f"text,stars\n{rows}".encode())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b" \r\n\t", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture .PNG., whatever its name says"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "a picture .JPEG."),
        (b"%PDF-1.7\n" + bytes(range(256)), "it is a PDF"),
    ],
    ids=["empty", "blank", "png", "jpeg", "pdf"],
)
def test_what_is_no_export_at_all_is_refused_in_plain_words(content: bytes, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        open_feedback(content)


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ("2026-03-04", datetime(2026, 3, 4, tzinfo=UTC)),
        ("03/14/2026", datetime(2026, 3, 14, tzinfo=UTC)),
        ("14.03.2026", datetime(2026, 3, 14, tzinfo=UTC)),
        ("1772582400000", datetime(2026, 3, 4, tzinfo=UTC)),
        ("2026-03-03T17:00:00-07:00", datetime(2026, 3, 4, tzinfo=UTC)),
    ],
    ids=["iso", "us", "dotted", "epoch milliseconds", "offset"],
)
def test_dates_are_read_in_five_styles(told: str, at: datetime) -> None:
    assert read(f"text,date\nHm,{told}\n".encode()).accepted[0].written_at == at


def test_an_ambiguous_day_or_month_says_how_it_was_read() -> None:
    found = read(b"text,date\nHm,03/04/2026\n")
    assert found.notes == ("03/04/2026 is read as 3 April 2026, assumed, as no row settles it.",)


def test_the_same_review_in_another_export_is_the_same_voice() -> None:
    first = read(b"author,text,date\nAnn,Fun,2026-01-01\n").accepted[0]
    wider = read(b"text,date,author,country\nFun,2026-01-01,Ann,NL\n").accepted[0]
    other = read(b"author,text,date\nAnn,Fun,2026-01-02\n").accepted[0]
    assert first.ref == wider.ref != other.ref


def test_a_long_review_of_a_store_is_taken_whole() -> None:
    words = "It goes on. " * 700
    one = {"recommendationid": "1", "review": words, "voted_up": True}
    (entry,) = read(examples.steam_file(one)).accepted
    assert entry.text == words.strip()
    found = read(examples.steam_file({**one, "review": words * 2}))
    assert reasons(found) == {1: "The text is longer than 10,000 characters."}


def test_thumbs_and_stars_may_disagree_with_the_words() -> None:
    assert contradicts(5, recommended=None, polarity=-0.6)
    assert contradicts(None, recommended=True, polarity=-0.6)
    assert contradicts(None, recommended=False, polarity=0.6)
    assert not contradicts(None, recommended=None, polarity=-0.6)
    assert not contradicts(1, recommended=True, polarity=-0.6)  # the stars are the finer word
    assert not contradicts(5, recommended=None, polarity=None)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["review", "voted_up", "language"]), inner)
        ),
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    content = json.dumps({"reviews": [{"recommendationid": "1"}, value]}).encode()
    found = read(content)
    assert len(found.accepted) + len(found.set_aside) == 2


@given(st.integers(0, 900))
def test_an_export_may_break_off_anywhere(cut: int) -> None:
    content = examples.STEAM.read_bytes()[:cut]
    try:
        found = read(content)
    except Invalid:
        return
    assert found.set_aside
