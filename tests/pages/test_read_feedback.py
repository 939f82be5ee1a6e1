"""Feedback as its owner reads it: filters, telling words, the way to the criteria."""

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from casework.roles import Role
from casework.sentiment import Contribution, read
from db.engine import transaction
from pages.parts.words_heard import marked, why
from tests.betas import a_study
from tests.conftest import Page
from tests.pages.reading import buttons, press, words

PAGE = "owner/read_feedback.py"
HOSTILE = "<b>It</b> **is** terrible $x$ [y](z)"


@pytest.fixture
def feedback_of(seeded: object, page: Page) -> AppTest:
    return page(Role.OWNER, PAGE)


def test_figures_of_each_build_stand_above_the_answers(feedback_of: AppTest) -> None:
    text = words(feedback_of)
    assert "**Build 0\\.9.0** · 103 answers" in text
    assert "**Build 0\\.9.1** · 183 answers" in text
    assert "286 answers, the newest first" in text


def test_a_filter_shows_only_its_kind(feedback_of: AppTest) -> None:
    feedback_of.button_group[0].select("Offended").run()
    heads = [one.value for one in feedback_of.markdown if one.value.startswith("**Answer")]
    assert heads
    assert all("offended" in head for head in heads)


def test_words_that_nobody_wrote_say_so(feedback_of: AppTest) -> None:
    feedback_of.text_input[0].input("penguin opera").run()
    assert "No answer is of this kind" in words(feedback_of)


def test_each_answer_says_which_criteria_it_entered(feedback_of: AppTest) -> None:
    text = words(feedback_of)
    assert "Not among the answers that a verdict counts." in text
    feedback_of.selectbox[1].select(feedback_of.selectbox[1].options[-1]).run()
    feedback_of.text_input[0].input("Grinch").run()
    assert "Counted in: Satisfaction, Free of crashes, Upset or offended." in words(feedback_of)


def test_taking_an_answer_out_needs_a_reason_and_then_it_is_not_counted(
    feedback_of: AppTest,
) -> None:
    press(feedback_of, "Do not count it")
    assert "Say why" in words(feedback_of)
    next(one for one in feedback_of.text_input if one.label == "Why").input("A robot.")
    press(feedback_of, "Do not count it")
    assert "285 answers" in words(feedback_of)
    feedback_of.button_group[0].select("Not counted").run()
    assert "not counted: A robot." in words(feedback_of)


def test_what_a_tester_typed_is_text(seeded: object, page: Page) -> None:
    reading = read(HOSTILE).model_dump_json()
    with transaction() as session:
        session.execute(
            sa.text("UPDATE feedback SET change_first = :said, offended_by = '', reading = :read"),
            {"said": HOSTILE, "read": reading},
        )
    text = words(page(Role.OWNER, PAGE))
    assert "<b>" not in text
    assert "[y](z)" not in text
    assert "\\*\\*is\\*\\* :red-background[−\u2009terrible] \\$x\\$ \\[y\\](z)" in text


def test_a_study_without_answers_leads_to_recruiting(page: Page) -> None:
    with transaction() as session:
        a_study(session)
    shown = page(Role.OWNER, PAGE)
    assert "Answers appear here as soon as testers send them" in words(shown)
    assert "Recruit testers" in buttons(shown)


def test_only_telling_words_are_marked_and_blanks_around_them_stay() -> None:
    heard = (
        Contribution(text="the last", start=6, end=14, weight=-0.4),
        Contribution(text="good", start=0, end=4, weight=1.2),
        Contribution(text="level", start=15, end=20, weight=-0.6),
    )
    assert marked("good  the last level", heard) == (
        ":green-background[+\u2009good] the last :red-background[−\u2009level]"
    )


def test_the_explanation_lists_the_strongest_words_first() -> None:
    text = why(read("Lovely music, but it crashed."))
    assert text.index("crashed −") < text.index("Lovely +") or text.index("Lovely +") == 0
    assert why(read("")) == "No word in it says how they feel."


def test_a_reading_is_corrected_on_the_spot_with_a_reason(feedback_of: AppTest) -> None:
    feedback_of.text_input[0].input("Grinch").run()
    forms = [one for one in feedback_of.segmented_control if one.label == "It is"]
    key = str(forms[0].key).removeprefix("label-answer-")
    forms[0].select("positive")
    press(feedback_of, "Keep the correction")
    assert "Say why, so that others can follow the correction." in words(feedback_of)
    why_wrong = [one for one in feedback_of.text_input if one.label == "Why it is wrong"]
    next(one for one in feedback_of.segmented_control if one.key == f"label-answer-{key}").select(
        "positive"
    )
    why_wrong[0].input("They are joking.")
    press(feedback_of, "Keep the correction")
    text = words(feedback_of)
    assert "blue-badge[read by a person]" in text
    assert "A person reads it as positive, and that counts." in text
    assert "“They are joking\\.”" in text or "“They are joking.”" in text


def test_one_answer_stands_alone_with_the_way_back(feedback_of: AppTest) -> None:
    feedback_of.query_params["answer"] = "30"
    shown = feedback_of.run()
    heads = [one.value for one in shown.markdown if one.value.startswith("**Answer")]
    assert len(heads) == 1
    assert heads[0].startswith("**Answer 30**")
    assert "Themes: " in words(shown)
    press(shown, "Show all answers")
    assert "286 answers" in words(shown)


def test_an_answer_that_is_not_there_says_so(feedback_of: AppTest) -> None:
    feedback_of.query_params["answer"] = "99999"
    assert "There is no such answer in this study." in words(feedback_of.run())
