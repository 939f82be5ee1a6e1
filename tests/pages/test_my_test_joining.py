"""A customer before joining: questions first, a kind word, and a text that has changed."""

from pathlib import Path

import pytest

from casework.funnel import ActivityKind, Step
from casework.roles import Actor
from casework.screener import Fit, Option, Question
from db import consent_texts, participants, screeners
from db.clock import now
from db.engine import reading, transaction
from tests.betas import OWNER, Beta, a_beta, a_tester
from tests.conftest import Page
from tests.pages.tester import press, told

SNOW = Question(
    text="Do you like snow?",
    options=(Option(text="Yes", fit=Fit.QUALIFIES), Option(text="No", fit=Fit.RULES_OUT)),
    purpose="There is a lot of it.",
)


@pytest.fixture
def beta(installation: Path) -> Beta:
    with transaction() as session:
        made = a_beta(session, now())
        screeners.save(session, OWNER, made.activity, [SNOW], now=now())
        return made


@pytest.fixture
def guest(beta: Beta) -> Actor:
    with transaction() as session:
        return a_tester(session, beta.activity, "Ben", agreed=False, now=now())[1]


def step(guest: Actor) -> Step:
    with reading() as session:
        return participants.get(session, guest.participant_id or 0).step


def test_questions_come_first_and_a_fitting_answer_leads_to_the_text(
    guest: Actor, page: Page
) -> None:
    shown = page(guest, "")
    assert "There is a lot of it." in told(shown)
    assert not shown.checkbox
    shown = press(shown, "Go on")
    assert "Please answer: Do you like snow?" in shown.error[0].value
    shown.radio[0].set_value("Yes")
    shown = press(shown, "Go on")
    assert [box.key for box in shown.checkbox] == ["is_adult", "may_quote", "contact_again"]


def test_somebody_it_does_not_suit_is_told_kindly(guest: Actor, page: Page) -> None:
    shown = page(guest, "")
    shown.radio[0].set_value("No")
    shown = press(shown, "Go on")
    assert shown.title[0].value == "Not a fit this time"
    assert "says nothing about you" in told(shown)
    assert step(guest) is Step.SCREENED_OUT


def test_after_a_material_change_one_reads_the_difference_and_goes_on(
    beta: Beta, page: Page
) -> None:
    with transaction() as session:
        text = consent_texts.in_force(session, ActivityKind.BETA).text
        consent_texts.save(
            session,
            OWNER,
            ActivityKind.BETA,
            text=text + "\n\nWe also film you.",
            purpose="To decide.",
            retention_days=730,
            material=True,
            now=now(),
        )
    shown = page(beta.actor, "")
    assert "The text has changed" in [one.value for one in shown.subheader]
    assert ":green[**We also film you.**]" in told(shown)
    shown = press(shown, "Yes, I go on")
    with reading() as session:
        given = participants.consent_of(session, beta.actor.participant_id)
    assert given is not None
    assert given.version == "beta 2"


def test_who_does_not_agree_anew_may_stop(beta: Beta, page: Page) -> None:
    with transaction() as session:
        consent_texts.save(
            session,
            OWNER,
            ActivityKind.BETA,
            text="Everything is different.",
            purpose="To decide.",
            retention_days=730,
            material=True,
            now=now(),
        )
    shown = press(page(beta.actor, ""), "Stop taking part")
    shown = press(shown, "Yes, stop and take my answers out")
    assert shown.title[0].value == "You have stopped taking part"
