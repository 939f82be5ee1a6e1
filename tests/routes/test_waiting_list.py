"""Facts about the public page of the waiting list and the links in its letter."""

from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casework.messages.envelope import as_email
from casework.waiting_list import LETTERS_PER_ADDRESS, REQUESTS_PER_PLACE, WaitingList
from db import waiting_list
from db.clock import now
from db.customers import CustomerRow
from db.engine import reading, transaction
from db.outbox import OutboxRow
from db.post import links_of, post_of
from db.settings import settings
from db.table import change
from db.waiting_list import WaitingRequestRow
from tests.betas import OWNER
from tests.recruits import some_customers

BASE = "http://127.0.0.1:8501"
PIA = {"name": "Pia", "email": "pia@example.com", "interests": "puzzles", "consent": "yes"}


def switch(*, on: bool, title: str = "Try it first", about: str = "A talk of an hour.") -> None:
    with transaction() as session:
        wanted = WaitingList(title=title, about=about, open=on)
        waiting_list.set_list(session, OWNER, wanted, now=now())


@pytest.fixture
def page(client: TestClient) -> str:
    """The address of an open list."""
    switch(on=True)
    with reading() as session:
        row = waiting_list.find(session)
        assert row is not None
        return waiting_list.link_of(row, "")


def letters() -> list[OutboxRow]:
    with reading() as session:
        return list(session.exec(select(OutboxRow)))


def links() -> tuple[str, str]:
    """The two addresses in the latest letter, as it leaves."""
    with reading() as session:
        row = letters()[-1]
        post = post_of(settings())
        filled = links_of(session, row, post, now=now())
        sent = as_email(row, sender="a@example.org", filled=filled, id_="<1@x>", at=now())
    body = sent.get_content()
    found = [word for word in body.split() if word.startswith(f"{BASE}/w/")]
    confirming, leaving = (link.removeprefix(BASE) for link in found)
    return confirming, leaving


def people() -> list[tuple[str, bool]]:
    with reading() as session:
        return [(one.email or "", one.reachable) for one in session.exec(select(CustomerRow))]


def test_from_the_public_page_to_the_list_and_off_it_again(client: TestClient, page: str) -> None:
    shown = client.get(page)
    assert shown.status_code == 200
    assert "A talk of an hour." in shown.text
    assert client.post(page, data=PIA).status_code == 200
    confirming, leaving = links()
    assert client.get(confirming).text.count("<button") == 1
    assert people() == []
    joined = client.post(confirming)
    assert "You are on the list" in joined.text
    assert leaving in joined.text
    assert people() == [("pia@example.com", True)]
    assert client.get(leaving).text.count("<button") == 1
    assert people() == [("pia@example.com", True)]
    assert [client.post(leaving).status_code for _ in range(2)] == [200, 200]
    assert people() == [("pia@example.com", False)]


def test_pressing_confirm_twice_says_the_same_and_after_leaving_it_is_gone(
    client: TestClient, page: str
) -> None:
    client.post(page, data=PIA)
    confirming, leaving = links()
    assert client.post(confirming).text == client.post(confirming).text
    assert "You are on the list" in client.get(confirming).text
    client.post(leaving)
    assert client.post(confirming).status_code == 410


def test_the_answer_tells_nothing_about_an_address(client: TestClient, page: str) -> None:
    """Unknown, known, on the list, had its letters, filled by a program: one and the same page."""
    with transaction() as session:
        some_customers(session, 1)
    first = client.post(page, data=PIA).text
    client.post(links()[0])
    answers = [client.post(page, data=PIA).text for _ in range(LETTERS_PER_ADDRESS + 1)]
    known = client.post(page, data=PIA | {"email": "person0@example.com"}).text
    program = client.post(page, data=PIA | {"website": "https://spam.example"}).text
    assert {*answers, program, known.replace("person0@", "pia@")} == {first}


def test_a_program_that_fills_every_field_gets_no_letter(client: TestClient, page: str) -> None:
    assert client.post(page, data=PIA | {"website": "x"}).status_code == 200
    assert letters() == []


def test_too_many_requests_from_one_network_wait(client: TestClient, page: str) -> None:
    for place in range(REQUESTS_PER_PLACE):
        client.post(page, data=PIA | {"email": f"one{place}@example.com"})
    refused = client.post(page, data=PIA | {"email": "last@example.com"})
    assert refused.status_code == 429
    assert "in an hour" in refused.text
    assert len(letters()) == REQUESTS_PER_PLACE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "pia"}, "not an e-mail address"),
        ({"name": " "}, "Give a name"),
        ({"consent": ""}, "Tick that we may write"),
        ({"interests": "x" * 50}, "up to 40 characters"),
    ],
)
def test_a_form_that_cannot_be_used_comes_back_with_what_was_typed(
    client: TestClient, page: str, typed: dict[str, str], said: str
) -> None:
    answer = client.post(page, data=PIA | {"name": "Pia & <b>Co</b>"} | typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "<b>Co" not in answer.text
    assert ("Pia &amp; &lt;b&gt;Co" in answer.text) == ("name" not in typed)
    assert letters() == []


def test_another_site_cannot_send_the_form(client: TestClient, page: str) -> None:
    refused = client.post(page, data=PIA, headers={"Origin": "https://elsewhere.example"})
    assert refused.status_code == 403
    assert letters() == []


def test_a_list_switched_off_is_closed_for_all_its_links(client: TestClient, page: str) -> None:
    client.post(page, data=PIA)
    confirming, leaving = links()
    switch(on=False)
    assert [client.get(page).status_code, client.post(page, data=PIA).status_code] == [410, 410]
    assert client.post(confirming).status_code == 410
    assert client.get(leaving).status_code == 200
    assert people() == []


def test_an_expired_link_says_how_to_get_another(client: TestClient, page: str) -> None:
    client.post(page, data=PIA)
    with transaction() as session:
        row = session.exec(select(WaitingRequestRow)).one()
        change(row, asked_at=row.asked_at - timedelta(days=7))
        session.add(row)
    confirming, _ = links()
    for refused in (client.get(confirming), client.post(confirming)):
        assert refused.status_code == 410
        assert "Ask for a new one" in refused.text
    assert people() == []


@pytest.mark.parametrize("path", ["/w/nope", "/w/confirm/nope", "/w/leave/nope"])
def test_a_made_up_link_leads_nowhere(client: TestClient, page: str, path: str) -> None:
    assert page
    assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]


def test_what_the_owner_wrote_is_shown_and_never_obeyed(client: TestClient, page: str) -> None:
    switch(on=True, title="<script>alert(1)</script>", about="{{ 7*7 }} <img src=x>")
    shown = client.get(page).text
    assert "<script>alert" not in shown
    assert "<img src=x>" not in shown
    assert "{{ 7*7 }}" in shown
