"""One customer's words, from the file they came in to the reasons of the verdict and back."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from casework.builds import Build, Platform
from casework.criteria import LaunchCriteria, Profile, profile_criteria
from casework.feedback import Answer
from db import builds, criteria, feedback
from db.clock import now
from db.engine import Session, make_engine
from db.table import change
from tests.betas import OWNER, STORE, a_study, a_tester, an_activity
from tests.journeys.conftest import Served, Visit

pytestmark = pytest.mark.journey

SLUG, BUILD = "one-voice", "0.1.0"
HURT = "It is offensive to us to see the Grinch catching Santa Claus as it ruined our Christmas."
FINE = "Lovely snow, great fun."


@pytest.fixture
def author(served: Served) -> str:
    """A beta of six that is open, with criteria; five have answered. The ref of the sixth."""
    made = make_engine(served.database_url)
    with Session(made, expire_on_commit=False) as session:
        study = a_study(session, SLUG)
        change(study, title="One voice")
        beta = an_activity(session, study, now=now())
        build = builds.add_build(
            session, OWNER, study, Build(version=BUILD, added_at=now()), now=now()
        )
        builds.attach_link(session, OWNER, build, Platform.ANDROID, STORE, now=now())
        plan = LaunchCriteria(
            study=SLUG,
            build=BUILD,
            profile=Profile.staged,
            answers=60,
            closes_at=beta.closes_at,
            criteria=profile_criteria(Profile.staged, 60),
            loyalty_policy="rfm-1",
            scorer_version="1.0",
        )
        criteria.register(session, OWNER, study, plan, now=now())
        builds.release(session, OWNER, beta, build, now=now())
        for number in range(5):
            tester, actor = a_tester(session, beta, f"Fan{number}", now=now())
            told = Answer(csat=5, offended=False, change_first=FINE)
            feedback.receive(session, actor, tester.id or 0, told, now=now())
        a_tester(session, beta, "Nick", now=now())
        session.commit()
    made.dispose()
    return f"{beta.id}-Nick"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def heading(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("heading", name=name)


def bring_it_in(page: Page, author: str) -> None:
    expect(heading(page, "Import data")).to_be_visible()
    page.get_by_text("Feedback", exact=True).click()
    expect(page.get_by_text("For the study One voice")).to_be_visible()
    content = f"customer_id,text,stars,offended\n{author},{HURT},1,yes\n"
    file = FilePayload(name="survey.csv", mimeType="text/csv", buffer=content.encode())
    field = page.locator("input[type=file]")
    expect(field).to_have_count(1)
    field.set_input_files(file)
    expect(heading(page, "Preview")).to_be_visible()
    press(page, "Import 1 row")
    press(page, "Read the feedback")


def see_how_it_is_read(page: Page) -> None:
    expect(heading(page, "Read feedback")).to_be_visible()
    expect(page.get_by_text("satisfied 1 of 5")).to_be_visible()
    expect(page.get_by_text("Themes: Values and offence").first).to_be_visible()
    press(page, "Why this score?")
    expect(page.get_by_text("TextBlob alone would say 0.60")).to_be_visible()
    expect(page.get_by_text(re.compile("This part adds −.*values and offence"))).to_be_visible()
    page.keyboard.press("Escape")


def find_it_in_its_theme(page: Page) -> None:
    page.get_by_role("link", name="Themes").click()
    expect(heading(page, "Themes")).to_be_visible()
    page.get_by_role("combobox", name=re.compile("Read one theme")).click()
    page.get_by_role("option", name="Values and offence").click()
    expect(heading(page, "What they said (1)")).to_be_visible()
    expect(page.get_by_text(HURT)).to_be_visible()
    page.get_by_role("link", name="Open the answer").click()
    expect(page.get_by_role("button", name="Show all answers")).to_be_visible()


def follow_it_into_the_verdict(page: Page) -> None:
    expect(page.get_by_text("Counted in: Satisfaction")).to_be_visible()
    page.get_by_role("link", name="See it in the verdict").click()
    expect(heading(page, "Read the verdict")).to_be_visible()
    expect(page.get_by_text("you came from here")).to_be_visible()
    page.get_by_role("combobox", name=re.compile("Figure")).click()
    page.get_by_role("option", name=re.compile("^Upset or offended$")).click()
    expect(page.get_by_text("you came from here")).to_be_visible()


def go_back_to_its_words(page: Page) -> None:
    page.get_by_role("link", name="Open the answer").last.click()
    expect(page.get_by_role("button", name="Show all answers")).to_be_visible()
    expect(heading(page, "Read feedback")).to_be_visible()


def test_one_voice_is_followed_from_import_to_the_verdict_and_back(
    visit: Visit, author: str
) -> None:
    expect.set_options(timeout=20_000)
    page = visit(f"/import_data?study={SLUG}", role="owner")
    bring_it_in(page, author)
    see_how_it_is_read(page)
    find_it_in_its_theme(page)
    follow_it_into_the_verdict(page)
    go_back_to_its_words(page)
