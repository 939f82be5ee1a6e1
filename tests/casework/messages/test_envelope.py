"""Facts about letters as mail programs read them."""

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from casework.errors import Invalid
from casework.meetings import Meeting
from casework.messages import Message, MessageKind, address_problem
from casework.messages.calendar_entry import calendar_entry
from casework.messages.envelope import as_email, message_id
from casework.messages.links import OPT_OUT, PERSONAL
from casework.messages.parcels import mail_merge, zipped

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
LINKS = {PERSONAL: "https://studio.example/i/TOKEN", OPT_OUT: "https://studio.example/o/TOKEN"}
MEETING = Meeting(title="Round one", held_at=NOW, place="Room 4, 2nd floor; ring twice")


def letter(**changes: object) -> Message:
    first = {
        "kind": MessageKind.INVITATION,
        "name": "Ada",
        "email": "ada@example.com",
        "subject": "Try it",
        "body": f"Für Dich: {PERSONAL}\n\nGenug? {OPT_OUT}",
    }
    return Message.model_validate(first | changes)


def sent(message: Message, links: dict[str, str] = LINKS) -> EmailMessage:
    made = as_email(message, sender="nora@studio.example", filled=links, id_="<x@y>", at=NOW)
    return message_from_bytes(made.as_bytes(), policy=default)


def test_a_letter_has_its_headers_its_links_and_its_words() -> None:
    read = sent(letter())
    assert (read["From"], read["To"], read["Subject"], read["Message-ID"]) == (
        "nora@studio.example",
        "ada@example.com",
        "Try it",
        "<x@y>",
    )
    assert read["Date"] == "Thu, 01 Oct 2026 12:00:00 +0000"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_content().splitlines() == [
        "Für Dich: https://studio.example/i/TOKEN",
        "",
        "Genug? https://studio.example/o/TOKEN",
    ]


def test_one_click_is_offered_by_the_two_headers_of_rfc_8058_and_only_by_https() -> None:
    read = sent(letter())
    assert read["List-Unsubscribe"] == "<https://studio.example/o/TOKEN>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain = sent(letter(), {OPT_OUT: "http://studio.example/o/TOKEN"})
    assert plain["List-Unsubscribe"] == "<http://studio.example/o/TOKEN>"
    assert plain["List-Unsubscribe-Post"] is None
    assert sent(letter(), {})["List-Unsubscribe"] is None


HEADER = "x\r\nBcc: all@example.com"


@pytest.mark.parametrize("field", ["subject", "name"])
def test_a_line_break_in_what_was_typed_adds_no_header(field: str) -> None:
    read = sent(letter(**{field: HEADER}))
    assert read["Bcc"] is None


@pytest.mark.parametrize(
    "email",
    [
        "ada@example.com\nBcc: all@example.com",
        "ada@example.com, bob@example.com",
        "Ada <ada@example.com>",
        "ada",
        "ada@",
        "@example.com",
        "ada@localhost",
        "a da@example.com",
        "ada@example..com",
        "ada.@example.com",
        f"{'a' * 65}@example.com",
        f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 20}.com",
        "ada@-example.com",
        "adä@example.com",
    ],
)
def test_no_letter_goes_to_what_is_no_address(email: str) -> None:
    assert address_problem(email) is not None
    with pytest.raises(Invalid, match="not an e-mail address"):
        sent(letter(email=email))


@pytest.mark.parametrize("email", ["ada@example.com", "a.b+c@mail.example.co.uk", "o'x@e-x.org"])
def test_usual_addresses_are_addresses(email: str) -> None:
    assert address_problem(email) is None


@given(st.text(min_size=1, max_size=80))
def test_whatever_passes_as_an_address_makes_one_header(email: str) -> None:
    if address_problem(email) is None:
        assert sent(letter(email=email))["To"] == email


def test_the_message_id_is_the_same_at_every_attempt_and_another_for_another_letter() -> None:
    first = message_id("invitation 7", NOW, "nora@studio.example")
    assert first == message_id("invitation 7", NOW, "nora@studio.example")
    assert first.endswith("@studio.example>")
    assert first != message_id("invitation 8", NOW, "nora@studio.example")
    assert first != message_id("invitation 7", NOW + timedelta(days=1), "nora@studio.example")


def test_a_meeting_comes_as_a_file_that_calendars_take() -> None:
    entry = calendar_entry(MEETING, uid="meeting-3@santa-run", product="Santa Run", now=NOW)
    read = sent(letter(calendar=entry))
    (attached,) = read.iter_attachments()
    assert attached.get_filename() == "meeting.ics"
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_param("method") == "PUBLISH"
    (event,) = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert event["UID"] == "meeting-3@santa-run"
    assert event["SUMMARY"] == "Santa Run: Round one"
    assert event["LOCATION"] == MEETING.place
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (NOW, NOW + timedelta(hours=1))
    assert "ATTENDEE" not in event


def test_a_sly_title_adds_no_line_to_the_calendar_file() -> None:
    sly = MEETING.model_copy(update={"place": "Room\nATTENDEE:mailto:all@example.com"})
    entry = calendar_entry(sly, uid="u", product="P", now=NOW)
    (event,) = Calendar.from_ical(entry).walk("VEVENT")
    assert "ATTENDEE" not in event


def test_the_table_for_a_mail_merge_reads_back_whole() -> None:
    rows = list(csv.DictReader(io.StringIO(mail_merge([(letter(name="Bo, “B”"), LINKS)]))))
    assert rows == [
        {
            "name": "Bo, “B”",
            "e-mail": "ada@example.com",
            "subject": "Try it",
            "message": f"Für Dich: {LINKS[PERSONAL]}\n\nGenug? {LINKS[OPT_OUT]}",
            "link": LINKS[PERSONAL],
        }
    ]


@given(st.text(min_size=1, max_size=40).filter(lambda name: name.strip() != ""))
def test_no_name_becomes_a_formula_in_the_owners_spreadsheet(name: str) -> None:
    try:
        one = letter(name=name)
    except ValueError:
        return
    table = io.StringIO(mail_merge([(one, LINKS)]), newline="")
    assert not next(csv.DictReader(table))["name"].startswith(("=", "+", "-", "@"))


def test_the_parcel_holds_every_letter_and_the_table_under_harmless_names() -> None:
    made = as_email(letter(), sender="a@b.example", filled=LINKS, id_="<x@y>", at=NOW)
    with zipfile.ZipFile(io.BytesIO(zipped([("../1 Ada", made)], "name\n"))) as parcel:
        assert parcel.namelist() == ["1-Ada.eml", "letters.csv"]
        read = message_from_bytes(parcel.read("1-Ada.eml"), policy=default)
    assert read["To"] == "ada@example.com"
