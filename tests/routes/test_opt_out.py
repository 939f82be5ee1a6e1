"""Facts about the link that ends all letters."""

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casework.messages import PostState
from db import opt_outs
from db.customers import CustomerRow
from db.engine import reading, transaction
from db.outbox import OutboxRow
from db.settings import signing_key
from tests.letters import queue
from tests.recruits import some_customers

BASE = "http://127.0.0.1:8501"


@pytest.fixture
def link(client: TestClient) -> str:
    """The way out in a letter that waits."""
    with transaction() as session:
        (row,) = some_customers(session, 1)
        queue(session, row)
        link = opt_outs.link_to(row.id or 0, secret=signing_key(), base_url=BASE)
    return link.removeprefix(BASE)


def standing() -> tuple[bool, PostState]:
    with reading() as session:
        left_alone = session.exec(select(CustomerRow)).one().left_alone
        return left_alone, session.exec(select(OutboxRow)).one().state


def test_looking_changes_nothing_and_offers_one_button(client: TestClient, link: str) -> None:
    for method in ("GET", "HEAD"):
        assert client.request(method, link).status_code == 200
    page = client.get(link)
    assert page.text.count("<button") == 1
    assert page.headers["cache-control"] == "no-store"
    assert standing() == (False, PostState.QUEUED)


def test_a_mail_provider_opts_out_for_its_reader_without_login_or_origin(
    client: TestClient, link: str
) -> None:
    """RFC 8058: a POST with this one field, from anywhere."""
    answer = client.post(
        link,
        content="List-Unsubscribe=One-Click",
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": "https://mail.example",
            "Sec-Fetch-Site": "cross-site",
        },
    )
    assert answer.status_code == 200
    assert "will not write again" in answer.text
    assert standing() == (True, PostState.DROPPED)


def test_pressing_twice_is_as_good_as_once(client: TestClient, link: str) -> None:
    assert [client.post(link).status_code for _ in range(2)] == [200, 200]
    assert standing() == (True, PostState.DROPPED)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("token", ["x", "MQ.x", "A" * 400, "%00", "' OR 1=1"])
def test_a_made_up_link_ends_nobodys_letters(
    client: TestClient, link: str, method: str, token: str
) -> None:
    assert client.request(method, f"/o/{token}").status_code == 404
    assert standing() == (False, PostState.QUEUED)
