"""Who is here: sessions by cookie, of which only the hash is kept."""

import secrets
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework.accounts import SESSION_LIFE, STAMP_EVERY, LoginSession, is_live
from casework.errors import NotFound
from casework.funnel import ActivityKind, Step
from casework.roles import Actor, Role
from db.accounts import AccountRow, as_actor
from db.activities import ActivityRow
from db.participants import ParticipantRow
from db.table import Table

COOKIE = "casework_session"


class LoginSessionRow(LoginSession, Table, table=True):
    """One browser that came in, as staff with an account or as an invited participant."""

    __tablename__ = "login_session"
    token_hash: str = Field(unique=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    participant_id: int | None = Field(default=None, foreign_key="participant.id", index=True)


def begin(session: Session, actor: Actor, *, now: datetime) -> str:
    """Let somebody in; the returned token goes into their cookie and is kept nowhere."""
    _clear_old(session, now)
    token = secrets.token_urlsafe(32)
    visit = LoginSession(
        token_hash=_hash(token), role=actor.role, name=actor.name, begun_at=now, seen_at=now
    )
    ids = {"account_id": actor.account_id, "participant_id": actor.participant_id}
    session.add(LoginSessionRow.model_validate(visit, update=ids))
    session.flush()
    return token


def who(session: Session, token: str, *, now: datetime) -> Actor | None:
    """Who holds this token; None once it was signed out, is 12 h old or idle for 2 h."""
    visit = _of_token(session, token)
    if visit is None or not is_live(visit, now):
        return None
    if visit.account_id is None:
        return Actor(role=visit.role, name=visit.name, participant_id=visit.participant_id)
    account = session.get(AccountRow, visit.account_id)
    return as_actor(account) if account else None


def needs_stamp(session: Session, token: str, *, now: datetime) -> bool:
    """Whether it is a minute since this session was last seen, so that most runs only read."""
    visit = _of_token(session, token)
    return visit is not None and is_live(visit, now) and now - visit.seen_at >= STAMP_EVERY


def stamp(session: Session, token: str, *, now: datetime) -> None:
    """Note that the holder is still here; a session that ended stays ended."""
    visit = _of_token(session, token)
    if visit is not None and is_live(visit, now):
        session.execute(sa.update(LoginSessionRow).where(_is(token)).values(seen_at=now))


def end(session: Session, token: str, *, now: datetime) -> None:
    """Sign out: the token opens nothing from now on."""
    session.execute(sa.update(LoginSessionRow).where(_is(token)).values(revoked_at=now))


def longest_waiting(session: Session) -> int | None:
    """A beta participant who has not answered yet, for the demonstration's door.

    The newest beta first, and in it whoever has the longest way still to go.
    """
    waiting = (Step.INVITED, Step.OPENED, Step.ACCEPTED, Step.LINK_OPENED, Step.DOWNLOADED)
    order = sa.case({step: place for place, step in enumerate(waiting)}, value=ParticipantRow.step)
    query = (
        select(ParticipantRow.id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .where(ActivityRow.kind == ActivityKind.BETA, col(ParticipantRow.step).in_(waiting))
        .order_by(col(ActivityRow.closes_at).desc(), order, col(ParticipantRow.id))
    )
    return session.exec(query).first()


def demo_guest(session: Session) -> Actor:
    """An invited customer of the demonstration, for whom no link has to be found.

    Raises:
        NotFound: while nobody is invited.
    """
    guest = longest_waiting(session)
    if guest is None:
        raise NotFound("Nobody is invited yet. Load the demonstration, or invite a customer.")
    return Actor(role=Role.CUSTOMER, name="Demo customer", participant_id=guest)


def _of_token(session: Session, token: str) -> LoginSessionRow | None:
    return session.exec(select(LoginSessionRow).where(_is(token))).first()


def _is(token: str) -> sa.ColumnElement[bool]:
    return col(LoginSessionRow.token_hash) == _hash(token)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _clear_old(session: Session, now: datetime) -> None:
    past = col(LoginSessionRow.begun_at) < now - SESSION_LIFE
    session.execute(sa.delete(LoginSessionRow).where(past))
