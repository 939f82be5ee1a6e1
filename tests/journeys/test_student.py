"""A student works the case in a real browser, from the demo door to the printed page."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from sqlmodel import Session

import db.engine
from db import clock
from db.models import metadata
from tests.santa_run import HURT, IDEA, VETO, a_santa_run

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
TYPED = "<b>Luck</b> is **not** a method."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served installation that holds the small Santa Run study."""
    folder = tmp_path_factory.mktemp("student")
    url = f"sqlite:///{folder / 'casework.db'}"
    made = db.engine.make_engine(url)
    metadata.create_all(made)
    with Session(made) as session:
        a_santa_run(session, clock.now() - timedelta(hours=2))
        session.commit()
    made.dispose()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "STORAGE_URL": f"file://{folder / 'files'}",
        "CASEWORK_SECRET_KEY": "a secret for tests, 32 characters or more",
        "CASEWORK_DEMO": "1",
        "PORT": str(port),
    }
    server = subprocess.Popen(  # our own program
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield _answering(f"http://127.0.0.1:{port}")
    server.terminate()
    server.wait(20)


def _answering(address: str) -> str:
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310
                return address
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    pytest.fail("the app did not start")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def screen(chromium: Browser, address: str) -> Iterator[Page]:
    """A browser window at the welcome page."""
    context = chromium.new_context(viewport=WIDE, base_url=address, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)
    page.goto("/")
    yield page
    context.close()


def type_in(page: Page, label: str, text: str) -> None:
    """Fill the visible field of this label and leave it, which is when the draft is kept."""
    field = page.get_by_label(label).locator("visible=true")
    field.fill(text)
    field.blur()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).locator("visible=true").first.click()


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("heading", name=name, exact=True)


def plan_one(page: Page, tab: str, method: str, how_many: int) -> None:
    page.get_by_role("tab", name=tab).click()
    page.get_by_text(method, exact=True).locator("visible=true").first.click()
    type_in(page, "Who takes part?", f"Loyal players, {method}")
    type_in(page, "How many people", str(how_many))
    type_in(page, "Weeks before the release", "8")
    type_in(page, "The question it answers", "Does a scene hurt what they hold dear?")
    type_in(page, "It answers them because", "Nobody had asked them.")
    type_in(page, "Rule for the launch", "If two object, then we change the scene.")
    picker = page.get_by_label("Facts it answers").locator("visible=true")
    picker.click()
    page.get_by_role("option", name="F12 ·").click()
    page.keyboard.press("Escape")


def read_the_case(page: Page) -> None:
    expect(heading(page, "The BoomerGames case")).to_be_visible()
    for chip in ("F8 ·", "F12 ·"):
        page.get_by_text(chip).first.click()
        expect(page.get_by_text(chip.replace(" ·", " "), exact=False).first).to_be_visible()
    expect(heading(page, "Your facts (2)")).to_be_visible()
    press(page, "Next: plan two activities")


def plan(page: Page) -> None:
    expect(heading(page, "Plan two activities")).to_be_visible()
    plan_one(page, "First activity", "Focus group", 3)
    plan_one(page, "Second activity", "Beta", 120)
    expect(page.get_by_text("a focus group has 5 to 10 seats, not 3")).to_be_visible()
    page.reload()
    expect(page.get_by_label("How many people").locator("visible=true")).to_have_value("3")
    type_in(page, "How many people", "8")
    expect(page.get_by_text("The focus group has 5 to 10 seats.")).to_be_visible()
    expect(page.get_by_text("Both have an if–then rule for the launch.")).to_be_visible()
    press(page, "Next: predict the answers")


def predict(page: Page) -> None:
    expect(heading(page, "Predict the answers")).to_be_visible()
    type_in(page, "How many in 100 were upset or offended?", "10")
    type_in(page, "How many in 100 were satisfied (4 or 5 of 5)?", "80")
    page.get_by_text("HOLD", exact=True).click()
    press(page, "Lock my prediction")
    expect(page.get_by_text("Your prediction is locked")).to_be_visible()
    press(page, "Next: inspect the study")


def inspect(page: Page) -> None:
    expect(heading(page, "Inspect the Santa Run study")).to_be_visible()
    expect(page.get_by_text(HURT).first).to_be_visible()
    for cited in (1, 2):
        press(page, "Cite this answer")
        expect(page.get_by_text(f"You cite {cited}:")).to_be_visible()
    page.get_by_role("tab", name="Focus group").click()
    expect(page.get_by_text(VETO, exact=True)).to_be_visible()
    expect(page.get_by_text(IDEA, exact=True)).to_be_visible()
    page.get_by_role("tab", name="Criteria and verdict").click()
    expect(page.get_by_text("NO-GO", exact=False).first).to_be_visible()
    press(page, "Next: recommend a decision")


def recommend(page: Page) -> None:
    expect(heading(page, "Recommend a decision")).to_be_visible()
    page.get_by_text("Fix it and test again", exact=True).click()
    type_in(page, "Why? Give the reason", "Families are hurt by one scene.")
    type_in(page, "What should change in the game?", "Santa escapes.")
    expect(page.get_by_text("2 answers are cited.")).to_be_visible()
    press(page, "Hand in")
    expect(page.get_by_text("The suggested answers are shown after that.")).to_be_visible()
    press(page, "Yes, hand in")


def compare(page: Page, folder: Path) -> None:
    expect(heading(page, "The suggested answers")).to_be_visible()
    expect(page.get_by_text("you planned it too")).to_have_count(2)
    expect(page.get_by_text("Our reading, not a fact of the case")).to_be_visible()
    type_in(page, "What do you take from it?", TYPED)
    page.reload()
    expect(page.get_by_label("What do you take from it?")).to_have_value(TYPED)
    for button, ending in (("Download the page to print", "html"), ("as Markdown", "md")):
        with page.expect_download() as waiting:
            press(page, button)
        kept = folder / f"work.{ending}"
        waiting.value.save_as(kept)
        text = kept.read_text(encoding="utf-8")
        assert "Fix it and test again" in text
        assert "NO-GO" in text
        assert "<b>Luck</b>" not in text


def test_a_student_goes_from_the_case_to_the_printed_comparison(
    screen: Page, tmp_path: Path
) -> None:
    press(screen, "I work the case")
    read_the_case(screen)
    plan(screen)
    predict(screen)
    inspect(screen)
    recommend(screen)
    compare(screen, tmp_path)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "The BoomerGames case"),
        ("/plan_activities", "Plan two activities"),
        ("/inspect_study", "Inspect the Santa Run study"),
        ("/compare", "Compare"),
    ],
)
def test_on_a_phone_no_page_is_wider_than_the_screen(screen: Page, path: str, title: str) -> None:
    screen.context.request.post("/auth/demo/student")
    screen.set_viewport_size(PHONE)
    screen.goto(path)
    expect(heading(screen, title)).to_be_visible()
    main = screen.get_by_test_id("stMain")
    wide: list[int] = main.evaluate("main => [main.scrollWidth, main.clientWidth]")
    assert wide[0] <= wide[1]


def test_an_owners_page_opened_cold_by_a_student_is_refused(screen: Page) -> None:
    screen.context.request.post("/auth/demo/student")
    screen.goto("/read_verdict")
    expect(screen.get_by_text("Page not found")).to_be_visible()
