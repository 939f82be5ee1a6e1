"""A visitor follows the tour of the demonstration, from the loyal customers to a GO."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def heading(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("heading", name=name)


def stop(page: Page, number: int, title: str) -> None:
    """The sidebar says where the visitor is."""
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_text(f"Tour, stop {number} of 6")).to_be_visible()
    expect(sidebar.get_by_text(title)).to_be_visible()


def meet_and_hear(page: Page) -> None:
    stop(page, 1, "Meet the loyal customers")
    expect(heading(page, "Customers")).to_be_visible()
    # The other journeys of this installation bring a few customers of their own.
    expect(page.get_by_text(re.compile(r"^7,00\d$"))).to_be_visible()
    press(page, "Next stop")
    stop(page, 2, "Hear a veto")
    expect(heading(page, "Host a meeting")).to_be_visible()
    press(page, "Next stop")
    stop(page, 3, "Read what testers wrote")
    page.get_by_text("Offended", exact=True).click()
    expect(page.get_by_text("offended", exact=True).first).to_be_visible()


def see_why_it_must_not_ship(page: Page) -> None:
    press(page, "Next stop")
    stop(page, 4, "See why 0.9.0 must not ship")
    expect(heading(page, "NO-GO")).to_be_visible()
    expect(page.get_by_text("Build 0.9.0 ·")).to_be_visible()


def review_the_concern(page: Page) -> None:
    press(page, "Next stop")
    stop(page, 5, "Review the concern")
    expect(heading(page, "HOLD")).to_be_visible()
    expect(page.get_by_text("Build 0.9.1 ·")).to_be_visible()
    page.get_by_label("Your name").fill("Nora")
    page.get_by_label("What was changed").fill("Santa escapes by a trick.")
    page.get_by_label(re.compile("Why the launch may go on")).fill("The scene is gone.")
    press(page, "Record the review")
    expect(heading(page, re.compile("GO$"))).to_be_visible()
    expect(heading(page, "HOLD")).to_have_count(0)


def test_the_tour_leads_from_the_loyal_customers_to_a_go(visit: Visit) -> None:
    expect.set_options(timeout=20_000)
    page = visit("/", role="owner")
    press(page, "Begin the tour")
    meet_and_hear(page)
    see_why_it_must_not_ship(page)
    review_the_concern(page)
    press(page, "Next stop")
    stop(page, 6, "Tell them, then bring your own")
    expect(heading(page, "Tell back")).to_be_visible()
    press(page, "Finish the tour")
    expect(heading(page, "Studies")).to_be_visible()
    expect(page.get_by_role("button", name="Show the tour again")).to_be_visible()
