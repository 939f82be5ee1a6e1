"""The outbox as an owner uses it: see, read, try again, write, word, limit, tell programs."""

import email
import io
import zipfile
from email.policy import default

import pytest
from streamlit.testing.v1 import AppTest

from casework.feedback import Answer
from casework.funnel import ActivityKind
from casework.messages import LetterCap, MessageKind, PostState
from casework.messages.templates import TemplateName
from casework.roles import Role
from db import feedback, letter_caps, letter_templates, outbox, webhooks
from db.clock import now
from db.customers import CustomerRow
from db.engine import reading, transaction
from db.outbox import OutboxRow, Search
from db.settings import settings
from db.table import change
from pages.parts import letter_files
from tests.betas import OWNER, a_beta, a_study
from tests.conftest import Page
from tests.letters import queue, states
from tests.pages.recruit.stage import press, said
from tests.postbox import REFUSED, Postbox, listening
from tests.recruits import a_group, an_activity_for, seat, some_customers

PAGE = "owner/outbox.py"


def turn_to(shown: AppTest, part: str) -> AppTest:
    shown.session_state["outbox_part"] = part
    return shown.run()


def tick(shown: AppTest, place: int) -> AppTest:
    shown.session_state["outbox_list"] = {
        "selection": {"rows": [place], "columns": [], "cells": []}
    }
    return shown.run()


def queued(count: int) -> list[CustomerRow]:
    with transaction() as session:
        rows = some_customers(session, count)
        for row in rows:
            queue(session, row, now=now())
        return rows


def all_letters() -> list[OutboxRow]:
    with reading() as session:
        return list(outbox.letters(session, OWNER, Search()))


def with_server(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    monkeypatch.setenv("CASEWORK_DEMO", "0")
    monkeypatch.setenv("BASE_URL", "https://studio.example")
    monkeypatch.setenv("SMTP_URL", f"smtp://{server}?from=nora@studio.example")
    settings.cache_clear()


def test_an_empty_outbox_says_what_fills_it(page: Page) -> None:
    shown = page(Role.OWNER, PAGE)
    assert not shown.exception
    assert "when you invite people under “Recruit”" in said(shown.info)
    assert "this machine only" in said(shown.info)


def test_without_a_mail_server_letters_are_shown_and_can_be_taken_out(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued(2)
    monkeypatch.setenv("CASEWORK_DEMO", "0")
    monkeypatch.setenv("BASE_URL", "https://studio.example")
    settings.cache_clear()
    shown = page(Role.OWNER, PAGE)
    assert "Set SMTP_URL and letters leave by themselves." in said(shown.info)
    labels = [one.label for one in shown.download_button]
    assert labels == ["Download 2 letters (CSV)", "As .eml files (zip)"]
    ids = [row.id or 0 for row in all_letters()]
    with zipfile.ZipFile(io.BytesIO(letter_files.taking(OWNER, ids, as_files=True)())) as parcel:
        names = parcel.namelist()
        letter = email.message_from_bytes(parcel.read(names[0]), policy=default)
    assert len(names) == 3
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert {row.state for row in all_letters()} == {PostState.HANDED_OVER}
    shown = tick(shown.run(), 0)
    assert not shown.exception
    assert [one.label for one in shown.download_button] == ["Download again (.eml)"]


def test_what_came_back_is_shown_with_its_reason_and_tried_again_by_hand(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = queued(2)
    with transaction() as session:
        change(session.get_one(CustomerRow, rows[0].id), email=REFUSED)
    with listening(Postbox()) as server:
        with_server(monkeypatch, server)
        shown = page(Role.OWNER, PAGE)
        press(shown, "Send now")
        assert "1 sent, 1 refused, 0 to be tried again." in said(shown.success)
        assert {one.label: one.value for one in shown.metric} == {"Sent": "1", "Came back": "1"}
        tick(shown, 1)
        assert "550 no such mailbox" in said(shown.markdown)
        press(shown, "Try again")
    assert not shown.exception
    with reading() as session:
        assert states(session) == [PostState.QUEUED, PostState.SENT]


def test_a_mail_server_that_is_not_there_is_named(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued(1)
    with_server(monkeypatch, "127.0.0.1:9")
    shown = page(Role.OWNER, PAGE)
    press(shown, "Send now")
    assert "The mail server 127.0.0.1 cannot be used" in said(shown.error)


def test_letters_are_found_by_their_words(page: Page) -> None:
    queued(3)
    shown = page(Role.OWNER, PAGE)
    shown.session_state["outbox_text"] = "Person 1"
    shown.run()
    assert shown.dataframe[0].value["To"].tolist() == ["Person 1"]
    assert "Why" not in shown.dataframe[0].value
    shown.session_state["outbox_text"] = "nobody"
    shown.run()
    assert "No letter is like that." in said(shown.caption)


def test_a_name_is_text_wherever_it_is_shown(page: Page) -> None:
    (row,) = queued(1)
    with transaction() as session:
        customer = session.get_one(CustomerRow, row.id)
        change(customer, name="**Bo** [x](http://evil.example)")
        queue(session, customer, key="bold", now=now())
    shown = tick(page(Role.OWNER, PAGE), 0)
    assert not shown.exception
    assert "**Bo**" not in said(shown.markdown) + said(shown.caption)


def test_reminders_are_written_to_whoever_has_not_answered_as_one_of_them_reads_it(
    page: Page,
) -> None:
    with transaction() as session:
        a_beta(session, now=now())
    shown = turn_to(page(Role.OWNER, PAGE), "Write")
    assert not shown.exception
    assert "You said yes, and I have not heard yet how it was." in said(shown.text)
    press(shown, "Put 1 letter into the outbox")
    assert "1 letter is in the outbox." in said(shown.success)
    assert [row.kind for row in all_letters()] == [MessageKind.REMINDER]


def test_thanks_and_results_wait_until_there_is_somebody_and_something_to_tell(
    page: Page,
) -> None:
    with transaction() as session:
        beta = a_beta(session, now=now())
    shown = turn_to(page(Role.OWNER, PAGE), "Write")
    shown.session_state["write_kind"] = TemplateName.THANKS
    shown.run()
    assert "nobody whom this letter is for" in said(shown.info)
    with transaction() as session:
        feedback.receive(session, beta.actor, beta.tester.id or 0, Answer(csat=4), now=now())
    shown.session_state["write_kind"] = TemplateName.RESULT
    shown.run()
    assert "Nothing has been told back yet." in said(shown.error)
    shown.session_state["write_kind"] = TemplateName.MEETING
    shown.run()
    assert "A beta has no meetings." in said(shown.info)
    assert not shown.exception


def test_words_are_checked_before_they_are_used_and_kept_in_versions(page: Page) -> None:
    shown = turn_to(page(Role.OWNER, PAGE), "Words")
    assert not shown.exception
    area = shown.text_area[0]
    area.set_value("Hello {nmae}: {link}")
    press(shown, "Use these words")
    assert "“{nmae}” is no placeholder" in said(shown.error)
    shown.text_area[0].set_value("Hello {name}: {link}")
    press(shown, "Use these words")
    assert "Letters use version 1 from now on" in said(shown.success)
    with reading() as session:
        kept = letter_templates.current(session, TemplateName.INVITE_GROUP)
    assert (kept.version, kept.body) == (1, "Hello {name}: {link}")
    assert "Version 0 as Casework brings it" in said(shown.caption)


def test_a_text_is_previewed_for_somebody_it_is_for(page: Page) -> None:
    with transaction() as session:
        a_group(session, 6)
        beta = an_activity_for(session, a_study(session, "second"), ActivityKind.BETA, seats=900)
        seat(session, beta, *some_customers(session, 1))
    shown = turn_to(page(Role.OWNER, PAGE), "Words")
    assert "We are a group of 8 at most" in said(shown.text)
    assert "Hello Person 5," in said(shown.text)


def test_the_limit_is_set_for_everybody(page: Page) -> None:
    shown = turn_to(page(Role.OWNER, PAGE), "Words")
    next(one for one in shown.number_input if one.label == "Letters at most").set_value(5)
    press(shown, "Let this count from now on")
    assert "At most 5 invitations and reminders" in said(shown.success)
    with reading() as session:
        assert letter_caps.current(session) == LetterCap(letters=5)


def test_a_webhook_is_added_tried_and_stopped(page: Page) -> None:
    shown = turn_to(page(Role.OWNER, PAGE), "Webhooks")
    assert "Nobody is told anything yet." in said(shown.info)
    next(one for one in shown.text_input if one.label == "Address").set_value("http://x.example")
    press(shown, "Add")
    assert "begins with https://" in said(shown.error)
    next(one for one in shown.text_input if one.label == "Address").set_value("https://x.example/h")
    press(shown, "Add")
    assert "at least one event" in said(shown.error)
    told_of = next(one for one in shown.multiselect if one.label == "Told of")
    told_of.select(told_of.options[0])
    press(shown, "Add")
    assert not shown.exception
    assert len(shown.code[0].value) >= 43
    press(shown, "Send a test")
    assert shown.dataframe[0].value["Event"].tolist() == ["test"]
    press(shown, "Stop")
    with reading() as session:
        assert webhooks.subscriptions(session) == []
    assert shown.dataframe[0].value["State"].tolist() == ["Dropped"]


def test_reminding_outside_the_demonstration_needs_an_address_others_can_reach(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        a_beta(session, now=now())
    monkeypatch.setenv("CASEWORK_DEMO", "0")
    settings.cache_clear()
    shown = turn_to(page(Role.OWNER, PAGE), "Write")
    press(shown, "Put 1 letter")
    assert "this machine only" in said(shown.error)
    assert all_letters() == []
