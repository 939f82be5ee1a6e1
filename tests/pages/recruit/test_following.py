"""Following an activity: the funnel, the people and what is noted of them."""

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from casework.funnel import ActivityKind, Step
from casework.roles import Role
from db import activities, participants
from db.activities import ActivityRow
from db.clock import now
from db.engine import transaction
from tests.betas import OWNER
from tests.conftest import Page
from tests.pages.recruit.stage import PAGE, loyal_customers, planned, press, said, seated, tick
from tests.pages.test_study import a_study
from tests.recruits import drafted_activity, say_yes, seat


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


def following(page: Page, activity: ActivityRow) -> AppTest:
    shown = page(Role.OWNER, PAGE)
    shown.session_state[f"part-{activity.id}"] = "Follow"
    shown.run()
    assert not shown.exception
    return shown


def test_a_ticked_persons_way_is_told(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        seat(session, group, *rows[:3], now=now())
    shown = following(page, group)
    tick(shown, f"people-{group.id}", 1)
    assert "**Person 1** · chosen by hand" in said(shown.markdown)


def test_the_thank_you_goes_to_everybody_who_came_and_to_nobody_else(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        people = seat(session, group, *rows[:3], now=now())
        for one in people[:2]:
            say_yes(session, one, now=now())
            participants.advance(session, one, Step.ATTENDED, now=now())
    shown = following(page, group)
    assert "0 sent, 2 earned and waiting" in said(shown.markdown)
    press(shown, "I have sent it to all 2")
    assert [one.incentive_sent_at is not None for one in seated(group)] == [True, True, False]
    assert not any(one.label == "Change it for everybody" for one in shown.expander)


def test_a_step_nobody_may_take_is_refused_for_the_whole_batch(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        first, _ = seat(session, group, *rows[:2], now=now())
        say_yes(session, first, now=now())
        participants.advance(session, first, Step.ATTENDED, now=now())
    shown = following(page, group)
    tick(shown, f"people-{group.id}", 0, 1)
    press(shown, "Mark as thanked: 2 ticked")
    assert "Person 1: " in said(shown.error)
    assert "Nothing was noted." in said(shown.error)
    assert [one.step for one in seated(group)] == [Step.ATTENDED, Step.DRAWN]


def test_freeing_seats_takes_a_second_click_and_names_whom(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        for one in seat(session, group, *rows[:2], now=now()):
            participants.advance(session, one, Step.INVITED, now=now())
    shown = following(page, group)
    tick(shown, f"people-{group.id}", 0)
    press(shown, "Mark as expired: 1 ticked")
    assert "Mark as expired: Person 0?" in said(shown.warning)
    assert {one.step for one in seated(group)} == {Step.INVITED}
    press(shown, "No, leave it")
    assert {one.step for one in seated(group)} == {Step.INVITED}
    press(shown, "Mark as expired: 1 ticked")
    press(shown, "Yes, mark as expired")
    assert [one.step for one in seated(group)] == [Step.EXPIRED, Step.INVITED]


def test_ticked_people_are_reminded_by_letter(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        waiting, through = seat(session, group, *rows[:2], now=now())
        participants.advance(session, waiting, Step.INVITED, now=now())
        participants.advance(session, through, Step.DECLINED, now=now())
    shown = following(page, group)
    tick(shown, f"people-{group.id}", 0, 1)
    press(shown, "Remind: 2 ticked")
    assert "1 reminder is in the outbox." in said(shown.success)
    assert "Person 1: They are “declined”" in said(shown.warning)


def test_whoever_stands_still_is_listed_with_whose_turn_it_is(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        invited, _ = seat(session, group, *rows[:2], now=now() - timedelta(days=4))
        participants.advance(session, invited, Step.INVITED, now=now() - timedelta(days=4))
    shown = following(page, group)
    assert "**2 stand still**, 1 of them wait for you." in said(shown.markdown)
    table = next(one.value for one in shown.dataframe if "Whose turn" in one.value.columns)
    assert dict(zip(table["Name"], table["Whose turn"], strict=True)) == {
        "Person 0": "Theirs",
        "Person 1": "Yours",
    }
    next(one for one in shown.number_input if one.label.startswith("Days in")).set_value(5).run()
    assert "Nobody has stood still for longer." in said(shown.success)


def test_the_funnel_shows_every_count_with_its_denominator(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        people = seat(session, group, *rows[:4], now=now())
        for one in people[:3]:
            participants.advance(session, one, Step.INVITED, now=now())
        for one in people[:2]:
            participants.advance(session, one, Step.OPENED, now=now())
        participants.advance(session, people[1], Step.SCREENED_OUT, now=now())
    shown = page(Role.OWNER, PAGE)
    shown.session_state[f"part-{group.id}"] = "Follow"
    shown.run()
    assert not shown.exception
    table = shown.table[0].value
    assert table["Reached"].tolist()[:4] == ["4", "3", "2", "0"]
    assert table["Of"].tolist()[:4] == ["4", "4", "3", "2"]
    assert table["Share"].tolist()[:4] == ["100%", "75%", "67%", "0%"]
    assert table["Not there yet"].tolist()[:4] == ["0", "1", "1", "1"]
    # One of one who came or was lost; whoever still may come says nothing yet.
    assert table["Lost here"].tolist()[:4] == ["0", "0", "0", "1\u00a0(3%\u00a0to\u00a0100%)"]
    assert "written to 0; 0 of these letters have left" in said(shown.caption)


def test_after_closing_whoever_never_replied_has_expired_when_the_page_is_opened(
    page: Page,
) -> None:
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
    assert sorted(one.step for one in seated(beta)) == [Step.DRAWN, Step.EXPIRED]
