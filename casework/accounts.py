"""Accounts of staff, the sessions of whoever is here, and when guessing a password must stop."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from casework.errors import Invalid
from casework.record import Line, Moment, Record
from casework.roles import Role

PASSWORD_LENGTH = 12
SESSION_LIFE = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
STAMP_EVERY = timedelta(minutes=1)
GUESS_WINDOW = timedelta(minutes=15)
GUESSES_PER_EMAIL = 5
GUESSES_PER_ADDRESS = 20

Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=254, pattern=r"^[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+$"
    ),
    AfterValidator(str.lower),
]


class Account(Record):
    """A member of staff; without a password hash only a demo door leads in."""

    email: Email
    name: Line
    role: Role
    password_hash: str | None = None
    created_at: Moment
    tour_dismissed_at: Moment | None = None


class LoginSession(Record):
    """Somebody came in; `token_hash` is the SHA-256 of what their cookie holds."""

    token_hash: str
    role: Role
    name: Line
    begun_at: Moment
    seen_at: Moment
    revoked_at: Moment | None = None


class FailedGuess(Record):
    """A password was wrong; `subject` is a hash of the e-mail or the network address."""

    subject: str
    at: Moment


def require_password(password: str) -> None:
    """Refuse a password that is too short to protect customers' data.

    Raises:
        Invalid: below 12 characters. Source: NIST SP 800-63B asks for length, not for symbols.
    """
    if len(password) < PASSWORD_LENGTH:
        raise Invalid(f"Choose a password of {PASSWORD_LENGTH} characters or more.")


def is_live(visit: LoginSession, now: datetime) -> bool:
    """Whether a session still lets its holder in: not signed out, 12 h at most, 2 h idle."""
    return (
        visit.revoked_at is None
        and now - visit.begun_at < SESSION_LIFE
        and now - visit.seen_at < SESSION_IDLE
    )


def wait_before_guessing(failed_at: Sequence[datetime], limit: int, now: datetime) -> timedelta:
    """How long somebody with these wrong guesses must wait; zero when they may try now."""
    recent = sorted(at for at in failed_at if now - at < GUESS_WINDOW)
    if len(recent) < limit:
        return timedelta(0)
    return recent[-limit] + GUESS_WINDOW - now
