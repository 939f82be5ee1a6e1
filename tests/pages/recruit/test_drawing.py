"""Drawing lots on the recruiting page."""

from casework.roles import Role
from db.clock import now
from db.engine import transaction
from tests.conftest import Page
from tests.pages.recruit.stage import (
    PAGE,
    drawn_for,
    loyal_customers,
    planned,
    press,
    said,
    seated,
    type_into,
)
from tests.pages.test_study import a_study
from tests.recruits import seat


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


def test_a_full_group_offers_no_draw(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        seat(session, group, *rows[:8], now=now())
    shown = page(Role.OWNER, PAGE)
    shown.session_state[f"part-{group.id}"] = "Choose people"
    shown.run()
    assert "Every seat is taken" in said(shown.info)
