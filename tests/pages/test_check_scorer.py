"""What an owner does to check the scorer: label blind, read its error, keep words, read anew."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from casework.corrections import Judgement, OwnTerm, Spoken
from casework.feedback import Answer
from casework.roles import Role
from casework.sentiment import Label
from db import corrections, feedback, own_terms, rescoring
from db.clock import now
from db.engine import reading, transaction
from tests.betas import OWNER, a_beta, a_tester
from tests.conftest import Page
from tests.pages.reading import buttons, press, words

PAGE = "owner/check_scorer.py"
SAID = ("Great fun, lovely!", "Terrible crash, awful.", "The yuleish level")
HOSTILE = "**7** [8](9)"


@pytest.fixture
def answered(installation: Path) -> None:
    with transaction() as session:
        beta = a_beta(session, now())
        for number in range(27):
            tester, actor = a_tester(session, beta.activity, f"T{number}", now=now())
            text = f"{SAID[number % 3]} {HOSTILE} {number}"
            told = Answer(csat=4, change_first=text)
            feedback.receive(session, actor, tester.id or 0, told, now=now())


def part(shown: AppTest, name: str) -> AppTest:
    (control,) = (one for one in shown.segmented_control if one.key == "check-part")
    return control.select(name).run()


def test_texts_are_labelled_one_by_one_without_the_scorers_word(answered: None, page: Page) -> None:
    shown = press(page(Role.OWNER, PAGE), "Draw texts to label")
    text = words(shown)
    assert "Text 1 of 27" in text
    assert HOSTILE in text
    for giveaway in ("scorer said", "tone", "Why this score?"):
        assert giveaway not in text
    shown = press(shown, "Cannot tell")
    assert "Text 2 of 27" in words(shown)
    shown = press(shown, "One back")
    assert "Text 1 of 27" in words(shown)
    again = page(Role.OWNER, PAGE)
    assert "Text 2 of 27" in words(again)


def test_after_the_last_text_the_differences_are_shown_and_the_error_is_told(
    answered: None, page: Page
) -> None:
    shown = press(page(Role.OWNER, PAGE), "Draw texts to label")
    for _ in range(27):
        shown = press(shown, "Positive")
    assert "agree on **9 of 27**" in words(shown)
    assert "You say **positive**, the scorer said **negative**" in words(shown)
    shown = part(shown, "How often it errs")
    told = {one.label: one.value for one in shown.metric}
    assert told["Read wrongly"] == "67 %"
    assert told["Random texts labelled"] == "27"
    assert "Corrections in this study (18)" in words(shown)


def test_too_few_labels_say_so(answered: None, page: Page) -> None:
    shown = part(page(Role.OWNER, PAGE), "How often it errs")
    assert "Only 0 random texts are labelled" in words(shown)


def test_a_proposed_word_is_tried_accepted_and_revoked(answered: None, page: Page) -> None:
    with transaction() as session:
        for text_id in (3, 6, 9):
            told = Judgement(label=Label.positive, reason="They like it.")
            corrections.correct(session, OWNER, Spoken.ANSWER, text_id, told, now=now())
    shown = part(page(Role.OWNER, PAGE), "Own words")
    text = words(shown)
    assert "**yuleish**" in text
    assert "9 of 27 texts would be read differently: 3 as people said, 0 against" in text
    next(one for one in shown.button if one.key == "accept-yuleish").click().run()
    with reading() as session:
        assert [one.term for one in own_terms.in_force(session)] == ["yuleish"]
    assert "In force (1)" in words(shown)
    press(shown, "Revoke")
    assert "In force (0)" in words(shown)


def test_outdated_texts_are_read_anew_stopped_and_gone_on_with(answered: None, page: Page) -> None:
    with transaction() as session:
        own_terms.accept(session, OWNER, OwnTerm(term="yuleish", weight=1, because="b"), now=now())
    shown = part(page(Role.OWNER, PAGE), "Read anew")
    assert "27 texts are still as another scorer read them." in words(shown)
    shown = press(shown, "Begin to read anew")
    assert "Stop" in buttons(shown)
    with transaction() as session:
        rescoring.turn(session, now=now(), batch=10)
    shown = press(shown, "Stop")
    assert "Go on reading anew" in buttons(shown)
    with transaction() as session:
        rescoring.begin(session, OWNER, now=now())
        while rescoring.turn(session, now=now()):
            pass
    assert "Every text is read by the present scorer." in words(shown.run())


def test_a_word_of_ones_own_is_tried_before_it_is_accepted(answered: None, page: Page) -> None:
    shown = part(page(Role.OWNER, PAGE), "Own words")
    shown.text_input[0].input("Yuleish").run()
    shown.number_input[0].set_value(1.0).run()
    shown.text_input[1].input("Our fans say so.").run()
    assert "9 of 27 texts would be read differently" in words(shown)
    press(shown, "Accept this word")
    with reading() as session:
        assert [one.term for one in own_terms.in_force(session)] == ["yuleish"]
