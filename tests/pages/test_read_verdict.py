"""The verdict as its owner reads it: the outcome, why, what to do next, and the way back."""

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from casework.feedback import Answer
from casework.report import front_to_markdown
from casework.roles import Actor, Role
from db import feedback, studies, summaries
from db.clock import now
from db.engine import transaction
from db.exports import Form
from db.meetings import RemarkRow
from db.table import change
from pages.parts.answers_counted import ranges
from pages.parts.take_away import write
from tests.betas import a_beta, a_study
from tests.conftest import Page
from tests.pages.reading import buttons, press, words

PAGE = "owner/read_verdict.py"
HOSTILE = "<b>Santa</b> **was** caught $x$"


@pytest.fixture
def verdict_of(seeded: object, page: Page) -> AppTest:
    return page(Role.OWNER, PAGE)


def on(page: AppTest, build: str) -> AppTest:
    page.query_params["build"] = build
    return page.run()


def test_the_newest_build_waits_for_a_review_and_goes_after_it(verdict_of: AppTest) -> None:
    text = words(verdict_of)
    assert "HOLD" in text
    assert "Do not launch until Nora has reviewed why" in text
    assert "**Next: review what is open.**" in text
    verdict_of.text_input[0].input("Nora")
    verdict_of.text_area[0].input("Santa escapes by a trick now.")
    press(verdict_of, "Record the review")
    after = words(verdict_of)
    assert "check_circle: GO]" in after
    assert "Scope: " in after
    assert "Tell participants what came of it" in buttons(verdict_of)


def test_a_review_without_name_or_reason_says_what_is_missing(verdict_of: AppTest) -> None:
    press(verdict_of, "Record the review")
    assert "A review carries a name" in words(verdict_of)
    verdict_of.text_input[0].input("Nora")
    press(verdict_of, "Record the review")
    assert "Say in a sentence why" in words(verdict_of)
    assert "HOLD" in words(verdict_of)


def test_the_first_build_is_a_no_go_that_names_the_grinch_and_leads_to_the_newer_attempt(
    verdict_of: AppTest,
) -> None:
    text = words(on(verdict_of, "0.9.0"))
    assert "NO-GO" in text
    head = text.split("Decision due")[0]
    assert "of 95 testers" in head
    assert "Grinch" in head
    press(verdict_of, "See the verdict on 0.9.1")
    assert "HOLD" in words(verdict_of)


def test_the_summary_can_be_taken_away_in_every_form(verdict_of: AppTest) -> None:
    on(verdict_of, "0.9.0")
    labels = [one.proto.label for one in verdict_of.get("download_button")]
    assert labels == ["PDF", "One page", "HTML", "Markdown", "JSON", "CSV bundle"]
    with transaction() as session:
        study = studies.by_slug(session, "santa-run")
    owner = Actor(role=Role.OWNER, name="Nora")
    assert write(owner, study, Form.PDF, "0.9.0").startswith(b"%PDF-")


@pytest.mark.parametrize(("build", "outcome"), [("0.9.0", "NO-GO"), ("0.9.1", "HOLD")])
def test_page_one_of_the_demonstration_has_at_most_200_words(
    seeded: object,
    build: str,
    outcome: str,
) -> None:
    owner = Actor(role=Role.OWNER, name="Nora")
    with transaction() as session:
        study = studies.by_slug(session, "santa-run")
        summary = summaries.summary(session, owner, study, build, now=now())
    page_one = front_to_markdown(summary)
    assert summary.front.title == f"{outcome} for {build}"
    assert "Grinch" in page_one
    assert len(page_one.replace("|", " ").split()) <= 200


def test_every_criterion_lists_the_answers_behind_it(verdict_of: AppTest) -> None:
    text = words(on(verdict_of, "0.9.0"))
    assert "**Satisfaction** · 95 answers" in text
    assert "Came after the last planned answer, not counted" in text


def test_a_way_out_with_its_owner_stands_in_the_table(verdict_of: AppTest) -> None:
    next(one for one in verdict_of.text_input if one.label == "Who would do it").input("Ann | B")
    press(verdict_of, "Enter")
    assert not verdict_of.exception
    table = next(one.value for one in verdict_of.table if "Owner" in one.value.columns)
    assert "Ann \\| B" in list(table["Owner"])


def test_changed_criteria_are_invalid_and_the_page_still_tells(seeded: object, page: Page) -> None:
    with transaction() as session:
        session.execute(sa.text("UPDATE criteria SET text = replace(text, '0.7', '0.1')"))
    text = words(page(Role.OWNER, PAGE))
    assert "INVALID" in text
    assert "do not match their digest" in text
    assert "answers counted" in text


def test_what_a_guest_said_is_text_on_the_page(seeded: object, page: Page) -> None:
    with transaction() as session:
        for row in session.scalars(sa.select(RemarkRow)):
            change(row, text=HOSTILE)
        session.execute(
            sa.text("UPDATE feedback SET offended_by = :said, change_first = :said"),
            {"said": HOSTILE},
        )
    text = words(page(Role.OWNER, PAGE))
    assert "<b>" not in text
    assert "**was**" not in text
    assert "&lt;b&gt;Santa&lt;/b&gt; \\*\\*was\\*\\* caught \\$x\\$" in text


def test_answers_without_criteria_are_invalid_and_lead_to_registering(page: Page) -> None:
    with transaction() as session:
        beta = a_beta(session, now())
        told = Answer(csat=5)
        feedback.receive(session, beta.actor, beta.tester.id or 0, told, now=now())
    shown = page(Role.OWNER, PAGE)
    text = words(shown)
    assert "INVALID" in text
    assert "No launch criteria were registered before the first answer" in text
    assert "Register launch criteria" in buttons(shown)


def test_a_study_with_nothing_in_it_says_what_comes_first(page: Page) -> None:
    with transaction() as session:
        a_study(session)
    shown = page(Role.OWNER, PAGE)
    assert "Register the criteria first" in words(shown)
    assert "Set launch criteria" in buttons(shown)


def test_neighbours_are_joined() -> None:
    assert ranges([3, 1, 2, 7, 9, 10]) == "1–3, 7, 9–10"
    assert ranges([]) == ""


def test_the_answers_behind_a_figure_are_read_there(seeded: object, page: Page) -> None:
    shown = page(Role.OWNER, PAGE)
    figure = next(one for one in shown.selectbox if one.label == "Figure")
    assert figure.options[0] == "Quoted in the summary"
    text = words(figure.select("Upset or offended").run())
    assert "**Answer " in text
    assert "This part adds" in text
    assert "The quote is answer" in text
