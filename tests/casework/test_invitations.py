"""Facts about links and letters: what they look like, when they end, what they say."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.activities import Activity
from casework.errors import Closed
from casework.funnel import ActivityKind
from casework.invitations import (
    Invitation,
    Letter,
    Sender,
    expiry_of,
    hash_token,
    is_token,
    link_to,
    mail_merge,
    require_usable,
    write_letter,
)

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
CLOSES = NOW + timedelta(days=14)
SENDER = Sender(owner_name="Nora Ng", study_title="Santa Run", product="Santa Run")
LINK = "https://example.org/i/" + "a" * 43


def activity(kind: ActivityKind = ActivityKind.BETA, incentive: str = "500 gems") -> Activity:
    return Activity(
        kind=kind, name="A", seats=8, starts_at=NOW, closes_at=CLOSES, incentive=incentive
    )


def letter(kind: ActivityKind = ActivityKind.BETA, name: str = "Ada") -> Letter:
    return write_letter(7, name, "ada@example.com", LINK, sender=SENDER, activity=activity(kind))


@pytest.mark.parametrize(
    ("text", "could_be"),
    [
        ("a-_Z9" * 8 + "abc", True),
        ("a" * 42, False),
        ("a" * 44, False),
        ("", False),
        ("a" * 42 + "\n", False),
        ("ä" * 43, False),
        ("../" + "a" * 40, False),
    ],
)
def test_a_token_is_43_characters_of_the_url_alphabet(text: str, *, could_be: bool) -> None:
    assert is_token(text) is could_be


def test_what_is_kept_of_a_token_is_its_sha_256() -> None:
    """Vector of FIPS 180-2: SHA-256("abc")."""
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_link_is_the_base_address_and_the_token() -> None:
    assert link_to("https://example.org/", "TOKEN") == "https://example.org/i/TOKEN"


@pytest.mark.parametrize("kind", list(ActivityKind))
def test_a_letter_says_who_asks_why_how_long_where_and_how_to_be_left_alone(
    kind: ActivityKind,
) -> None:
    body = letter(kind).body
    for part in (
        "Hello Ada,",
        "I am Nora Ng",
        "Santa Run",
        "before we decide",
        LINK,
        "15 October 2026",
        "500 gems",
        "left alone",
        "a minute",
    ):
        assert part in body


def test_a_letter_promises_nothing_where_nothing_is_promised() -> None:
    plain = write_letter(
        7, "Ada", "a@example.com", LINK, sender=SENDER, activity=activity(incentive="")
    )
    assert "thank-you" not in plain.body
    assert "\n\n\n" not in plain.body


def test_each_kind_has_a_subject_of_its_own() -> None:
    subjects = {letter(kind).subject for kind in ActivityKind}
    assert len(subjects) == 2


def invitation(**changes: datetime) -> Invitation:
    kept = {"token_hash": "x", "issued_at": NOW, "expires_at": expiry_of(activity())}
    return Invitation.model_validate(kept | changes)


@pytest.mark.parametrize(
    ("when", "took_part", "says"),
    [
        (CLOSES, False, "stopped collecting answers"),
        (CLOSES + timedelta(days=90), True, "has expired"),
    ],
)
def test_a_link_ends_at_closing_or_ninety_days_later_for_whoever_took_part(
    when: datetime, says: str, *, took_part: bool
) -> None:
    just_before = when - timedelta(seconds=1)
    require_usable(invitation(), activity(), took_part=took_part, now=just_before)
    with pytest.raises(Closed, match=says):
        require_usable(invitation(), activity(), took_part=took_part, now=when)


def test_a_replaced_link_points_to_the_newer_letter() -> None:
    with pytest.raises(Closed, match="replaced by a newer one"):
        require_usable(invitation(revoked_at=NOW), activity(), took_part=True, now=NOW)


def test_the_mail_merge_has_one_line_per_letter_and_reads_back_whole() -> None:
    rows = list(csv.DictReader(io.StringIO(mail_merge([letter(), letter(name="Bo, “B”")]))))
    assert list(rows[0]) == ["name", "e-mail", "message", "link"]
    assert rows[1]["name"] == "Bo, “B”"
    assert rows[0] == {
        "name": "Ada",
        "e-mail": "ada@example.com",
        "message": letter().body,
        "link": LINK,
    }


@given(st.text(min_size=1, max_size=40).filter(lambda name: name.strip() != ""))
def test_no_name_becomes_a_formula_in_the_owners_spreadsheet(name: str) -> None:
    try:
        one = letter(name=name)
    except ValueError:
        return
    cell = next(csv.DictReader(io.StringIO(mail_merge([one]), newline="")))["name"]
    assert not cell.startswith(("=", "+", "-", "@"))
