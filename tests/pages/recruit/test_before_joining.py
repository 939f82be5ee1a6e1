"""What is asked and agreed to before joining, as an owner writes it."""

from streamlit.testing.v1 import AppTest

from casework.consent import TEMPLATES as TEXTS
from casework.funnel import ActivityKind
from casework.roles import Role
from casework.screener_templates import TEMPLATES
from db import consent_texts, screeners
from db.activities import ActivityRow
from db.engine import reading
from tests.conftest import Page
from tests.pages.recruit.stage import PAGE, planned, press, said
from tests.pages.test_study import a_study

GROUP = ActivityKind.FOCUS_GROUP


def asking(page: Page, group: ActivityRow) -> AppTest:
    shown = page(Role.OWNER, PAGE)
    shown.session_state[f"part-{group.id}"] = "Before joining"
    shown.run()
    assert not shown.exception
    return shown


def questions(group: ActivityRow) -> list[str]:
    with reading() as session:
        row = screeners.current(session, group)
        return [one.text for one in row.questions] if row else []


def test_an_owner_starts_from_the_questions_of_this_kind_and_takes_one_out(page: Page) -> None:
    group = planned(a_study())
    shown = asking(page, group)
    assert "No questions: everybody invited may join at once." in said(shown.info)
    press(shown, "Start from the questions for a focus group")
    assert questions(group) == [one.text for one in TEMPLATES[GROUP]]
    press(shown, "Take it out")
    assert questions(group) == [one.text for one in TEMPLATES[GROUP][1:]]


def test_a_question_of_ones_own_is_typed_with_what_its_answers_mean(page: Page) -> None:
    group = planned(a_study())
    shown = asking(page, group)
    next(one for one in shown.text_input if one.label == "Question").input("Do you like snow?")
    lines = next(one for one in shown.text_area if one.label == "Answers, one per line")
    lines.input("+ Yes\n- No")
    press(shown, "Keep the question")
    assert not shown.exception
    assert questions(group) == ["Do you like snow?"]
    assert "Yes :green[fits]" in said(shown.markdown)


def test_a_question_about_a_persons_faith_is_refused_without_a_purpose(page: Page) -> None:
    group = planned(a_study())
    shown = asking(page, group)
    next(one for one in shown.text_input if one.label == "Question").input("Which religion?")
    lines = next(one for one in shown.text_area if one.label == "Answers, one per line")
    lines.input("One\nAnother")
    press(shown, "Keep the question")
    assert "touches something personal" in said(shown.error)
    assert questions(group) == []


def test_a_new_text_is_put_in_force_and_the_difference_is_shown(page: Page) -> None:
    group = planned(a_study())
    shown = asking(page, group)
    text = TEXTS[GROUP].text.replace("about an hour", "about two hours")
    next(one for one in shown.text_area if one.label == "Text").input(text)
    press(shown, "Put it in force")
    assert not shown.exception
    with reading() as session:
        assert consent_texts.in_force(session, GROUP).version == "focus group 2"
    told = said(shown.markdown)
    assert ":gray[~~an hour.~~]" in told
    assert ":green[**two hours.**]" in told
