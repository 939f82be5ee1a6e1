"""Coming in, going out, and being kept out, in a real browser."""

import re

import httpx2
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Served, Visit

pytestmark = pytest.mark.journey


def test_an_owner_comes_in_by_the_demo_door_and_goes_out_again(visit: Visit) -> None:
    page = visit("/")
    page.get_by_role("button", name="I run studies").click()
    expect(page.get_by_role("link", name="Import data")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="I run studies")).to_be_visible()
    expect(page.get_by_role("link", name="Import data")).to_have_count(0)


def test_an_owners_page_visited_cold_by_a_customer_is_refused(visit: Visit) -> None:
    page = visit("/import_data", role="customer", width=390)
    expect(page.get_by_text("Page not found")).to_be_visible()
    expect(page.get_by_text("Import data")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)


def test_an_owners_page_visited_cold_by_a_stranger_shows_the_welcome_page(visit: Visit) -> None:
    page = visit("/import_data")
    expect(page.get_by_role("button", name="I was invited")).to_be_visible()
    expect(page.get_by_text("Import data")).to_have_count(0)


def test_a_tab_left_open_stops_acting_once_its_visit_was_ended_elsewhere(visit: Visit) -> None:
    page = visit("/", role="owner")
    link = page.get_by_role("link", name=re.compile("Plan the study"))
    expect(link).to_be_visible()
    assert page.context.request.post("/auth/sign-out").ok
    link.click()
    expect(page.get_by_role("button", name="I run studies")).to_be_visible()


def test_nothing_is_fetched_from_elsewhere_and_no_policy_is_broken(visit: Visit) -> None:
    page = visit("/", role="owner")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    expect(page.get_by_role("link", name="Import data")).to_be_visible()
    home = page.url.rstrip("/")
    assert asked
    assert [url for url in asked if not url.startswith((home, "data:", "blob:"))] == []
    assert [text for text in said if "Content Security Policy" in text] == []


def test_the_served_installation_says_that_its_database_answers(served: Served) -> None:
    answer = httpx2.get(f"{served.url}/healthz")
    assert answer.json() == {"status": "ok", "database": "ok"}
