"""Stopping by the link in a letter: looking changes nothing, one press takes everything out."""

import pytest
from starlette.testclient import TestClient

from casework.funnel import Step
from db import opt_outs, participants
from db.clock import now
from db.engine import reading, transaction
from db.settings import signing_key
from tests.betas import Beta, a_beta


@pytest.fixture
def beta(client: TestClient) -> Beta:
    """A tester of a running beta, at the installation the client talks to."""
    with transaction() as session:
        return a_beta(session, now())


def address(beta: Beta) -> str:
    link = opt_outs.link_to(beta.tester.customer_id, secret=signing_key(), base_url="")
    return f"{link}/stop"


def step(beta: Beta) -> Step:
    with reading() as session:
        return participants.get(session, beta.tester.id or 0).step


def test_looking_at_the_page_stops_nobody(beta: Beta, client: TestClient) -> None:
    shown = client.get(address(beta))
    assert shown.status_code == 200
    assert "Yes, stop and take my answers out" in shown.text
    assert "decisions that were signed before" in shown.text
    assert step(beta) is Step.ACCEPTED


def test_one_press_takes_part_in_nothing_any_more_and_twice_is_once(
    beta: Beta, client: TestClient
) -> None:
    for _ in range(2):
        shown = client.post(address(beta))
        assert shown.status_code == 200
        assert "You take part in nothing of ours" in shown.text
    assert step(beta) is Step.WITHDRAWN
    assert "Yes, stop" not in client.get(address(beta)).text


def test_the_page_to_get_no_more_letters_leads_there(beta: Beta, client: TestClient) -> None:
    page = client.get(address(beta).removesuffix("/stop"))
    assert 'href="' in page.text
    assert "/stop" in page.text


def test_a_link_nobody_sent_is_not_known(beta: Beta, client: TestClient) -> None:
    assert client.get("/o/nonsense/stop").status_code == 404
    assert client.post("/o/nonsense/stop").status_code == 404
    assert step(beta) is Step.ACCEPTED
