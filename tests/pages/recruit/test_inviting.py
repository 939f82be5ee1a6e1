"""Invitations on the recruiting page."""

import csv
import io

import pytest

from casework.funnel import Step
from casework.roles import Role
from db import outbox, participants, sending
from db.clock import now
from db.engine import reading, transaction
from db.outbox import OutboxRow
from db.settings import settings
from db.table import change
from pages.parts import letter_files
from tests.betas import OWNER
from tests.conftest import Page
from tests.pages.recruit.stage import PAGE, loyal_customers, planned, press, said, seated
from tests.pages.test_study import a_study
from tests.postbox import REFUSED, Postbox, listening
from tests.recruits import seat


def waiting_letters() -> list[OutboxRow]:
    with reading() as session:
        return list(outbox.waiting(session))


def test_links_are_made_once_and_the_letters_wait_for_the_owners_mailer(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        seat(session, group, *rows[:5], now=now())
    shown = page(Role.OWNER, PAGE)
    assert "this machine only" in said(shown.info)
    press(shown, "Make 5 personal links")
    assert not shown.exception
    assert "5 letters are in the outbox." in said(shown.success)
    assert [one.name for one in waiting_letters()] == [row.name for row in rows[:5]]
    assert {one.step for one in seated(group)} == {Step.INVITED}
    assert "Everybody with a seat has a letter with their link." in said(shown.success)
    links = [one.value for one in shown.code]
    assert len(set(links)) == 5
    assert all("/i/" in link for link in links)


def test_taking_the_letters_out_hands_them_over_whole_and_once(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        seat(session, group, *rows[:5], now=now())
    shown = page(Role.OWNER, PAGE)
    press(shown, "Make 5 personal links")
    ids = [one.id or 0 for one in waiting_letters()]
    take = letter_files.taking(OWNER, ids)
    lines = list(csv.DictReader(io.StringIO(take().decode("utf-8-sig"), newline="")))
    assert [line["name"] for line in lines] == [row.name for row in rows[:5]]
    assert all("/i/" in line["link"] and line["link"] in line["message"] for line in lines)
    assert all("/o/" in line["message"] for line in lines)
    assert waiting_letters() == []
    assert take().decode("utf-8-sig").count("\n") == 1
    shown.run()
    assert not [one for one in shown.download_button if "Download 5" in one.label]


def test_outside_the_demonstration_links_to_this_machine_cannot_be_made(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        seat(session, group, *rows[:5], now=now())
    monkeypatch.setenv("CASEWORK_DEMO", "0")
    settings.cache_clear()
    shown = page(Role.OWNER, PAGE)
    assert "this machine only" in said(shown.warning)
    button = next(one for one in shown.button if one.label.startswith("Make 5"))
    assert button.disabled
    assert {one.step for one in seated(group)} == {Step.DRAWN}


def test_with_a_mail_server_letters_go_into_the_outbox_and_leave_through_it(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        refused = session.merge(rows[0])
        change(refused, email=REFUSED)
        seat(session, group, *rows[:5], now=now())
    postbox = Postbox()
    with listening(postbox) as server:
        monkeypatch.setenv("CASEWORK_DEMO", "0")
        monkeypatch.setenv("BASE_URL", "https://studio.example")
        monkeypatch.setenv("SMTP_URL", f"smtp://{server}?from=nora@studio.example")
        settings.cache_clear()
        shown = page(Role.OWNER, PAGE)
        press(shown, "Send 5")
        assert not shown.exception
        assert "5 letters are in the outbox." in said(shown.success)
        assert not shown.download_button
        while sending.turn(transaction):
            pass
    assert [letter["To"] for letter in postbox.letters] == [row.email for row in rows[1:5]]
    assert "https://studio.example/i/" in postbox.letters[0].get_content()
    steps = [one.step for one in seated(group)]
    assert steps == [Step.EXPIRED, *[Step.INVITED] * 4]


def test_a_mail_server_written_wrongly_is_said_where_letters_wait_for_it(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        seat(session, group, *rows[:2], now=now())
    monkeypatch.setenv("CASEWORK_DEMO", "0")
    monkeypatch.setenv("BASE_URL", "https://studio.example")
    monkeypatch.setenv("SMTP_URL", "smtp://mail.studio.example")
    settings.cache_clear()
    shown = page(Role.OWNER, PAGE)
    press(shown, "Send 2")
    assert not shown.exception
    assert "which address the letters come from" in said(shown.error)
    assert "They leave within a minute" not in said(shown.caption)


def test_a_new_link_can_be_made_for_somebody_who_lost_theirs(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        people = seat(session, group, *rows[:2], now=now())
        for one in people:
            participants.advance(session, one, Step.INVITED, now=now())
    shown = page(Role.OWNER, PAGE)
    shown.session_state[f"part-{group.id}"] = "Invite"
    shown.run()
    next(one for one in shown.selectbox if one.label == "Who").set_value(people[1].id).run()
    press(shown, "Make a new link")
    assert not shown.exception
    assert [one.name for one in waiting_letters()] == [rows[1].name]
