"""Facts about signing in."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from casework.errors import Invalid, NotAllowed, NotEnough
from casework.roles import Actor, Role
from db import accounts
from db.accounts import AccountRow, ThrottleRow

EMAIL = "nora@studio.example"
PASSWORD = "a long enough password"
HERE = "203.0.113.7"


@pytest.fixture
def nora(session: Session, owner: Actor, now: datetime) -> AccountRow:
    return accounts.add(session, owner, EMAIL, Role.OWNER, password=PASSWORD, name="Nora", now=now)


def test_the_right_password_signs_in_as_the_account(
    session: Session, nora: AccountRow, now: datetime
) -> None:
    actor = accounts.sign_in(session, " Nora@Studio.Example", PASSWORD, address=HERE, now=now)
    assert actor == Actor(role=Role.OWNER, name="Nora", account_id=nora.id)


def test_the_database_holds_no_password(session: Session, nora: AccountRow) -> None:
    assert nora.password_hash is not None
    assert nora.password_hash.startswith("$argon2id$")
    assert PASSWORD not in nora.password_hash


def test_a_wrong_password_and_an_unknown_address_are_told_alike(
    session: Session, nora: AccountRow, now: datetime
) -> None:
    assert accounts.sign_in(session, EMAIL, "another password", address=HERE, now=now) is None
    assert accounts.sign_in(session, "no@body.example", PASSWORD, address=HERE, now=now) is None


def test_after_five_wrong_guesses_even_the_right_password_waits(
    session: Session, nora: AccountRow, now: datetime
) -> None:
    for _ in range(5):
        accounts.sign_in(session, EMAIL, "another password", address=HERE, now=now)
    with pytest.raises(NotEnough, match="Try again in 15 min"):
        accounts.sign_in(session, EMAIL, PASSWORD, address="198.51.100.1", now=now)
    later = now + timedelta(minutes=15)
    assert accounts.sign_in(session, EMAIL, PASSWORD, address=HERE, now=later) is not None


def test_one_address_guessing_at_many_accounts_is_stopped_after_twenty(
    session: Session, now: datetime
) -> None:
    for number in range(20):
        accounts.sign_in(session, f"a{number}@b.example", "guess", address=HERE, now=now)
    with pytest.raises(NotEnough, match="Too many"):
        accounts.sign_in(session, "another@b.example", "guess", address=HERE, now=now)


def test_signing_in_forgets_the_wrong_guesses_before_it(
    session: Session, nora: AccountRow, now: datetime
) -> None:
    for _ in range(4):
        accounts.sign_in(session, EMAIL, "another password", address=HERE, now=now)
    accounts.sign_in(session, EMAIL, PASSWORD, address=HERE, now=now)
    for _ in range(4):
        accounts.sign_in(session, EMAIL, "another password", address=HERE, now=now)
    assert accounts.sign_in(session, EMAIL, PASSWORD, address=HERE, now=now) is not None


def test_the_throttle_keeps_no_address(session: Session, now: datetime) -> None:
    accounts.sign_in(session, EMAIL, "guess", address=HERE, now=now)
    kept = " ".join(row.subject for row in session.exec(select(ThrottleRow)))
    assert kept
    assert EMAIL not in kept
    assert HERE not in kept


def test_a_demo_account_has_no_password_that_could_be_right(
    session: Session, now: datetime
) -> None:
    actor = accounts.demo_actor(session, Role.STUDENT, now=now)
    assert accounts.demo_actor(session, Role.STUDENT, now=now) == actor
    email = "demo-student@example.com"
    for guess in ("", "the password of nobody at all"):
        assert accounts.sign_in(session, email, guess, address=HERE, now=now) is None


def test_only_who_manages_accounts_adds_one(session: Session, now: datetime) -> None:
    student = Actor(role=Role.STUDENT, name="Sam")
    with pytest.raises(NotAllowed, match="manage accounts"):
        accounts.add(session, student, EMAIL, Role.OWNER, password=PASSWORD, now=now)


@pytest.mark.parametrize(
    ("email", "role", "password", "why"),
    [
        (EMAIL, Role.OWNER, "too short", "12 characters"),
        (EMAIL, Role.CUSTOMER, PASSWORD, "invitation"),
        ("nobody", Role.OWNER, PASSWORD, "not an e-mail address"),
        ("NORA@studio.example", Role.STUDENT, PASSWORD, "already an account"),
    ],
)
def test_an_account_is_refused_with_the_reason(
    session: Session,
    owner: Actor,
    now: datetime,
    *,
    email: str,
    role: Role,
    password: str,
    why: str,
) -> None:
    accounts.add(session, owner, "nora@studio.example", Role.OWNER, password=PASSWORD, now=now)
    with pytest.raises(Invalid, match=why):
        accounts.add(session, owner, email, role, password=password, now=now)
