"""A student works the case in a real browser, from the demo door to the printed page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey

TYPED = "<b>Luck</b> is **not** a method."


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
    expect(page.get_by_text("Two activities are filled in.")).to_be_visible()
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
    page.get_by_text("Offended", exact=True).click()
    expect(page.get_by_text("offended", exact=True).first).to_be_visible()
    for cited in (1, 2):
        press(page, "Cite this answer")
        expect(page.get_by_text(f"You cite {cited}:")).to_be_visible()
    page.get_by_role("tab", name="Focus group").click()
    expect(heading(page, "Objections of principle")).to_be_visible()
    objection = re.compile("“|raised in words that may not be quoted")
    expect(page.get_by_role("tabpanel").get_by_text(objection).first).to_be_visible()
    page.get_by_role("tab", name="Criteria and verdict").click()
    expect(heading(page, "Verdict on 0.9.0: NO-GO")).to_be_visible()
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
    visit: Visit, tmp_path: Path
) -> None:
    expect.set_options(timeout=20_000)
    page = visit("/")
    press(page, "I work the case")
    read_the_case(page)
    plan(page)
    predict(page)
    inspect(page)
    recommend(page)
    compare(page, tmp_path)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "The BoomerGames case"),
        ("/plan_activities", "Plan two activities"),
        ("/inspect_study", "Inspect the Santa Run study"),
        ("/compare", "Compare"),
    ],
)
def test_on_a_phone_no_page_is_wider_than_the_screen(visit: Visit, path: str, title: str) -> None:
    page = visit(path, role="student", width=390)
    expect(heading(page, title)).to_be_visible()
    expect(page.locator("button[kind=primary]").first).to_be_visible()
    wide: list[int] = page.get_by_test_id("stMain").evaluate(
        "main => [main.scrollWidth, main.clientWidth]"
    )
    assert wide[0] <= wide[1]


def test_an_owners_page_opened_cold_by_a_student_is_refused(visit: Visit) -> None:
    page = visit("/read_verdict", role="student")
    expect(page.get_by_text("Page not found")).to_be_visible()
