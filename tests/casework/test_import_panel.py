"""Facts about panel files: known by address, contactable by a dated yes, bad rows set aside."""

from datetime import UTC, datetime

import pytest

from casework.errors import Invalid
from casework.imports import ImportKind, PanelField, Read, fields_of, guess_columns, read_panel
from casework.imports.examples import example_csv
from casework.panel import PanelEntry
from casework.tabular import read_sheet

NOW = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
P = PanelField


def read(text: str | bytes) -> Read[PanelEntry]:
    sheet = read_sheet(text if isinstance(text, bytes) else text.encode())
    columns = guess_columns(sheet.header, fields_of(ImportKind.PANEL))
    return read_panel(sheet, columns, now=NOW)


def reasons(found: Read[PanelEntry]) -> dict[int, str]:
    return {row.line: row.reason for row in found.set_aside}


def test_columns_are_guessed_also_where_several_speak_of_consent() -> None:
    header = ["Name", "Email", "Consent", "Consent date", "Consent source", "Tags", "Notes", "OS"]
    found = guess_columns(header, fields_of(ImportKind.PANEL))
    assert found == {
        P.NAME: "Name",
        P.EMAIL: "Email",
        P.CONSENT: "Consent",
        P.CONSENT_AT: "Consent date",
        P.CONSENT_SOURCE: "Consent source",
        P.INTERESTS: "Tags",
        P.NOTE: "Notes",
        P.PLATFORM: "OS",
    }


def test_the_example_imports_without_a_row_set_aside() -> None:
    found = read(example_csv(ImportKind.PANEL))
    assert (len(found.accepted), found.set_aside) == (3, ())
    ada = found.accepted[0]
    assert ada.consented_at == datetime(2026, 5, 2, tzinfo=UTC)
    assert (ada.consent_source, ada.platform) == ("booth at the games fair", "ios")
    assert ada.interests == ("co-op", "puzzles")


def test_a_yes_counts_only_with_its_day_and_a_no_always() -> None:
    found = read(
        "email,consent,consent date\n"
        "a@example.com,yes,2026-05-02\n"
        "b@example.com,yes,\n"
        "c@example.com,no,2026-05-02\n"
        "d@example.com,,2026-05-02\n"
        "e@example.com,,\n"
    )
    assert [(one.may_contact, one.consented_at is not None) for one in found.accepted] == [
        (True, True),
        (None, False),
        (False, False),
        (True, True),
        (None, False),
    ]
    assert any("For 3 of 5 people no consent" in note for note in found.notes)


def test_a_file_without_a_column_of_consent_says_what_follows() -> None:
    found = read("email,name\na@example.com,Ann\n")
    assert found.accepted[0].may_contact is None
    assert "No column says on which day" in found.notes[0]


def test_bad_rows_are_set_aside_with_line_and_reason() -> None:
    found = read(
        "email,consent,consent date,interests,notes,age\n"
        "pia@example.com,yes,2026-05-02,puzzles,ok,34\n"
        "PIA@Example.com,yes,2026-05-02,puzzles,again,34\n"
        "pia,yes,2026-05-02,,,\n"
        ",yes,2026-05-02,,,\n"
        "b@example.com,maybe,2026-05-02,,,\n"
        "c@example.com,yes,2026-09-01,,,\n"
        "d@example.com,yes,2026-02-31,,,\n"
        f"e@example.com,yes,2026-05-02,,{'n' * 2001},\n"
        f"f@example.com,yes,2026-05-02,{'i' * 41},,\n"
        "g@example.com,yes,2026-05-02,,,150\n"
    )
    assert [one.email for one in found.accepted] == ["pia@example.com"]
    assert reasons(found) == {
        3: "The address “pia@example.com” stands on line 2 already.",
        4: "“pia” is not an e-mail address.",
        5: "The e-mail address is empty.",
        6: "“maybe” says neither yes nor no to “agreed to be contacted”.",
        7: "The date “2026-09-01” is in the future.",
        8: "“2026-02-31” is not a possible date.",
        9: "The note is longer than 2,000 characters.",
        10: f"An interest has up to 40 characters; “{'i' * 30}…” is longer.",
        11: "An age of 150 years is not possible.",
    }


def test_formulas_are_kept_as_text_and_handed_back_harmless() -> None:
    found = read('email,name,notes\na@example.com,"=1+1","=HYPERLINK(""x"")"\nbad,"=2+2",\n')
    assert (found.accepted[0].name, found.accepted[0].note) == ("=1+1", '=HYPERLINK("x")')
    assert b"'=2+2" in found.set_aside_csv


def test_without_a_column_of_addresses_the_file_is_refused() -> None:
    with pytest.raises(Invalid, match="No column was found for “E-mail”"):
        read("name,notes\nAnn,hello\n")
