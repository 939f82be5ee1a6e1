"""Deciding on the verdict's page: with a reason where it differs, signed off, judged later."""

from datetime import timedelta

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from casework.decisions import Decision
from casework.errors import Invalid
from casework.risks import Risk
from casework.roles import Actor, Role
from db import decisions, studies
from db.clock import now
from db.decisions import DecisionRow
from db.engine import reading, transaction
from db.table import change
from pages.parts.decision_record import RISK_COLUMNS, risks_of
from tests.conftest import Page

OWNER = Actor(role=Role.OWNER, name="Olive Owner")
PAGE = "owner/read_verdict.py"


@pytest.fixture
def seen(seeded: object, page: Page) -> AppTest:
    """The verdict on 0.9.1 of the demonstration, which is a HOLD."""
    return page(Role.OWNER, PAGE)


def told(shown: AppTest) -> str:
    kinds = (shown.markdown, shown.warning, shown.error, shown.caption)
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def choose(shown: AppTest, decision: Decision) -> AppTest:
    (found,) = (one for one in shown.selectbox if one.label == "Decision")
    return found.select(decision).run()


def write(shown: AppTest, label: str, text: str) -> None:
    fields = [*shown.text_input, *shown.text_area]
    next(one for one in fields if one.label.startswith(label)).input(text)


def press(shown: AppTest, label: str) -> AppTest:
    (button,) = (one for one in shown.button if one.label == label)
    return button.click().run()


def kept() -> list[DecisionRow]:
    with reading() as session:
        study = studies.by_slug(session, "santa-run")
        row = decisions.in_force(session, study.id, "0.9.1")
        return [] if row is None else [row]


def stage(shown: AppTest, reason: str = "One store only, over the weekend.") -> AppTest:
    shown = choose(shown, Decision.STAGE)
    write(shown, "Who decides", "Nora *owner*")
    write(shown, "Reason", reason)
    write(shown, "Who accepts the risk", "Per")
    write(shown, "What would halt", "Two per cent crash.")
    chance = next(one for one in shown.number_input if one.label.startswith("Chance that"))
    chance.set_value(70)
    return press(shown, "Record the decision")


def test_before_a_decision_the_page_says_that_there_is_none(seen: AppTest) -> None:
    assert not seen.exception
    assert "No decision has been recorded yet." in told(seen)
    assert [one.label for one in seen.button if one.label == "Sign off"] == []


def test_what_follows_from_the_verdict_is_offered_first(seen: AppTest) -> None:
    (ways,) = (one for one in seen.selectbox if one.label == "Decision")
    assert ways.options[:2] == ["Fix and test again", "Postpone"]
    assert len(ways.options) == len(Decision)


def test_deciding_against_the_verdict_asks_for_the_reason(seen: AppTest) -> None:
    shown = stage(seen, reason=" ")
    assert "The verdict is HOLD. You may decide otherwise, with a reason." in told(shown)
    assert "differs from the verdict, HOLD: give the reason" in told(shown)
    assert kept() == []


def test_a_decision_is_recorded_with_its_verdict_and_shown_as_typed(seen: AppTest) -> None:
    shown = stage(seen)
    assert not shown.exception
    (row,) = kept()
    assert (row.decision, row.differs, row.forecast) == (Decision.STAGE, True, 0.7)
    text = told(shown)
    assert "Stage the release: decided by Nora \\*owner\\* on" in text
    assert row.verdict_digest in text
    assert "Record another decision in its place" in [one.label for one in shown.expander]


def test_what_follows_from_the_verdict_needs_a_name_and_no_reason(seen: AppTest) -> None:
    shown = press(choose(seen, Decision.POSTPONE), "Record the decision")
    assert "write who decides" in told(shown)
    write(shown, "Who decides", "Nora")
    press(shown, "Record the decision")
    (row,) = kept()
    assert (row.decision, row.differs, row.forecast) == (Decision.POSTPONE, False, None)


def test_a_release_without_a_forecast_is_refused(seen: AppTest) -> None:
    shown = choose(seen, Decision.SHIP)
    write(shown, "Who decides", "Nora")
    write(shown, "Who accepts the risk", "Per")
    write(shown, "What would halt", "Two per cent crash.")
    assert "how likely you think it is" in told(press(shown, "Record the decision"))


def test_reviewers_sign_off_under_their_own_names(seen: AppTest) -> None:
    shown = stage(seen)
    assert "carries a name and a role" in told(press(shown, "Sign off"))
    write(shown, "Reviewer", "Nora *owner*")
    write(shown, "In the role of", "Owner")
    shown = press(shown, "Sign off")
    assert "cannot sign off their own decision" in told(shown)
    write(shown, "Reviewer", "Ann")
    write(shown, "In the role of", "QA lead")
    shown = press(shown, "Sign off")
    signed = next(one.value for one in shown.table if "Role" in one.value.columns)
    assert list(signed["Name"]) == ["Ann"]


def test_before_its_day_the_outcome_cannot_be_entered(seen: AppTest) -> None:
    shown = stage(seen)
    assert "seven days after the release" in told(shown)
    assert "Enter the outcome" not in [one.label for one in shown.button]


def an_old_decision() -> None:
    """A release decided and released a month ago."""
    with transaction() as session:
        study = studies.by_slug(session, "santa-run")
        change(study, release_on=now().date() - timedelta(days=20))
        session.add(study)
        (row,) = kept()
        old = row.model_dump(exclude={"id"}) | {"decided_at": now() - timedelta(days=30)}
        session.add(DecisionRow.model_validate(old))


def test_seven_days_after_the_launch_its_outcome_scores_the_forecast(
    seen: AppTest, page: Page
) -> None:
    stage(seen)
    an_old_decision()
    shown = page(Role.OWNER, PAGE)
    (went,) = shown.radio
    went.set_value("Yes")
    write(shown, "What happened", "Calm.")
    write(shown, "Entered by", "Nora")
    shown = press(shown, "Enter the outcome")
    assert not shown.exception
    with reading() as session:
        study = studies.by_slug(session, "santa-run")
        *_, last = decisions.of_study(session, OWNER, study)
    assert last.result is not None
    assert last.result.went_well
    # (.7 − 1)² = .09
    assert "a Brier score of 0.09 over 1 judged launch" in told(shown)


def test_risks_are_taken_row_by_row_and_empty_rows_left_out() -> None:
    rows = [["Refunds", "Per", "Watch the  first day"], [None, "", " "]]
    found = risks_of(pd.DataFrame(rows, columns=list(RISK_COLUMNS)))
    assert found == (Risk(text="Refunds", owner="Per", action="Watch the first day"),)
    assert risks_of(pd.DataFrame(columns=list(RISK_COLUMNS))) == ()


def test_a_risk_without_an_owner_is_refused() -> None:
    rows = [["Refunds", None, "Watch"]]
    with pytest.raises(Invalid, match="who watches it"):
        risks_of(pd.DataFrame(rows, columns=list(RISK_COLUMNS)))
