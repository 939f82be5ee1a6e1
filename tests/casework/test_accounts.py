"""Facts about accounts, sessions and guessing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casework.accounts import (
    Account,
    LoginSession,
    is_live,
    require_password,
    wait_before_guessing,
)
from casework.errors import Invalid
from casework.roles import Role

NINE = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def visit(*, seen_after: timedelta = timedelta(0), revoked: bool = False) -> LoginSession:
    return LoginSession(
        token_hash="h",
        role=Role.OWNER,
        name="Nora",
        begun_at=NINE,
        seen_at=NINE + seen_after,
        revoked_at=NINE if revoked else None,
    )


@pytest.mark.parametrize(("password", "good"), [("x" * 11, False), ("x" * 12, True)])
def test_a_password_has_twelve_characters(password: str, *, good: bool) -> None:
    if good:
        require_password(password)
    else:
        with pytest.raises(Invalid, match="12 characters"):
            require_password(password)


@pytest.mark.parametrize("email", ["nora", "nora@studio", "no ra@studio.example", "<n>@s.example"])
def test_what_is_no_address_opens_no_account(email: str) -> None:
    with pytest.raises(ValidationError):
        Account(email=email, name="Nora", role=Role.OWNER, created_at=NINE)


def test_capitals_and_spaces_make_no_second_address() -> None:
    account = Account(email=" Nora@Studio.Example ", name="N", role=Role.OWNER, created_at=NINE)
    assert account.email == "nora@studio.example"


def test_a_session_ends_after_two_idle_hours() -> None:
    assert is_live(visit(), NINE + timedelta(hours=2) - MINUTE)
    assert not is_live(visit(), NINE + timedelta(hours=2))


def test_a_session_ends_after_twelve_hours_however_busy() -> None:
    busy = visit(seen_after=timedelta(hours=12) - MINUTE)
    assert is_live(busy, NINE + timedelta(hours=12) - MINUTE)
    assert not is_live(busy, NINE + timedelta(hours=12))


def test_a_session_that_was_signed_out_is_over_at_once() -> None:
    assert not is_live(visit(revoked=True), NINE)


def test_the_fifth_wrong_guess_costs_the_rest_of_a_quarter_of_an_hour() -> None:
    guesses = [NINE + minute * MINUTE for minute in range(5)]
    assert wait_before_guessing(guesses[:4], 5, NINE + 4 * MINUTE) == timedelta(0)
    assert wait_before_guessing(guesses, 5, NINE + 4 * MINUTE) == 11 * MINUTE
    assert wait_before_guessing(guesses, 5, NINE + 15 * MINUTE) == timedelta(0)


@given(st.lists(st.integers(0, 60), max_size=30), st.integers(1, 8), st.integers(0, 60))
def test_waiting_as_long_as_told_is_enough(minutes: list[int], limit: int, now: int) -> None:
    failed = [NINE + minute * MINUTE for minute in minutes if minute <= now]
    wait = wait_before_guessing(failed, limit, NINE + now * MINUTE)
    assert timedelta(0) <= wait <= 15 * MINUTE
    assert wait_before_guessing(failed, limit, NINE + now * MINUTE + wait) == timedelta(0)
