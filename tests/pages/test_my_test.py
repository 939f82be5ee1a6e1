"""The first and the second visit of an invited customer, on their one page."""

from pathlib import Path

import pytest

from casework.feedback import Answer
from casework.funnel import Step
from casework.roles import Actor
from db import participants
from db.clock import now
from db.customers import CustomerRow
from db.drafts import draft_of
from db.engine import reading, transaction
from db.participants import ParticipantRow
from tests.betas import Beta, a_beta, a_tester
from tests.conftest import Page
from tests.pages.tester import (
    MARKUP,
    SEND,
    answer,
    choice,
    fill,
    labels,
    press,
    release_next,
    sent_by,
    told,
    words,
)


@pytest.fixture
def beta(installation: Path) -> Beta:
    with transaction() as session:
        return a_beta(session, now())


def new_guest(beta: Beta) -> Actor:
    with transaction() as session:
        return a_tester(session, beta.activity, "Ben", agreed=False, now=now())[1]


def test_the_first_visit_says_who_asks_and_takes_a_yes_of_an_adult(beta: Beta, page: Page) -> None:
    guest = new_guest(beta)
    shown = page(guest, "")
    assert shown.title[0].value == "Try Santa Run before its release"
    assert "Nora asks you" in told(shown)
    shown = press(shown, "Yes, I take part")
    assert "18 or older" in shown.error[0].value
    shown.checkbox(key="is_adult").check()
    shown.checkbox(key="may_quote").check()
    shown = press(shown, "Yes, I take part")
    assert "you are in" in shown.success[0].value
    with reading() as session:
        given = participants.consent_of(session, guest.participant_id)
    assert given is not None
    assert (given.is_adult, given.may_quote) == (True, True)


def test_nothing_is_ticked_for_anybody(beta: Beta, page: Page) -> None:
    shown = page(new_guest(beta), "")
    assert [box.label.split(".")[0] for box in shown.checkbox] == [
        "I am 18 or older",
        "You may quote my words, without my name",
        "You may ask me again another time",
    ]
    assert not any(box.value for box in shown.checkbox)


def test_a_no_is_taken_as_a_no(beta: Beta, page: Page) -> None:
    shown = press(page(new_guest(beta), ""), "No, thank you")
    assert "that is fine" in shown.title[0].value
    assert labels(shown) == []


def test_a_no_for_good_ends_all_letters(beta: Beta, page: Page) -> None:
    guest = new_guest(beta)
    shown = press(page(guest, ""), "No, and do not write to me again")
    assert "that is fine" in shown.title[0].value
    with transaction() as session:
        who = session.get_one(ParticipantRow, guest.participant_id)
        assert session.get_one(CustomerRow, who.customer_id).opted_out_at is not None


def test_a_tester_gets_the_build_first_and_says_when_they_have_played(
    beta: Beta, page: Page
) -> None:
    shown = page(beta.actor, "")
    (link,) = shown.get("link_button")
    assert link.proto.label == "Get it for Android"
    assert link.proto.url.startswith("/download/")
    assert SEND not in labels(shown)
    assert SEND in labels(press(shown, "I have played it"))


def test_who_has_opened_the_link_is_asked_at_once(beta: Beta, page: Page) -> None:
    with transaction() as session:
        row = participants.get(session, beta.tester.id or 0)
        participants.advance(
            session, row, Step.LINK_OPENED, now=now(), detail=f"build {beta.build.id}"
        )
    assert SEND in labels(page(beta.actor, ""))


def test_an_answer_is_sent_once_and_shown_as_it_was_typed(beta: Beta, page: Page) -> None:
    shown = fill(press(page(beta.actor, ""), "I have played it"))
    shown = press(shown, SEND)
    assert not shown.exception
    (row,) = sent_by(beta)
    assert (row.csat, row.crashed, row.offended, row.recommend) == (2, False, True, 0)
    assert (row.change_first, row.offended_by) == (MARKUP, "It ruined Christmas.")
    assert row.offence
    assert "has arrived" in shown.success[0].value
    assert r"&lt;b&gt;Stop&lt;/b&gt; \*the\* \[Grinch\]" in told(shown)
    assert "<b>" not in told(shown)
    with reading() as session:
        assert draft_of(session, beta.tester.id or 0, beta.build.id or 0) == {}


def test_what_is_typed_survives_a_reload(beta: Beta, page: Page) -> None:
    fill(press(page(beta.actor, ""), "I have played it"))
    again = page(beta.actor, "")
    assert choice(again, "How satisfied").value == 2
    assert words(again, "What should we change").value == MARKUP
    assert choice(again, "Did it crash").value is False
    assert words(again, "What was it").value == "It ruined Christmas."
    press(again, SEND)
    assert [row.change_first for row in sent_by(beta)] == [MARKUP]


def test_two_tabs_that_send_the_same_file_it_once(beta: Beta, page: Page) -> None:
    one = fill(press(page(beta.actor, ""), "I have played it"))
    other = page(beta.actor, "")
    press(one, SEND)
    other = press(other, SEND)
    assert len(sent_by(beta)) == 1
    assert not other.exception


def test_an_empty_answer_is_not_sent(beta: Beta, page: Page) -> None:
    shown = press(press(page(beta.actor, ""), "I have played it"), SEND)
    assert "at least one question" in shown.error[0].value
    assert sent_by(beta) == []


def test_an_answer_can_be_changed_and_says_which_one_counts(beta: Beta, page: Page) -> None:
    answer(beta, Answer(csat=2, change_first="The end"))
    shown = page(beta.actor, "")
    assert "Your first answer is the one that is counted" in told(shown)
    shown = press(shown, "Change my answer")
    assert words(shown, "What should we change").value == "The end"
    choice(shown, "How satisfied").select(4).run()
    shown = press(shown, "Send the change")
    assert [(row.version, row.csat) for row in sent_by(beta)] == [(2, 4), (1, 2)]


def test_a_change_can_be_left(beta: Beta, page: Page) -> None:
    answer(beta, Answer(csat=2))
    shown = press(page(beta.actor, ""), "Change my answer")
    choice(shown, "How satisfied").select(5).run()
    shown = press(shown, "Leave it as it was")
    assert "2 of 5" in told(shown)
    assert "Change my answer" in labels(shown)
    assert len(sent_by(beta)) == 1


def test_words_about_a_build_that_was_replaced_meanwhile_are_not_lost(
    beta: Beta, page: Page
) -> None:
    fill(press(page(beta.actor, ""), "I have played it"))
    release_next(beta)
    shown = press(page(beta.actor, ""), "I have played it")
    assert "newer version has come out" in told(shown)
    assert words(shown, "What should we change").value == MARKUP
    assert choice(shown, "How satisfied").value is None
    press(shown, SEND)
    (row,) = sent_by(beta)
    assert (row.change_first, row.csat) == (MARKUP, None)
    assert row.build_id != beta.build.id


def test_a_newer_build_is_asked_about_anew(beta: Beta, page: Page) -> None:
    answer(beta, Answer(csat=2))
    release_next(beta)
    shown = page(beta.actor, "")
    assert "newer version" in told(shown)
    shown = press(shown, "I have played it")
    assert choice(shown, "How satisfied").value is None
