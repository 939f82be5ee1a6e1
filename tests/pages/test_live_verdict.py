"""The verdict page while answers arrive: figures, the day's change, the path, alerts."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from casework.criteria import Cell, Criterion, LaunchCriteria, Margin, Metric, Profile
from casework.feedback import Answer
from casework.roles import Role
from db import alerts, clock, criteria, feedback
from db.engine import reading, transaction
from tests.betas import OWNER, Beta, a_beta, a_tester
from tests.conftest import Page
from tests.pages.reading import press, words

FILE = "owner/read_verdict.py"
NORA = "nora@studio.example"


@pytest.fixture
def beta(installation: object) -> Beta:
    """A running beta of 0.9.0; two testers answered two days ago, both content."""
    began = clock.now() - timedelta(days=3)
    cells = (Cell(value="android", share=0.5), Cell(value="ios", share=0.5))
    plan = LaunchCriteria(
        study="santa-run",
        build="0.9.0",
        profile=Profile.staged,
        answers=60,
        closes_at=clock.now() + timedelta(days=3),
        criteria=(
            Criterion(metric=Metric.csat, threshold=0.70),
            Criterion(metric=Metric.crash_free, threshold=0.90),
        ),
        loyalty_policy="rfm-1",
        scorer_version="1.0",
        base=(Margin(attribute="platform", cells=cells),),
    )
    with transaction() as session:
        running = a_beta(session, began)
        criteria.register(session, OWNER, running.study, plan, now=began)
    answers(running, 2, stars=5, days_ago=2)
    return running


def answers(beta: Beta, many: int, *, stars: int, days_ago: int = 0) -> None:
    with transaction() as session:
        for number in range(many):
            name = f"T{stars}-{days_ago}-{number}"
            tester, actor = a_tester(session, beta.activity, name)
            at = clock.now() - timedelta(days=days_ago)
            told = Answer(csat=stars, crashed=False)
            feedback.receive(session, actor, tester.id or 0, told, now=at)


def table(page: AppTest, column: str) -> list[dict[str, str]]:
    found = next(one.value for one in page.table if column in one.value.columns)
    return [
        {str(name): str(cell) for name, cell in row.items()} for row in found.to_dict("records")
    ]


def test_answers_that_arrive_are_in_the_next_look_with_the_days_change(
    page: Page, beta: Beta
) -> None:
    seen = page(Role.OWNER, FILE)
    assert "2 answers counted" in words(seen)
    assert "came since yesterday" not in words(seen)
    answers(beta, 2, stars=1)
    text = words(seen.run())
    assert "4 answers counted" in text
    assert "60 answers are planned · 2 came since yesterday · looked at" in text
    csat = next(row for row in table(seen, "At midnight") if row["What"] == "Satisfaction")
    assert csat == {
        "What": "Satisfaction",
        "At midnight": "100\N{NO-BREAK SPACE}% of 2",
        "Now": "50\N{NO-BREAK SPACE}% of 4",
        "Answers": "+2",
        "It became": "worse",
    }


def test_following_can_be_paused_and_ends_with_the_closing(page: Page, beta: Beta) -> None:
    seen = page(Role.OWNER, FILE)
    (follow,) = (one for one in seen.toggle if one.label == "Follow as answers arrive")
    assert follow.value
    assert "looked at" not in words(follow.set_value(False).run())


def test_a_closed_study_is_not_followed(seeded: object, page: Page) -> None:
    seen = page(Role.OWNER, FILE)
    assert not [one for one in seen.toggle if one.label == "Follow as answers arrive"]


def test_the_naive_rule_stands_beside_it_marked_as_teaching(page: Page, beta: Beta) -> None:
    text = words(page(Role.OWNER, FILE))
    assert "“all figures look fine today”, would say **GO**" in text
    assert "84 to 91 of 100 simulated builds" in text
    answers(beta, 5, stars=1)
    assert "would not say GO today" in words(page(Role.OWNER, FILE))


def test_the_weighted_figures_stand_with_the_design_effect(page: Page, beta: Beta) -> None:
    seen = page(Role.OWNER, FILE)
    assert table(seen, "Customer base")[0]["What"] == "Satisfaction"
    assert "Design effect 1.00: 2 answers are worth 2 equally weighted ones." in words(seen)
    assert "No answer came from: platform ios." in words(seen)


def test_metrics_are_called_by_their_names(page: Page, beta: Beta) -> None:
    text = words(page(Role.OWNER, FILE))
    assert "Free of crashes: self-reported; of 2 testers" in text
    assert "crash_free" not in text


def test_a_hopeless_rate_leads_to_the_next_build_and_a_single_bad_answer_does_not(
    page: Page, beta: Beta
) -> None:
    answers(beta, 3, stars=1)
    assert "Invite more testers" in [one.label for one in page(Role.OWNER, FILE).button]
    answers(beta, 6, stars=2)
    seen = page(Role.OWNER, FILE)
    assert "More testers will not help at this rate: Satisfaction" in words(seen)
    assert "Add the next build" in [one.label for one in seen.button]
    assert "Invite more testers" not in [one.label for one in seen.button]


def test_an_owner_says_who_hears_of_changes(page: Page, beta: Beta) -> None:
    seen = page(Role.OWNER, FILE)
    assert "Off: nobody is told by letter." in words(seen)
    tell = next(one for one in seen.text_input if one.label == "Tell")
    tell.input("nora")
    press(seen, "Keep")
    assert "This is not an e-mail address" in words(seen)
    next(one for one in seen.text_input if one.label == "Tell").input(NORA)
    press(seen, "Keep")
    assert f"They go to {NORA}" in words(seen).replace("\\", "")
    with reading() as session:
        assert alerts.addressee(session, beta.study) == NORA
