"""A file of feedback becomes answers and voices; every row that cannot says why."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Invalid
from casework.feedback import Answer
from casework.imports import (
    DateOrder,
    FeedbackField,
    ImportKind,
    Read,
    fields_of,
    guess_columns,
    read_feedback,
)
from casework.imports.examples import example_csv
from casework.outside import FeedbackEntry, voice_of
from casework.tabular import read_sheet

NOW = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
F = FeedbackField


def feedback(text: str, order: DateOrder = DateOrder.AUTO) -> Read[FeedbackEntry]:
    sheet = read_sheet(text.encode())
    columns = guess_columns(sheet.header, fields_of(ImportKind.FEEDBACK))
    return read_feedback(sheet, columns, now=NOW, order=order)


def only(text: str) -> FeedbackEntry:
    (entry,) = feedback(text).accepted
    return entry


def reasons(read: Read[FeedbackEntry]) -> dict[int, str]:
    return {row.line: row.reason for row in read.set_aside}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            [
                "customer_id",
                "comment",
                "csat",
                "nps",
                "crashed",
                "offended",
                "offended_by",
                "effort",
                "keep_playing",
                "date",
                "build",
                "id",
            ],
            {
                F.AUTHOR: 0,
                F.TEXT: 1,
                F.CSAT: 2,
                F.RECOMMEND: 3,
                F.CRASHED: 4,
                F.OFFENDED: 5,
                F.OFFENDED_BY: 6,
                F.EFFORT: 7,
                F.KEEP_PLAYING: 8,
                F.WRITTEN_AT: 9,
                F.BUILD: 10,
                F.REF: 11,
            },
        ),
        (
            [
                "Email Address",
                "How satisfied are you?",
                "What should we change first?",
                "Did anything upset or offend you?",
                "What was it?",
                "How likely are you to recommend it?",
            ],
            {F.AUTHOR_EMAIL: 0, F.CSAT: 1, F.TEXT: 2, F.OFFENDED: 3, F.OFFENDED_BY: 4}
            | {F.RECOMMEND: 5},
        ),
        (
            ["App Version Name", "Review Submit Date and Time", "Star Rating", "Review Text"],
            {F.BUILD: 0, F.WRITTEN_AT: 1, F.CSAT: 2, F.TEXT: 3},
        ),
        (["NPS score", "CSAT score"], {F.RECOMMEND: 0, F.CSAT: 1}),
        (["id", "review"], {F.REF: 0, F.TEXT: 1}),
    ],
)
def test_columns_of_feedback_are_guessed(
    header: list[str], expected: dict[FeedbackField, int]
) -> None:
    found = guess_columns(header, fields_of(ImportKind.FEEDBACK))
    assert found == {field: header[place] for field, place in expected.items()}


def test_a_row_tells_who_said_what_when_about_which_build() -> None:
    entry = only(
        "id,customer,email,text,stars,nps,crashed,offended,what offended,effort,play again,"
        "date,version\n"
        "R7,C1,ann@example.com,Too dark,2,3,yes,no,,5,N,2026-07-30 10:00,0.9.0\n"
    )
    assert entry == FeedbackEntry(
        ref="R7",
        has_own_id=True,
        author="C1",
        author_email="ann@example.com",
        written_at=datetime(2026, 7, 30, 10, tzinfo=UTC),
        build="0.9.0",
        language="en",
        answer=Answer(
            csat=2,
            change_first="Too dark",
            crashed=True,
            offended=False,
            recommend=3,
            effort=5,
            keep_playing=False,
        ),
    )


@pytest.mark.parametrize("yes", ["yes", "Y", "TRUE", "1", "x", "Ja", "oui", "sí", "✓", "Yes!"])
def test_yes_is_understood_in_several_spellings(yes: str) -> None:
    assert only(f"text,crashed\nHm,{yes}\n").answer.crashed is True


@pytest.mark.parametrize("no", ["no", "N", "False", "0", "nein", "never", "nope", "No."])
def test_no_is_understood_in_several_spellings(no: str) -> None:
    assert only(f"text,crashed\nHm,{no}\n").answer.crashed is False


@pytest.mark.parametrize("silence", ["", "-", "n/a", "None", "unknown"])
def test_silence_is_neither_yes_nor_no(silence: str) -> None:
    assert only(f"text,crashed\nHm,{silence}\n").answer.crashed is None


@pytest.mark.parametrize(
    "four", ["4", "4.0", "4,0", "4/5", "4 of 5", "4 out of 5", "4 stars", "★★★★", "★★★★☆"]
)
def test_four_stars_are_understood_in_several_spellings(four: str) -> None:
    assert only(f'text,stars\nHm,"{four}"\n').answer.csat == 4


@pytest.mark.parametrize("stars", ["0", "6", "4.5", "-1", "4/10", "five", "99999999999", "★★★★★★"])
def test_stars_outside_one_to_five_are_set_aside(stars: str) -> None:
    assert reasons(feedback(f"text,stars\nHm,{stars}\n")) == {
        2: f"“{stars}” is not a mark for “Satisfaction or stars (1 to 5)”."
    }


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("recommend", "11", "“11” is not a mark for “Would recommend (0 to 10)”."),
        ("effort", "8", "“8” is not a mark for “Effort (1 to 7)”."),
        ("date", "32/13/2026", "“32/13/2026” is not a possible date."),
        ("date", "soon", "“soon” is not a possible date."),
        ("date", "2027-01-01", "The date “2027-01-01” is in the future."),
        ("crashed", "often", "“often” says neither yes nor no to “It crashed (yes or no)”."),
    ],
)
def test_what_cannot_be_is_set_aside_with_its_reason(column: str, value: str, reason: str) -> None:
    assert reasons(feedback(f"text,{column}\nfine,\nHm,{value}\n")) == {3: reason}


def test_a_row_that_says_nothing_is_set_aside_and_lines_are_the_files_own() -> None:
    read = feedback("customer,text,stars\nC1,,\n\nC2,n/a,-\nC3,Fun,\n")
    assert reasons(read) == dict.fromkeys(
        (2, 4), "The row says nothing: no words, no marks, nothing ticked."
    )
    assert read.lines == (5,)


def test_marks_at_the_ends_of_their_scales_are_taken() -> None:
    low = only("stars,recommend,effort\n1,0,1\n").answer
    high = only("stars,recommend,effort\n5,10,7\n").answer
    assert (low.csat, low.recommend, low.effort) == (1, 0, 1)
    assert (high.csat, high.recommend, high.effort) == (5, 10, 7)


def test_a_row_without_an_id_goes_by_all_it_says_and_stands_once() -> None:
    read = feedback("author,text\nAnn,Fun\nBob,Fun\nAnn,Fun\n")
    assert len({entry.ref for entry in read.accepted}) == len(read.accepted) == 2
    assert reasons(read) == {4: "The same row stands on line 2 already."}
    assert read.accepted[0].ref == only("author,text\nAnn,Fun\n").ref


def test_an_id_that_comes_twice_is_set_aside() -> None:
    read = feedback("id,text\n1,Fun\n1,Dull\n")
    assert [entry.answer.text for entry in read.accepted] == ["Fun"]
    assert reasons(read) == {3: "The id “1” stands on line 2 already."}


def test_a_text_too_long_to_keep_is_set_aside() -> None:
    assert reasons(feedback(f"text\n{'a' * 5_001}\n{'b' * 5_000}\n")) == {
        2: "The text is longer than 5,000 characters."
    }


def test_a_file_without_anything_that_people_say_names_its_columns() -> None:
    with pytest.raises(Invalid, match="“customer”, “date”"):
        feedback("customer,date\n1,2026-01-01\n")


def test_the_order_of_day_and_month_can_be_chosen() -> None:
    text = "text,date\nHm,03/04/2026\n"
    assert feedback(text).order_matters
    (entry,) = feedback(text, DateOrder.MONTH_FIRST).accepted
    assert entry.written_at == datetime(2026, 3, 4, tzinfo=UTC)


def test_whoever_refuses_an_author_sets_the_row_aside() -> None:
    def refuse(entry: FeedbackEntry) -> int | None:
        if entry.author == "C1":
            raise Invalid("Not this one.")
        return 7 if entry.author == "C2" else None

    sheet = read_sheet(b"customer,text\nC1,a\nC2,b\nC3,c\n")
    columns = guess_columns(sheet.header, fields_of(ImportKind.FEEDBACK))
    read = read_feedback(sheet, columns, now=NOW, author_of=refuse)
    assert [entry.participant_id for entry in read.accepted] == [7, None]
    assert reasons(read) == {2: "Not this one."}


def test_the_example_of_a_file_is_read_whole() -> None:
    read = feedback(example_csv(ImportKind.FEEDBACK).decode("utf-8-sig"))
    assert (len(read.accepted), read.set_aside) == (3, ())


def test_an_outside_voice_keeps_words_stars_build_and_date_but_nobodys_name() -> None:
    entry = only("id,customer,email,text,stars,what offended\n1,C1,a@example.com,Dull,2,Grinch\n")
    voice = voice_of(entry, "store.csv", NOW)
    assert (voice.text, voice.stars, voice.source) == ("Dull\nGrinch", 2, "store.csv")
    assert "C1" not in voice.model_dump_json()
    assert "a@example.com" not in voice.model_dump_json()


@given(st.lists(st.text(max_size=40), min_size=3, max_size=3))
def test_any_cells_are_either_taken_or_set_aside(cells: list[str]) -> None:
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    try:
        read = feedback(f"text,stars,date\n{row}\nfine,5,2026-01-01\n")
    except Invalid:
        return  # no table at all: a control character or a stray quotation mark
    assert len(read.accepted) + len(read.set_aside) <= 2
    assert read.accepted[-1].answer.text == "fine"
