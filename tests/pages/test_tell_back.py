"""Telling participants back what was done with their words."""

from casework.roles import Role
from db import replies, studies
from db.engine import transaction
from tests.betas import a_study
from tests.conftest import Page
from tests.pages.reading import press, words

PAGE = "owner/tell_back.py"


def told() -> list[tuple[str, str]]:
    with transaction() as session:
        study = studies.by_slug(session, "santa-run")
        return [(row.said, row.answer) for row in replies.of_study(session, study.id)]


def test_before_anything_is_told_the_page_says_why_it_is_worth_it(page: Page) -> None:
    with transaction() as session:
        a_study(session)
    assert "Nobody has been told anything yet" in words(page(Role.OWNER, PAGE))


def test_a_published_reply_is_read_back_as_text_and_leaves_an_empty_form(page: Page) -> None:
    with transaction() as session:
        a_study(session)
    shown = page(Role.OWNER, PAGE)
    shown.text_input[0].input("# Santa is **caught**")
    shown.text_area[0].input("He escapes <b>now</b>.")
    press(shown, "Publish to every participant")
    text = words(shown)
    assert "Published" in text
    assert "**\\# Santa is \\*\\*caught\\*\\***" in text
    assert "We did: He escapes &lt;b&gt;now&lt;/b&gt;." in text
    assert (shown.text_input[0].value, shown.text_area[0].value) == ("", "")
    assert told() == [("# Santa is **caught**", "He escapes <b>now</b>.")]


def test_what_is_missing_is_said_and_what_was_typed_stays(page: Page) -> None:
    with transaction() as session:
        a_study(session)
    shown = page(Role.OWNER, PAGE)
    shown.text_area[0].input("He escapes now.")
    press(shown, "Publish to every participant")
    assert "Say first what they said" in words(shown)
    shown.text_input[0].input("Santa is caught.")
    assert shown.text_area[0].value == "He escapes now."
    press(shown, "Publish to every participant")
    shown.text_input[0].input("santa is CAUGHT.")
    shown.text_area[0].input("Again.")
    press(shown, "Publish to every participant")
    assert "There is a reply to this already" in words(shown)
    assert len(told()) == 1


def test_an_idea_once_answered_is_not_offered_again(seeded: object, page: Page) -> None:
    shown = page(Role.OWNER, PAGE)
    about = next(one for one in shown.selectbox if one.label == "About")
    first = about.options[1]
    before = len(about.options)
    about.select_index(1).run()
    assert shown.text_input[0].value == first.removeprefix("Idea: ")
    shown.text_area[0].input("In the spring.")
    press(shown, "Publish to every participant")
    after = next(one for one in shown.selectbox if one.label == "About").options
    assert first not in after
    assert len(after) == before - 1
