"""Setting launch criteria: reach first, profiles within it, registering for good."""

from datetime import datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from casework.builds import Build
from casework.criteria import LaunchCriteria, Profile, profile_criteria, read
from casework.criteria.words import unbroken
from casework.customers import Customer, Interaction, InteractionKind
from casework.feedback import Answer
from casework.roles import Actor, Role
from db import builds, criteria, feedback
from db.clock import now
from db.customers import CustomerRow, InteractionRow
from db.engine import reading, transaction
from db.table import change
from tests.betas import a_beta, a_study, a_tester
from tests.conftest import Page

FILE = "owner/set_criteria.py"
OWNER = Actor(role=Role.OWNER, name="Olive Owner")


def number(page: AppTest, label: str) -> float | None:
    return next(one for one in page.number_input if one.label == label).value


def set_number(page: AppTest, label: str, value: float, *, which: int = 0) -> AppTest:
    found = [one for one in page.number_input if one.label == label]
    return found[which].set_value(value).run()


def metrics(page: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in page.metric}


def captions(page: AppTest) -> str:
    return "\n".join(one.value for one in page.caption)


def register_button(page: AppTest) -> list[bool]:
    return [one.disabled for one in page.button if one.label == "Register the criteria"]


def plan(answers: int = 95) -> LaunchCriteria:
    return LaunchCriteria(
        study="santa-run",
        build="0.9.0",
        profile=Profile.staged,
        answers=answers,
        closes_at=now() + timedelta(days=14),
        criteria=profile_criteria(Profile.staged, answers),
        loyalty_policy="as ever",
        scorer_version="1",
    )


@pytest.fixture
def study(installation: object) -> None:
    with transaction() as session:
        a_study(session)


def test_reach_is_worked_out_before_any_threshold(page: Page, study: None) -> None:
    seen = set_number(page(Role.OWNER, FILE), "Loyal customers", 1_500)
    assert not seen.exception
    # 1,500 loyal, 80 % reachable, 30 % accept, 35 % answer: 126
    assert metrics(seen)["Answers you can expect"] == "126"
    assert "1,500 loyal → 1,200 reachable → 360 accept → 126 answer" in captions(seen)
    assert "Assumption until you have your own" in captions(seen)
    assert number(seen, "Answers you plan for (N)") == 126


def test_only_profiles_within_reach_are_offered(page: Page, study: None) -> None:
    seen = set_number(page(Role.OWNER, FILE), "Loyal customers", 1_500)
    offered = next(one for one in seen.button_group if one.label == "Profile")
    assert list(offered.options) == ["Stop check", "Staged release"]
    assert "GO means a staged release to at most 10 % of players" in captions(seen)


def test_thresholds_are_told_in_players(page: Page, study: None) -> None:
    seen = set_number(page(Role.OWNER, FILE), "Loyal customers", 1_500)
    told = captions(seen)
    wanted = "5 % = 5,000 of 100,000 players; with conditions 8 % = 8,000 of 100,000"
    assert unbroken(wanted) in told
    seen = set_number(seen, "At most (%)", 3)
    assert unbroken("3 % = 3,000 of 100,000 players") in captions(seen)


def test_a_floor_stricter_than_its_threshold_cannot_be_registered(page: Page, study: None) -> None:
    seen = set_number(page(Role.OWNER, FILE), "Loyal customers", 1_500)
    seen = set_number(seen, "With conditions up to (%)", 1)
    assert any("stricter than the threshold" in one.value for one in seen.error)
    assert register_button(seen) == []


def test_where_no_go_is_possible_a_warning_says_so(page: Page, study: None) -> None:
    seen = set_number(page(Role.OWNER, FILE), "Loyal customers", 1_500)
    seen = set_number(seen, "At most (%)", 1)
    assert any("Upset or offended: no GO is possible with 126" in one.value for one in seen.warning)


def test_a_stop_check_says_what_its_answers_leave_possible(page: Page, study: None) -> None:
    seen = set_number(page(Role.OWNER, FILE), "Loyal customers", 480)
    # 480 × .8 × .3 × .35 = 40.3: forty answers, and 1 − .05^(1/40) is 7.2 %
    assert any("Even 40 answers" in one.value for one in seen.info)
    assert any("leave a rate of 7.2 % possible" in one.value for one in seen.info)


def test_without_customers_the_owner_is_told_what_is_missing(page: Page, study: None) -> None:
    seen = page(Role.OWNER, FILE)
    assert metrics(seen)["Answers you can expect"] == "0"
    assert any("Import your customers" in one.value for one in seen.info)


def test_planning_more_than_can_be_expected_is_a_warning(page: Page, study: None) -> None:
    seen = set_number(page(Role.OWNER, FILE), "Loyal customers", 1_500)
    seen = set_number(seen, "Answers you plan for (N)", 300)
    assert any("You plan for 300 answers and can expect 126" in w.value for w in seen.warning)
    offered = next(one for one in seen.button_group if one.label == "Profile")
    assert "Full release" in list(offered.options)


def test_registering_takes_a_confirmation_and_shows_the_digest(page: Page, study: None) -> None:
    seen = set_number(page(Role.OWNER, FILE), "Loyal customers", 1_500)
    assert register_button(seen) == [True]
    seen = seen.checkbox[0].check().run()
    next(one for one in seen.button if one.label == "Register the criteria").click().run()
    assert not seen.exception
    with reading() as session:
        (row,) = criteria.versions(session, 1)
    stored = read(criteria.registration_of(row))
    assert (stored.build, stored.profile, stored.answers) == ("0.9.0", Profile.staged, 126)
    assert seen.success[0].value == f"Version 1 is registered: {row.digest}"
    assert row.digest in [one.value for one in seen.code]
    assert list(seen.table[0].value["Must be"]) == ["at most 5 %", "at least 90 %", "at least 70 %"]
    assert register_button(seen) == [True]


def a_registered_beta(*, first_answer: datetime, registered: datetime) -> None:
    with transaction() as session:
        beta = a_beta(session, now=now() - timedelta(days=2))
        tester, actor = a_tester(session, beta.activity, "Bo")
        if first_answer < registered:
            feedback.receive(session, actor, tester.id or 0, Answer(csat=4), now=first_answer)
        criteria.register(session, OWNER, beta.study, plan(), now=registered)
        if first_answer >= registered:
            feedback.receive(session, actor, tester.id or 0, Answer(csat=4), now=first_answer)


def test_after_an_answer_another_version_would_be_another_attempt(page: Page) -> None:
    a_registered_beta(registered=now() - timedelta(days=1), first_answer=now() - timedelta(hours=1))
    seen = page(Role.OWNER, FILE)
    assert not seen.exception
    assert "Over 2 attempts the chance of a false GO is at most 10 %." in seen.warning[0].value
    assert list(seen.dataframe[0].value["Attempt"]) == ["1 of 1"]
    assert list(seen.dataframe[0].value["Answers received"]) == ["1"]


def test_criteria_after_the_first_answer_are_shown_as_invalid(page: Page) -> None:
    a_registered_beta(
        first_answer=now() - timedelta(hours=2), registered=now() - timedelta(hours=1)
    )
    seen = page(Role.OWNER, FILE)
    assert any("A new build with criteria of its own mends it." in e.value for e in seen.error)
    assert list(seen.dataframe[0].value["Attempt"]) == ["1 of 1, INVALID: after the first answer"]


def test_answers_before_any_criteria_are_told_before_registering(page: Page) -> None:
    with transaction() as session:
        beta = a_beta(session, now=now() - timedelta(days=2))
        tester, actor = a_tester(session, beta.activity, "Bo")
        feedback.receive(session, actor, tester.id or 0, Answer(csat=4), now=now())
    seen = page(Role.OWNER, FILE)
    assert seen.error[0].value.startswith("1 answer to build 0")
    assert "came before any criteria" in seen.error[0].value


def test_a_changed_text_is_told_instead_of_its_criteria(page: Page) -> None:
    with transaction() as session:
        beta = a_beta(session)
        row = criteria.register(session, OWNER, beta.study, plan(), now=now())
        change(row, text=row.text.replace("0.7", "0.5"))
        session.add(row)
    seen = page(Role.OWNER, FILE)
    assert not seen.exception
    assert any("do not match their digest" in one.value for one in seen.error)


def test_with_customers_the_reach_is_the_studios_own(page: Page, study: None) -> None:
    with transaction() as session:
        for number_ in range(10):
            email = f"c{number_}@example.com" if number_ < 9 else None
            draft = Customer(ref=str(number_), name=f"C{number_}", email=email)
            customer = CustomerRow.model_validate(draft)
            session.add(customer)
            session.flush()
            bought = Interaction(
                ref=f"i{number_}",
                customer_ref=str(number_),
                kind=InteractionKind.PURCHASE,
                at=now() - timedelta(days=20 - number_),
                spend_cents=100 * number_,
            )
            session.add(InteractionRow.model_validate(bought, update={"customer_id": customer.id}))
    seen = page(Role.OWNER, FILE)
    assert not seen.exception
    # The top 30 % of ten are three, and one of them has no address.
    assert number(seen, "Loyal customers") == 3
    assert number(seen, "Reachable (%)") == 67
    assert "From your customers" in captions(seen)


def test_a_new_build_is_offered_first(page: Page) -> None:
    with transaction() as session:
        beta = a_beta(session)
        criteria.register(session, OWNER, beta.study, plan(), now=now())
        draft = Build(version="0.9.1", added_at=now())
        builds.add_build(session, OWNER, beta.study, draft, now=now())
    seen = page(Role.OWNER, FILE)
    chosen = next(one for one in seen.selectbox if one.label == "Build to be decided")
    assert chosen.value == "0.9.1"


def test_the_base_takes_over_the_rosters_shares_and_is_registered(page: Page, study: None) -> None:
    with transaction() as session:
        for number_ in range(10):
            platform = "ios" if number_ < 3 else "android"
            draft = Customer(ref=str(number_), name=f"C{number_}", platform=platform)
            session.add(CustomerRow.model_validate(draft))
    seen = set_number(page(Role.OWNER, FILE), "Loyal customers", 1_500)
    label = "Check the result against your whole customer base"
    seen = next(one for one in seen.toggle if one.label == label).set_value(True).run()
    pills = next(one for one in seen.button_group if one.label == "Compare by")
    seen = pills.set_value(["platform"]).run()
    assert any("Platform: give the shares" in one.value for one in seen.error)
    take = next(one for one in seen.button if one.label == "Take the shares of your 10 customers")
    seen = take.click().run()
    assert not seen.error
    seen = seen.checkbox[0].check().run()
    next(one for one in seen.button if one.label == "Register the criteria").click().run()
    assert not seen.exception
    with reading() as session:
        (row,) = criteria.versions(session, 1)
    (margin,) = read(criteria.registration_of(row)).base
    assert [(cell.value, cell.share) for cell in margin.cells] == [("android", 0.7), ("ios", 0.3)]
    assert "customer base by platform: android 70" in captions(seen)
