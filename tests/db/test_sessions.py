"""Facts about who is here."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from casework.errors import NotFound
from casework.roles import Actor, Role
from db import accounts, sessions
from db.sessions import LoginSessionRow
from tests.betas import a_beta


@pytest.fixture
def nora(session: Session, now: datetime) -> Actor:
    return accounts.demo_actor(session, Role.OWNER, now=now)


def test_a_token_tells_who_holds_it(session: Session, nora: Actor, now: datetime) -> None:
    token = sessions.begin(session, nora, now=now)
    assert sessions.who(session, token, now=now) == nora


def test_an_invited_customer_is_known_by_the_participant(session: Session, now: datetime) -> None:
    beta = a_beta(session)
    guest = Actor(role=Role.CUSTOMER, name="Guest", participant_id=beta.tester.id)
    token = sessions.begin(session, guest, now=now)
    assert sessions.who(session, token, now=now) == guest


def test_a_token_nobody_was_given_opens_nothing(session: Session, now: datetime) -> None:
    assert sessions.who(session, "made up", now=now) is None
    assert sessions.who(session, "", now=now) is None


def test_only_the_hash_of_a_token_is_kept(session: Session, nora: Actor, now: datetime) -> None:
    token = sessions.begin(session, nora, now=now)
    row = session.exec(select(LoginSessionRow)).one()
    assert token not in row.model_dump_json()
    assert sessions.who(session, row.token_hash, now=now) is None


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(
    session: Session, nora: Actor, now: datetime
) -> None:
    token, other = (sessions.begin(session, nora, now=now) for _ in range(2))
    sessions.end(session, token, now=now)
    assert sessions.who(session, token, now=now) is None
    assert sessions.who(session, other, now=now) == nora


def test_being_seen_keeps_a_session_but_not_beyond_twelve_hours(
    session: Session, nora: Actor, now: datetime
) -> None:
    token = sessions.begin(session, nora, now=now)
    for hour in range(1, 12):
        sessions.stamp(session, token, now=now + timedelta(hours=hour))
        assert sessions.who(session, token, now=now + timedelta(hours=hour + 0.9)) == nora
    assert sessions.who(session, token, now=now + timedelta(hours=12)) is None


def test_being_seen_brings_no_ended_session_back(
    session: Session, nora: Actor, now: datetime
) -> None:
    token = sessions.begin(session, nora, now=now)
    late = now + timedelta(hours=3)
    sessions.stamp(session, token, now=late)
    assert sessions.who(session, token, now=late) is None


def test_a_visit_is_noted_once_a_minute_at_most(
    session: Session, nora: Actor, now: datetime
) -> None:
    token = sessions.begin(session, nora, now=now)
    soon, later = now + timedelta(seconds=59), now + timedelta(seconds=60)
    assert not sessions.needs_stamp(session, token, now=soon)
    assert sessions.needs_stamp(session, token, now=later)
    sessions.stamp(session, token, now=later)
    assert not sessions.needs_stamp(session, token, now=later)


def test_sessions_past_their_life_are_cleared_when_somebody_comes_in(
    session: Session, nora: Actor, now: datetime
) -> None:
    sessions.begin(session, nora, now=now)
    sessions.begin(session, nora, now=now + timedelta(hours=13))
    assert len(session.exec(select(LoginSessionRow)).all()) == 1


def test_the_demo_door_for_customers_opens_onto_somebody_invited(session: Session) -> None:
    with pytest.raises(NotFound, match="Nobody is invited yet"):
        sessions.demo_guest(session)
    beta = a_beta(session)
    guest = sessions.demo_guest(session)
    assert (guest.role, guest.participant_id) == (Role.CUSTOMER, beta.tester.id)
