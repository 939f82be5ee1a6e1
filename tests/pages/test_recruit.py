"""The recruiting page as an owner uses it: plan, choose or draw, invite, follow."""

import csv
import io
from collections.abc import Iterable
from datetime import timedelta

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from casework.customers import Interaction, InteractionKind
from casework.errors import Invalid
from casework.funnel import ActivityKind, Step
from casework.quotas import Trait
from casework.roles import Role
from db import activities, draws, outbox, participants, recruiting, sending
from db.activities import ActivityRow
from db.clock import now
from db.customers import CustomerRow, InteractionRow
from db.draws import DrawRow
from db.engine import reading, transaction
from db.outbox import OutboxRow
from db.recruiting import Seated
from db.settings import settings
from db.studies import StudyRow
from db.table import change
from pages.parts import letter_files, quota_table
from tests.betas import OWNER
from tests.conftest import Page
from tests.pages.test_study import a_study
from tests.postbox import REFUSED, Postbox, listening
from tests.recruits import drafted_activity, say_yes, seat, some_customers

PAGE = "owner/recruit.py"


def loyal_customers(count: int = 40) -> list[CustomerRow]:
    """Customers of whom the first twelve bought most and latest: the loyal 30 % of forty."""
    with transaction() as session:
        rows = some_customers(session, count)
        for place, row in enumerate(rows):
            bought = Interaction(
                ref=f"P{place}",
                customer_ref=row.ref,
                kind=InteractionKind.PURCHASE,
                at=now() - timedelta(days=60 + place),
                spend_cents=10_000 - place,
            )
            session.add(InteractionRow.model_validate(bought, update={"customer_id": row.id}))
        return rows


def planned(
    study: StudyRow, kind: ActivityKind = ActivityKind.FOCUS_GROUP, days: int = 7
) -> ActivityRow:
    with transaction() as session:
        draft = drafted_activity(kind, now() - timedelta(days=1), now() + timedelta(days=days))
        return activities.open_activity(session, OWNER, study, draft, now=now())


def seated(activity: ActivityRow) -> list[Seated]:
    with reading() as session:
        return recruiting.roster_of(session, activity)


def press(page: AppTest, label: str) -> None:
    next(one for one in page.button if one.label.startswith(label)).click().run()


def said(messages: Iterable[object]) -> str:
    return "\n".join(str(getattr(one, "value", one)) for one in messages)


def test_without_activities_the_form_to_plan_one_is_open(page: Page) -> None:
    a_study()
    shown = page(Role.OWNER, PAGE)
    assert not shown.exception
    assert [one.label for one in shown.expander if one.proto.expanded] == ["Plan an activity"]
    assert "Plan it" in [one.label for one in shown.button]


def test_a_planned_focus_group_is_chosen_at_once(page: Page) -> None:
    a_study()
    shown = page(Role.OWNER, PAGE)
    next(one for one in shown.text_input if one.label == "Name").input("Evening group")
    press(shown, "Plan it")
    assert not shown.exception
    assert [one.value for one in shown.header] == ["Evening group"]


@pytest.mark.parametrize(
    ("name", "seats", "says"),
    [("", 8, "Give the activity a name"), ("Group", 11, "5 to 10 seats; 11 is outside")],
)
def test_a_plan_that_cannot_be_says_what_to_mend_and_keeps_what_was_typed(
    page: Page, name: str, seats: int, says: str
) -> None:
    study = a_study()
    shown = page(Role.OWNER, PAGE)
    next(one for one in shown.text_input if one.label == "Name").input(name)
    next(one for one in shown.number_input if one.label == "Seats").set_value(seats)
    press(shown, "Plan it")
    assert says in said(shown.error)
    assert next(one for one in shown.number_input if one.label == "Seats").value == seats
    with reading() as session:
        assert activities.of_study(session, study) == []


def test_an_activity_that_ends_too_late_warns_whenever_the_page_is_seen(page: Page) -> None:
    planned(a_study(), days=80)
    shown = page(Role.OWNER, PAGE)
    assert "its answers would come too late" in said(shown.warning)
    assert "its answers would come too late" in said(shown.run().warning)


def test_an_announced_draw_seats_loyal_people_and_leads_to_their_invitations(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    shown = page(Role.OWNER, PAGE)
    assert "8 of 12 people can be drawn." in said(shown.success)
    assert not any(one.label.startswith("Draw and seat") for one in shown.button)
    type_into(shown, "Number to announce", "Christmas *17*")
    press(shown, "Announce the draw")
    assert r"Christmas \*17\*" in said(shown.info)
    press(shown, "Draw and seat 8 people")
    assert not shown.exception
    people = seated(group)
    (row,) = drawn_for(group)
    assert not row.dry_run
    assert row.nonce == "Christmas *17*"
    assert {one.customer_id for one in people} == set(row.seats)
    assert {one.chosen_by for one in people} == {f"draw, seed {row.seed[:12]}"}
    assert {one.customer_id for one in people} <= {row.id for row in rows[:12]}
    assert "**8 people wait to be invited.**" in said(shown.markdown)


def test_a_dry_run_is_shown_with_its_chances_and_seats_nobody(page: Page) -> None:
    loyal_customers()
    group = planned(a_study())
    shown = page(Role.OWNER, PAGE)
    press(shown, "Dry run")
    assert not shown.exception
    (row,) = drawn_for(group)
    assert (row.dry_run, row.seed, len(row.seats)) == (True, "1", 8)
    assert seated(group) == []
    assert "Would be drawn: Person" in said(shown.markdown)
    assert {one.label: one.value for one in shown.metric}["Smallest chance"] == "66.67%"
    assert "the same seats" in said(shown.caption)


def test_a_customer_s_sheet_says_why_they_were_or_were_not_drawn(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    shown = page(Role.OWNER, PAGE)
    press(shown, "Dry run")
    (row,) = drawn_for(group)
    lucky = next(one for one in rows if one.id in row.seats)
    type_into(shown, "Why was somebody (not) drawn?", lucky.email or "")
    assert "had a chance of 66.67% before the draw" in said(shown.markdown)
    assert "among those drawn: a seat." in said(shown.markdown)
    type_into(shown, "Why was somebody (not) drawn?", rows[-1].email or "")
    assert "Did not take part in this draw" in said(shown.markdown)
    type_into(shown, "Why was somebody (not) drawn?", "nobody like that")
    assert "Nobody matches." in said(shown.info)


def test_the_group_is_compared_with_all_customers(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        seat(session, group, *rows[0:16:2], now=now())
    shown = page(Role.OWNER, PAGE)
    shown.session_state[f"part-{group.id}"] = "Follow"
    shown.run()
    assert not shown.exception
    assert "nobody from region LATAM (50% of all customers)" in said(shown.warning)


def type_into(page: AppTest, label: str, text: str) -> None:
    next(one for one in page.text_input if one.label == label).input(text).run()


def drawn_for(activity: ActivityRow) -> list[DrawRow]:
    with reading() as session:
        return draws.of_activity(session, activity)


def test_a_pool_too_small_for_the_seats_is_said_before_anybody_draws(page: Page) -> None:
    loyal_customers(10)
    planned(a_study())
    shown = page(Role.OWNER, PAGE)
    assert "Only 3 eligible customers for 8 seats" in said(shown.error)
    assert not any(one.label.startswith("Draw and seat") for one in shown.button)


def test_without_customers_nobody_can_be_drawn_or_chosen(page: Page) -> None:
    planned(a_study())
    shown = page(Role.OWNER, PAGE)
    assert not shown.exception
    assert "Only 0 eligible customers" in said(shown.error)


def test_filters_narrow_the_draw_and_are_kept_with_the_chosen(page: Page) -> None:
    loyal_customers()
    group = planned(a_study())
    shown = page(Role.OWNER, PAGE)
    next(one for one in shown.multiselect if one.label == "Region").set_value(["LATAM"]).run()
    next(one for one in shown.number_input if one.label == "Seats to fill").set_value(5).run()
    assert "5 of 6 people can be drawn." in said(shown.success)
    press(shown, "Announce the draw")
    press(shown, "Draw and seat 5 people")
    assert all(one.chosen_by.endswith(", among region LATAM") for one in seated(group))
    assert len(seated(group)) == 5


def test_quotas_are_asked_value_by_value_and_none_bound_until_typed(page: Page) -> None:
    loyal_customers()
    planned(a_study())
    shown = page(Role.OWNER, PAGE)
    choose_traits(shown, Trait.REGION, Trait.LOYALTY_BAND)
    assert not shown.exception
    table = bounds_table(shown)
    assert table["Trait"].tolist()[:2] == ["Region", "Region"]
    assert table["Value"].tolist()[:2] == ["EU", "LATAM"]
    assert table["Eligible"].tolist()[:2] == [6, 6]
    assert "8 of 12 people can be drawn." in said(shown.success)


def test_quotas_that_clash_name_the_least_relaxation_and_one_click_takes_it(page: Page) -> None:
    loyal_customers()
    group = planned(a_study())
    shown = page(Role.OWNER, PAGE)
    shown.session_state[quota_table.KEPT] = {("Region", "EU"): (7, 8)}
    choose_traits(shown, Trait.REGION)
    assert "region EU at least 7. The least that helps: region EU: min 7 → 6" in said(shown.error)
    press(shown, "Change to region EU: min 7 → 6")
    assert not shown.exception
    assert "8 of 12 people can be drawn within these quotas." in said(shown.success)
    assert bounds_table(shown)["At least"].tolist() == [6, 0]
    press(shown, "Announce the draw")
    press(shown, "Draw and seat 8 people")
    (row,) = drawn_for(group)
    assert [quota.described for quota in row.quotas] == ["region EU: at least 6, at most 8"]
    assert row.chances == pytest.approx((1.0, 2 / 6))


def choose_traits(page: AppTest, *traits: Trait) -> None:
    next(one for one in page.button_group if one.label == "Quotas on").set_value(list(traits)).run()


def bounds_table(page: AppTest) -> pd.DataFrame:
    return next(one.value for one in page.dataframe if "At least" in one.value.columns)


def test_only_typed_bounds_become_quotas_and_a_minimum_above_its_maximum_is_named() -> None:
    typed = pd.DataFrame(
        {
            "Trait": ["Region", "Region", "Platform"],
            "Value": ["EU", "LATAM", "ios"],
            "At least": pd.array([0, 2, None], dtype="Int64"),
            "At most": pd.array([None, None, 0], dtype="Int64"),
        }
    )
    quotas = quota_table.quotas_from(typed)
    assert [(one.attribute, one.value, one.minimum, one.maximum) for one in quotas] == [
        (Trait.REGION, "LATAM", 2, None),
        (Trait.PLATFORM, "ios", 0, 0),
    ]
    typed.loc[1, "At most"] = 1
    with pytest.raises(Invalid, match="Region LATAM: the minimum of 2 is above the maximum of 1"):
        quota_table.quotas_from(typed)


def tick(page: AppTest, key: str, *rows: int) -> None:
    page.session_state[key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    page.run()


def test_ticked_people_are_seated_by_hand_most_loyal_first(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    shown = page(Role.OWNER, PAGE)
    next(one for one in shown.button_group if one.label == "How").set_value("By hand").run()
    tick(shown, f"by-hand-{group.id}", 0, 1)
    press(shown, "Seat the 2 ticked")
    assert not shown.exception
    people = seated(group)
    assert [(one.name, one.chosen_by) for one in people] == [
        (rows[0].name, "by hand"),
        (rows[1].name, "by hand"),
    ]


def test_a_ticked_persons_way_is_told_and_their_thank_you_noted(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        seat(session, group, *rows[:3], now=now())
    shown = page(Role.OWNER, PAGE)
    shown.session_state[f"part-{group.id}"] = "Follow"
    shown.run()
    tick(shown, f"people-{group.id}", 1)
    assert "**Person 1** · chosen by hand" in said(shown.markdown)
    press(shown, "Thank-you sent to 1 ticked")
    assert not shown.exception
    assert [one.incentive_sent_at is not None for one in seated(group)] == [False, True, False]


def test_thanks_to_somebody_who_did_nothing_yet_are_refused_for_the_whole_batch(
    page: Page,
) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        first, _ = seat(session, group, *rows[:2], now=now())
        say_yes(session, first, now=now())
        participants.advance(session, first, Step.ATTENDED, now=now())
    shown = page(Role.OWNER, PAGE)
    shown.session_state[f"part-{group.id}"] = "Follow"
    shown.run()
    tick(shown, f"people-{group.id}", 0, 1)
    press(shown, "Thanked 2 ticked")
    assert "Person 1: " in said(shown.error)
    assert "Nothing was noted." in said(shown.error)
    assert [one.step for one in seated(group)] == [Step.ATTENDED, Step.DRAWN]


def test_a_full_group_offers_no_draw(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        seat(session, group, *rows[:8], now=now())
    shown = page(Role.OWNER, PAGE)
    shown.session_state[f"part-{group.id}"] = "Choose people"
    shown.run()
    assert "Every seat is taken" in said(shown.info)


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
    assert "Everybody with a seat has been invited." in said(shown.success)
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
    take = letter_files.taking(OWNER, ids, lambda parcel: parcel.table.encode())
    lines = list(csv.DictReader(io.StringIO(take().decode(), newline="")))
    assert [line["name"] for line in lines] == [row.name for row in rows[:5]]
    assert all("/i/" in line["link"] and line["link"] in line["message"] for line in lines)
    assert all("/o/" in line["message"] for line in lines)
    assert waiting_letters() == []
    assert take().decode().count("\n") == 1
    shown.run()
    assert not [one for one in shown.get("download_button") if "Download 5" in one.label]


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
        assert not shown.get("download_button")
        while sending.turn(transaction):
            pass
    assert [letter["To"] for letter in postbox.letters] == [row.email for row in rows[1:5]]
    assert "https://studio.example/i/" in postbox.letters[0].get_content()
    steps = [one.step for one in seated(group)]
    assert steps == [Step.EXPIRED, *[Step.INVITED] * 4]


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


def test_the_funnel_shows_every_count_with_its_denominator(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        people = seat(session, group, *rows[:4], now=now())
        for one in people[:3]:
            participants.advance(session, one, Step.INVITED, now=now())
        for one in people[:2]:
            participants.advance(session, one, Step.OPENED, now=now())
    shown = page(Role.OWNER, PAGE)
    shown.session_state[f"part-{group.id}"] = "Follow"
    shown.run()
    assert not shown.exception
    table = shown.table[0].value
    assert table["Reached"].tolist()[:4] == ["4", "3", "2", "0"]
    assert table["Of"].tolist()[:4] == ["4", "4", "3", "2"]
    assert table["Share"].tolist()[:4] == ["100%", "75%", "67%", "0%"]
    assert table["Lost here"].tolist()[:4] == ["0", "1", "1", "2"]


def test_after_closing_whoever_never_replied_can_be_marked_as_expired(page: Page) -> None:
    rows = loyal_customers()
    study = a_study()
    with transaction() as session:
        start = now() - timedelta(days=9)
        draft = drafted_activity(ActivityKind.BETA, start, now() - timedelta(days=1))
        beta = activities.open_activity(session, OWNER, study, draft, now=start)
        (one, _) = seat(session, beta, *rows[:2], now=start)
        participants.advance(session, one, Step.INVITED, now=start)
    shown = page(Role.OWNER, PAGE)
    shown.session_state[f"part-{beta.id}"] = "Invite"
    shown.run()
    assert "nobody can be invited to it any more" in said(shown.info)
    press(shown, "Mark 1 as expired")
    assert sorted(one.step for one in seated(beta)) == [Step.DRAWN, Step.EXPIRED]


def test_what_people_are_called_is_shown_as_text(page: Page) -> None:
    study = a_study()
    with transaction() as session:
        draft = drafted_activity(
            ActivityKind.BETA, now(), now() + timedelta(days=3), name="# **Beta** <b>"
        )
        activities.open_activity(session, OWNER, study, draft, now=now())
    shown = page(Role.OWNER, PAGE)
    assert shown.header[0].value == r"\# \*\*Beta\*\* &lt;b&gt;"


def test_a_student_has_no_recruiting_page(page: Page) -> None:
    with pytest.raises(ValueError, match="owner/recruit"):
        page(Role.STUDENT, PAGE)
