"""Planning the answers: from what can be reached to what an honest GO takes, into the criteria."""

import pytest
from streamlit.testing.v1 import AppTest

from casework.criteria import Metric
from casework.roles import Role
from db.engine import transaction
from tests.betas import a_study
from tests.conftest import Page

FILE = "owner/plan_answers.py"


@pytest.fixture
def seen(page: Page, installation: object) -> AppTest:
    """The page of a study that can expect 126 answers: 1,500 × 80 % × 30 % × 35 %."""
    with transaction() as session:
        a_study(session)
    return set_number(page(Role.OWNER, FILE), "Loyal customers", 1_500)


def set_number(shown: AppTest, label: str, value: float, *, which: int = 0) -> AppTest:
    found = [one for one in shown.number_input if one.label == label]
    return found[which].set_value(value).run()


def number(shown: AppTest, label: str, *, which: int = 0) -> float | None:
    return [one for one in shown.number_input if one.label == label][which].value


def choose(shown: AppTest, label: str, value: object) -> AppTest:
    (found,) = (one for one in shown.button_group if one.label == label)
    return found.set_value(value).run()


def metrics(shown: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in shown.metric}


def told(shown: AppTest) -> str:
    kinds = (shown.caption, shown.info, shown.warning, shown.error)
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def only_satisfaction(shown: AppTest) -> AppTest:
    (pills,) = (one for one in shown.button_group if one.label == "Criteria")
    return pills.set_value([Metric.csat]).run()


def test_the_plan_says_what_a_go_takes_and_what_can_be_expected(seen: AppTest) -> None:
    assert not seen.exception
    found = metrics(seen)
    assert found["Answers you can expect"] == "126"
    # From 100 answers on a staged release asks for offence at most 5 %: .95 ** 59 is below 5 %.
    assert found["Smallest N that can ever GO"] == "59"
    assert found["Testers needed"].startswith("about ")
    assert "Chance of GO with 126 answers" in found


def test_one_criterion_needs_what_the_specification_says(seen: AppTest) -> None:
    shown = only_satisfaction(seen)
    table = next(one.value for one in shown.table if "Takes alone" in one.value.columns)
    assert list(table["Criterion"]) == ["Satisfaction"]
    assert list(table["Takes alone"]) == ["126"]
    assert list(table["Can ever GO from"]) == ["9"]
    shown = choose(shown, "Chance of GO you want", 0.9)
    table = next(one.value for one in shown.table if "Takes alone" in one.value.columns)
    assert list(table["Takes alone"]) == ["172"]


def test_the_curve_stands_beside_its_table(seen: AppTest) -> None:
    shown = choose(only_satisfaction(seen), "Curve of", "Satisfaction")
    assert not shown.exception
    assert "Exact: every possible path of answers is followed." in told(shown)
    table = next(one.value for one in shown.table if "NO-GO" in one.value.columns)
    # 80.9 % by the exact planner.
    row = table[table["N"] == "126"].iloc[0]
    assert row["GO"] == "81 %"


def test_a_build_at_its_limit_is_told_that_more_testers_do_not_help(seen: AppTest) -> None:
    shown = set_number(only_satisfaction(seen), "You assume (%)", 70)
    assert "more testers do not help" in told(shown)
    assert metrics(shown)["Testers needed"] == "more than 480"
    table = next(one.value for one in shown.table if "Takes alone" in one.value.columns)
    assert list(table["Takes alone"]) == ["no number helps"]


def test_a_floor_stricter_than_its_threshold_stops_the_plan(seen: AppTest) -> None:
    shown = set_number(only_satisfaction(seen), "Floor (%)", 80)
    assert "stricter than the threshold" in told(shown)
    assert "Mend what is marked above" in told(shown)
    assert [one for one in shown.button if one.label.startswith("Use these")] == []


def test_a_stop_check_plans_no_go(page: Page, installation: object) -> None:
    with transaction() as session:
        a_study(session)
    shown = page(Role.OWNER, FILE)
    assert not shown.exception
    assert "A stop check never says GO" in told(shown)
    assert "Testers needed" not in metrics(shown)


def test_time_and_cost_follow_from_the_reach(seen: AppTest) -> None:
    shown = set_number(seen, "Answers to plan for (N)", 63)
    shown = set_number(set_number(shown, "Cost per tester", 2.5), "Incentive", 10)
    # 63 of 126 come in half of a beta; 63 / .35 = 180 testers, / .3 = 600 invitations.
    assert metrics(shown)["Until the last answer"] == "1 week"
    assert metrics(shown)["Invitations"] == "600"
    assert metrics(shown)["Total cost"] == "1,080.00"
    assert "180 × 2.50 + 63 × 10.00 = 1,080.00" in told(shown)
    shown = set_number(shown, "Answers to plan for (N)", 200)
    assert "200 answers take 2,381 loyal customers at these rates; there are 1,500" in told(shown)


def test_what_each_criterion_and_the_guardrail_cost_is_in_the_table(seen: AppTest) -> None:
    shown = seen.toggle[0].set_value(True).run()
    table = next(one.value for one in shown.table if "It costs" in one.value.columns)
    assert list(table["Criterion"]) == [
        "Upset or offended",
        "Free of crashes",
        "Satisfaction",
        "Loyal players on their own",
    ]
    assert all(cost.endswith(" answers") for cost in table["It costs"])


def test_a_decision_beyond_the_answers_cannot_be_carried_over(seen: AppTest) -> None:
    shown = choose(seen, "What a GO should mean", "full")
    shown = set_number(shown, "Answers to plan for (N)", 126)
    assert "Full release takes 300 answers" in told(shown)
    assert [one.disabled for one in shown.button if one.label.startswith("Use these")] == [True]


def test_the_plan_fills_the_form_of_the_launch_criteria(seen: AppTest) -> None:
    shown = set_number(seen, "At most (%)", 7)
    shown = set_number(shown, "At least (%)", 75, which=1)
    shown = shown.toggle[0].set_value(True).run()
    shown = set_number(shown, "Answers to plan for (N)", 120)
    (use,) = (one for one in shown.button if one.label.startswith("Use these"))
    form = use.click().run()
    assert not form.exception
    assert form.title[0].value == "Launch criteria"
    assert number(form, "Loyal customers") == 1_500
    assert number(form, "Answers you plan for (N)") == 120
    assert number(form, "At most (%)") == 7
    # Crashes first, then satisfaction.
    assert number(form, "At least (%)", which=1) == 75
    assert number(form, "Loyal answers to watch") == 60
    profile = next(one for one in form.button_group if one.label == "Profile")
    assert profile.value == "staged"
