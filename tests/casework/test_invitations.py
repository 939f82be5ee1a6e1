"""Facts about personal links: what they look like, what is kept of them, when they end."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.activities import Activity
from casework.errors import Closed
from casework.funnel import ActivityKind
from casework.invitations import (
    Invitation,
    derive_token,
    expiry_of,
    hash_token,
    is_token,
    link_to,
    require_usable,
)

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
CLOSES = NOW + timedelta(days=14)
EXPECTED = "0qFrP4QDK6SI0QpZWRLjbLcuVOtPo6RUMDRcghbhVdI"


def activity() -> Activity:
    return Activity(
        kind=ActivityKind.BETA, name="A", seats=8, starts_at=NOW, closes_at=CLOSES, incentive=""
    )


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


def test_a_derived_token_is_the_hmac_of_its_nonce_and_takes_the_secret_to_make() -> None:
    """Worked with: printf 'invitation abc' | openssl dgst -sha256 -hmac key -binary | base64url."""
    assert derive_token("key", "abc") == EXPECTED
    assert is_token(derive_token("key", "abc"))
    assert derive_token("other key", "abc") != EXPECTED
    assert derive_token("key", "abd") != EXPECTED


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
