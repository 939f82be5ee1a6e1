"""The main job in a real browser: recruit loyal customers, let them test, listen, decide."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey

STUDY = "Sleigh Ride"
BUILD = "0.9.0"
FILE = b"the game, as a file"
HURT = "It is offensive that the Grinch steals the sledge. My children cried."
TESTFLIGHT = "https://testflight.apple.com/join/sleighride"
WANTED = "Let Santa escape."
ANSWERS = 5
"""So few that one offended tester decides nothing, two open the gate, and three stop the launch."""


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).click()


def go(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).click()
    expect(heading(page, name)).to_be_visible()


def heading(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("heading", name=name)


def fill(page: Page, label: str, text: str) -> None:
    """Fill a field and leave it, as a person does who goes on to the next."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")


def choose(page: Page, question: str, answer: str) -> None:
    """One of the marks beside each other under a question."""
    page.get_by_role("radiogroup", name=question).get_by_text(answer, exact=True).click()


def start_the_study(page: Page) -> None:
    page.get_by_text("Start a study").click()
    fill(page, "Title", STUDY)
    fill(page, "What do you want to find out?", "Nothing in it hurts those who love our games.")
    fill(page, "Product", "Sleigh Ride, a race")
    press(page, "Start the study")
    expect(heading(page, "Next step")).to_be_visible()
    expect(heading(page, STUDY)).to_be_visible()


def register_criteria(page: Page) -> None:
    page.get_by_role("link", name="Set launch criteria").click()
    expect(heading(page, "Launch criteria")).to_be_visible()
    fill(page, "Answers you plan for (N)", str(ANSWERS))
    expect(page.get_by_text("A stop check never says GO.")).to_be_visible()
    page.get_by_text("I understand that this version cannot be edited").click()
    press(page, "Register the criteria")
    expect(page.get_by_text("Version 1 is registered:")).to_be_visible()


def seat_loyal_players(page: Page) -> None:
    go(page, "Recruit")
    choose(page, "Kind", "Beta")
    # The form of the other kind is gone once this one's example stands there.
    expect(page.get_by_placeholder("Beta: Sleigh Ride")).to_be_visible()
    fill(page, "Name", "First riders")
    fill(page, "Seats", "3")
    fill(page, "Thank-you", "500 gems")
    fill(page, "Why you ask", "You know what belongs into our games.")
    press(page, "Plan it")
    expect(heading(page, "First riders")).to_be_visible()
    press(page, "Announce the draw")
    press(page, "Draw and seat 3 people")


def personal_links(page: Page) -> list[str]:
    press(page, "Make 3 personal links")
    expect(page.get_by_text("3 letters are in the outbox.")).to_be_visible()
    shown = page.get_by_test_id("stCode")
    expect(shown).to_have_count(3)
    return [text.strip() for text in shown.all_inner_texts()]


def release_the_build(page: Page) -> None:
    go(page, "Release a build")
    fill(page, "Version", BUILD)
    press(page, "Add this build")
    expect(heading(page, f"Build {BUILD}")).to_be_visible()
    choose(page, "Platform", "Android")
    page.locator("input[type=file]").set_input_files(
        {"name": "sleigh.apk", "mimeType": "application/octet-stream", "buffer": FILE}
    )
    press(page, "Store this file")
    expect(page.get_by_text("The file for Android is stored.")).to_be_visible()
    page.get_by_text("Give it a file or a link").click()
    choose(page, "Platform", "iOS")
    fill(page, "Link", TESTFLIGHT)
    press(page, "Give testers this link")
    press(page, "Release to First riders")
    expect(page.get_by_text("Out now: First riders")).to_be_visible()


def agree(page: Page) -> None:
    expect(heading(page, "Try Sleigh Ride, a race before its release")).to_be_visible()
    expect(page.get_by_text("You know what belongs into our games.")).to_be_visible()
    page.get_by_text("I am 18 or older.").click()
    page.get_by_text("You may quote my words").click()
    press(page, "Yes, I take part")


def get_the_build(page: Page, folder: Path) -> None:
    """What their own phone takes: the file itself, or the way to TestFlight."""
    offered = page.get_by_role("link", name="Get it for")
    expect(offered).to_have_count(1)
    if "iOS" in offered.inner_text():
        sent = page.context.request.get(offered.get_attribute("href") or "", max_redirects=0)
        assert sent.headers["location"] == TESTFLIGHT
        return
    with page.expect_download() as waiting:
        offered.click()
    waiting.value.save_as(folder / "got.apk")
    assert (folder / "got.apk").read_bytes() == FILE


def answer(page: Page) -> None:
    press(page, "I have played it")
    choose(page, "How satisfied are you with it?", "2")
    fill(page, "What should we change first?", WANTED)
    choose(page, "Did it crash?", "No")
    choose(page, "Did anything upset or offend you or your family?", "Yes")
    fill(page, "What was it?", HURT)
    choose(page, "How likely are you to recommend it to a friend?", "3")
    press(page, "Send my answer")
    expect(page.get_by_text("Your answer has arrived.")).to_be_visible()


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    wide: list[int] = page.get_by_test_id("stMain").evaluate(
        "main => [main.scrollWidth, main.clientWidth]"
    )
    return wide[0] <= wide[1]


def a_customer_tests(visit: Visit, link: str, folder: Path) -> None:
    phone = visit(link, width=390)
    agree(phone)
    assert "/i/" not in phone.url
    get_the_build(phone, folder)
    answer(phone)
    assert fits(phone)


def read_feedback(page: Page) -> None:
    go(page, "Read feedback")
    expect(page.get_by_text("offended", exact=True)).to_have_count(3)
    expect(page.get_by_text(WANTED).first).to_be_visible()


def read_verdict(page: Page, outcome: str, counted: str) -> None:
    go(page, "Read the verdict")
    expect(heading(page, outcome)).to_be_visible()
    expect(page.get_by_text(counted)).to_be_visible()


def test_loyal_customers_are_recruited_and_their_offence_stops_the_launch(
    visit: Visit, tmp_path: Path
) -> None:
    expect.set_options(timeout=20_000)
    page = visit("/", role="owner")
    start_the_study(page)
    register_criteria(page)
    seat_loyal_players(page)
    links = personal_links(page)
    release_the_build(page)

    a_customer_tests(visit, links[0], tmp_path)
    read_verdict(page, "NOT ENOUGH EVIDENCE", "1 answer counted")
    a_customer_tests(visit, links[1], tmp_path)
    read_verdict(page, "HOLD", "2 answers counted")
    expect(page.get_by_text("2 people raised it, 2 of them loyal.")).to_be_visible()
    a_customer_tests(visit, links[2], tmp_path)
    read_feedback(page)
    read_verdict(page, "NO-GO", "3 answers counted")
    expect(page.get_by_text(HURT).first).to_be_visible()
