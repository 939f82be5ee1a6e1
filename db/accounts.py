"""Accounts of staff: adding one, and signing in without giving away who has one."""

from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

import sqlalchemy as sa
from pwdlib import PasswordHash
from sqlmodel import Field, Session, col, select

from casework.accounts import (
    GUESS_WINDOW,
    GUESSES_PER_ADDRESS,
    GUESSES_PER_EMAIL,
    Account,
    FailedGuess,
    require_password,
    wait_before_guessing,
)
from casework.errors import Invalid, NotEnough
from casework.roles import Act, Actor, Role, require
from db.table import Table, change

HASHER = PasswordHash.recommended()
NOBODY = HASHER.hash("the password of nobody at all")


class AccountRow(Account, Table, table=True):
    """A member of staff."""

    __tablename__ = "account"
    email: str = Field(unique=True)


class ThrottleRow(FailedGuess, Table, table=True):
    """One wrong guess, kept for as long as it counts."""

    __tablename__ = "throttle"
    subject: str = Field(index=True)


def add(
    session: Session,
    actor: Actor,
    email: str,
    role: Role,
    *,
    password: str,
    name: str = "",
    now: datetime,
) -> AccountRow:
    """Open an account for a member of staff.

    Raises:
        Invalid: for a short password, a taken address, or a customer, who come by invitation.
    """
    require(actor, Act.MANAGE_ACCOUNTS)
    require_password(password)
    if role is Role.CUSTOMER:
        raise Invalid("Customers come in by a personal invitation, not with an account.")
    draft = _checked(email, name, role, now)
    if of_email(session, draft.email):
        raise Invalid(f"There is already an account for {draft.email}.")
    row = AccountRow.model_validate(draft, update={"password_hash": HASHER.hash(password)})
    session.add(row)
    session.flush()
    return row


def _checked(email: str, name: str, role: Role, now: datetime) -> Account:
    try:
        return Account(email=email, name=name or email, role=role, created_at=now)
    except ValueError as wrong:
        raise Invalid(f"“{email}” is not an e-mail address.") from wrong


def of_email(session: Session, email: str) -> AccountRow | None:
    """The account with this address, whatever its capitals."""
    wanted = email.strip().lower()
    return session.exec(select(AccountRow).where(AccountRow.email == wanted)).first()


def demo_actor(session: Session, role: Role, *, now: datetime) -> Actor:
    """The demonstration's owner or student, with an account nobody can sign in to."""
    email = f"demo-{role.value}@example.com"
    row = of_email(session, email)
    if row is None:
        draft = Account(email=email, name=f"Demo {role.value}", role=role, created_at=now)
        row = AccountRow.model_validate(draft)
        session.add(row)
        session.flush()
    return as_actor(row)


def wants_tour(session: Session, actor: Actor) -> bool:
    """Whether the tour of the demonstration is still offered to this person."""
    row = session.get(AccountRow, actor.account_id) if actor.account_id else None
    return row is not None and row.tour_dismissed_at is None


def dismiss_tour(session: Session, actor: Actor, *, now: datetime) -> None:
    """Offer the tour no more."""
    _set_tour(session, actor, dismissed_at=now)


def restart_tour(session: Session, actor: Actor) -> None:
    """Offer the tour again."""
    _set_tour(session, actor, dismissed_at=None)


def _set_tour(session: Session, actor: Actor, *, dismissed_at: datetime | None) -> None:
    row = session.get(AccountRow, actor.account_id) if actor.account_id else None
    if row is not None:
        change(row, tour_dismissed_at=dismissed_at)
        session.add(row)


def as_actor(row: AccountRow) -> Actor:
    """The person behind an account."""
    return Actor(role=row.role, name=row.name, account_id=row.id)


def sign_in(
    session: Session, email: str, password: str, *, address: str, now: datetime
) -> Actor | None:
    """Whose password this is; None when it is nobody's, and the guess is counted.

    An unknown address costs the same hash as a known one, so that time tells nothing.

    Raises:
        NotEnough: after 5 wrong guesses for one e-mail or 20 from one address in 15 minutes.
    """
    subjects = {_subject(email): GUESSES_PER_EMAIL, _subject(address): GUESSES_PER_ADDRESS}
    _require_patience(session, subjects, now)
    row = of_email(session, email)
    known = row.password_hash if row and row.password_hash else None
    if HASHER.verify(password, known or NOBODY) and row and known:
        _forget(session, col(ThrottleRow.subject) == _subject(email))
        return as_actor(row)
    for subject in subjects:
        session.add(ThrottleRow.model_validate(FailedGuess(subject=subject, at=now)))
    session.flush()
    return None


def _subject(text: str) -> str:
    """Enough to count by, nothing to read: a hash in place of the address."""
    return sha256(text.strip().lower().encode()).hexdigest()


def _require_patience(session: Session, limits: dict[str, int], now: datetime) -> None:
    _forget(session, col(ThrottleRow.at) < now - GUESS_WINDOW)
    rows = session.exec(select(ThrottleRow).where(col(ThrottleRow.subject).in_(limits))).all()
    waits = [
        wait_before_guessing([row.at for row in rows if row.subject == subject], limit, now)
        for subject, limit in limits.items()
    ]
    if max(waits) > timedelta(0):
        minutes = ceil(max(waits) / timedelta(minutes=1))
        raise NotEnough(f"Too many wrong passwords. Try again in {minutes} min.")


def _forget(session: Session, which: sa.ColumnElement[bool]) -> None:
    session.execute(sa.delete(ThrottleRow).where(which))
