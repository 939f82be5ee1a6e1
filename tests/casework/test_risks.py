"""The risks that a verdict itself shows."""

from datetime import date

from casework.risks import derived
from casework.verdict import Crossed, Gate, Verdict
from tests.casework.report.material import verdict
from tests.casework.verdict.study import CSAT, plan

OPEN = Gate(name="values", clear=False, detail="Do not launch until Nora has reviewed: “No.”")


NEAR = "Satisfaction, 75 %: its interval reaches beyond the limit, 70 %"


def told(found: Verdict, expiry: date | None = None) -> list[str]:
    return [risk.text for risk in derived(found, "Nora", expiry)]


def test_a_clear_go_far_from_its_limits_leaves_no_risk() -> None:
    assert told(verdict(60)) == []


def test_an_open_gate_is_a_risk_of_the_studys_owner() -> None:
    (risk,) = derived(verdict(60, gates=(OPEN,)), "Nora")
    assert (risk.text, risk.owner) == ("The values gate is open", "Nora")


def test_a_good_figure_whose_interval_reaches_beyond_its_limit_is_a_risk() -> None:
    # 45 of 60 is 75 %, its interval 63 % to 84 %; at least 70 % is required.
    found = verdict(45, 15, criteria=plan(CSAT, answers=60))
    (csat,) = found.criteria
    for crossed, risks in ((Crossed.none, [NEAR]), (Crossed.up, [NEAR]), (Crossed.down, [])):
        standing = csat.model_copy(update={"crossed": crossed})
        assert told(found.model_copy(update={"criteria": (standing,)})) == risks


def test_a_failed_criterion_is_a_reason_and_no_risk() -> None:
    assert told(verdict(20, 40)) == []


def test_too_few_answers_and_the_last_day_of_the_build_are_risks() -> None:
    found = told(verdict(5), date(2026, 12, 9))
    assert "Only 5 of 60 planned answers have come" in found
    assert "The build stops working on 2026-12-09" in found
