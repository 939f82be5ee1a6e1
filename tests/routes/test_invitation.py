"""Facts about opening a personal link."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

import db.engine
from casework.roles import Actor, Role
from db import clock, invitations, participants, sessions
from db.activities import ActivityRow
from db.participants import ParticipantRow
from db.table import change
from tests.betas import OWNER, a_study, a_tester, an_activity

BASE = "http://127.0.0.1:8501"


@pytest.fixture
def tester(client: TestClient) -> ParticipantRow:
    """Somebody who was invited to a running beta and has not agreed yet."""
    with db.engine.transaction() as session:
        activity = an_activity(session, a_study(session), now=clock.now())
        return a_tester(session, activity, agreed=False, now=clock.now())[0]


def new_link(tester: ParticipantRow) -> str:
    with db.engine.transaction() as session:
        kept = participants.get(session, tester.id or 0)
        link = invitations.issue(session, OWNER, kept, now=clock.now(), base_url=BASE)
    return link.link.removeprefix(BASE)


def who_is_here(client: TestClient) -> Actor | None:
    with db.engine.reading() as session:
        return sessions.who(session, client.cookies.get(sessions.COOKIE) or "", now=clock.now())


def test_a_link_lets_its_holder_in_and_leaves_the_address_bar(
    client: TestClient, tester: ParticipantRow
) -> None:
    answer = client.get(new_link(tester))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["cache-control"] == "no-store"
    assert "httponly" in answer.headers["set-cookie"].lower()
    here = who_is_here(client)
    assert here is not None
    assert (here.role, here.participant_id) == (Role.CUSTOMER, tester.id)


def test_the_same_link_opens_again_on_another_day_and_device(
    client: TestClient, tester: ParticipantRow
) -> None:
    link = new_link(tester)
    assert client.get(link).status_code == 303
    client.cookies.clear()
    assert client.get(link).status_code == 303


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 400, "%00", "..%2F..", "' OR 1=1"])
def test_a_link_nobody_issued_is_gone_with_a_page_for_people(
    client: TestClient, token: str
) -> None:
    answer = client.get(f"/i/{token}")
    assert answer.status_code in {404, 410}
    assert sessions.COOKIE not in client.cookies


def test_an_unknown_link_says_what_to_do(client: TestClient) -> None:
    answer = client.get(f"/i/{'A' * 43}")
    assert answer.status_code == 410
    assert answer.headers["content-type"].startswith("text/html")
    assert "copy it whole from your letter" in answer.text


def test_a_replaced_link_is_gone(client: TestClient, tester: ParticipantRow) -> None:
    old = new_link(tester)
    new_link(tester)
    answer = client.get(old)
    assert answer.status_code == 410
    assert sessions.COOKIE not in client.cookies


def test_after_closing_the_link_of_somebody_who_never_took_part_is_gone(
    client: TestClient, tester: ParticipantRow
) -> None:
    link = new_link(tester)
    with db.engine.transaction() as session:
        activity = session.get(ActivityRow, tester.activity_id)
        assert activity is not None
        change(activity, closes_at=clock.now() - timedelta(minutes=1))
        session.add(activity)
    assert client.get(link).status_code == 410


def test_a_mail_scanner_that_asks_for_the_head_alone_does_not_come_in(
    client: TestClient, tester: ParticipantRow
) -> None:
    assert client.head(new_link(tester)).status_code == 405
    assert sessions.COOKIE not in client.cookies
