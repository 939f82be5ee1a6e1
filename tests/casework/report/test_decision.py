"""The decision as the summary tells it."""

from datetime import UTC, date, datetime, timedelta

from casework.criteria import Profile
from casework.decisions import (
    Decided,
    Decision,
    DecisionRecord,
    Intent,
    LaunchResult,
    SignOff,
    recorded,
)
from casework.forecasts import Brier
from casework.report import Paragraph, Section, Table
from casework.report.decision import decision_section
from casework.verdict import Outcome, as_json
from tests.casework.report.material import verdict

NOW = datetime(2026, 11, 10, 9, 5, tzinfo=UTC)


def record(decision: Decision, reason: str = "") -> DecisionRecord:
    intent = Intent(
        decision=decision,
        reason=reason,
        decider="Nora",
        risk_acceptor="Per",
        halt_trigger="More than 2 % of sessions crash.",
        recheck_on=date(2026, 12, 8),
        forecast=0.8,
    )
    return recorded(
        intent,
        build="0.9.1",
        outcome=Outcome.NO_GO,
        verdict_digest="a" * 64,
        profile=Profile.full,
        now=NOW,
    )


def lines(section: Section) -> list[str]:
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def test_without_a_decision_it_says_so() -> None:
    assert lines(decision_section(())) == ["No decision has been recorded yet."]


def test_a_decision_against_the_verdict_tells_its_reason_and_who_answers_for_it() -> None:
    shipped = Decided(record=record(Decision.SHIP, "Christmas does not move."))
    assert lines(decision_section([shipped])) == [
        "Ship to everybody: decided by Nora on 10 November 2026, 09:05 UTC for build 0.9.1, when "
        "the verdict was NO-GO.",
        "This differs from the verdict. Reason given: Christmas does not move.",
        "Per accepts the risk.",
        "Halt the release or roll it back when: More than 2 % of sessions crash.",
        "To be looked at again on 8 December 2026.",
        "Stated chance that the launch goes well: 80 %.",
        f"Digest of the verdict decided on: {'a' * 64}.",
        "Nobody has signed off yet.",
    ]


def test_sign_offs_outcomes_and_what_was_replaced_all_stay_readable() -> None:
    later = NOW + timedelta(days=30)
    well, not_well = (
        LaunchResult(went_well=well, what_happened=told, entered_by="Nora", at=later)
        for well, told in ((True, "Calm."), (False, "Refunds after all."))
    )
    first = Decided(record=record(Decision.STOP), in_force=False)
    second = Decided(
        record=record(Decision.SHIP, "A contract."),
        sign_offs=(SignOff(name="Ann", role="QA lead", at=NOW),),
        results=(well, not_well),
    )
    section = decision_section([first, second], Brier(n=1, score=0.64))
    signed, history = tables(section)
    assert signed.rows == (("Ann", "QA lead", "10 November 2026, 09:05 UTC"),)
    assert [(row[2], row[5]) for row in history.rows] == [
        ("Stop the project", "replaced"),
        ("Ship to everybody", "in force"),
    ]
    told = lines(section)
    assert "The launch went well, entered by Nora on 10 December 2026, 09:05 UTC: Calm." in told
    assert any(line.startswith("Corrected: The launch did not go well") for line in told)
    assert told[-1] == (
        "Forecasts so far: a Brier score of 0.64 over 1 judged launch; 0 is perfect, 0.25 is what "
        "always saying fifty-fifty scores."
    )


def test_a_reason_is_told_also_where_none_was_needed() -> None:
    followed = Decided(record=record(Decision.STOP, "Nobody wants it."))
    assert "Reason given: Nobody wants it." in lines(decision_section([followed]))


def kept(happy: int, unhappy: int) -> DecisionRecord:
    """A decision to postpone, on so many answers."""
    found = verdict(happy, unhappy)
    intent = Intent(decision=Decision.POSTPONE, decider="Nora", recheck_on=date(2026, 12, 8))
    return recorded(
        intent,
        build="0.9.0",
        outcome=found.outcome,
        verdict_digest=found.digest,
        verdict_text=as_json(found),
        profile=Profile.staged,
        now=NOW,
    )


def test_the_verdict_decided_on_stands_beside_the_one_of_now() -> None:
    # 10 of 30 were offended then, 12 of 30 are now.
    section = decision_section([Decided(record=kept(20, 10))], verdict=verdict(18, 12))
    assert (
        "Since then: Satisfaction 67 % → 60 %; Upset or offended 33 % → 40 %; the outcome is "
        "unchanged, NO-GO."
    ) in lines(section)
    (beside,) = tables(section)
    assert ("Upset or offended", "33 %", "30", "40 %", "30") in beside.rows
    assert ("Free of crashes", "100 %", "30", "100 %", "30") in beside.rows


def test_another_outcome_is_named_and_the_same_verdict_is_not_compared() -> None:
    decided = Decided(record=kept(20, 10))
    (told,) = [
        one
        for one in lines(decision_section([decided], verdict=verdict(60)))
        if one.startswith("Since then")
    ]
    assert told.endswith("the outcome NO-GO → GO.")
    assert tables(decision_section([decided], verdict=verdict(20, 10))) == []


def test_a_kept_verdict_that_was_changed_is_compared_with_nothing() -> None:
    forged = kept(20, 10).model_copy(update={"verdict_text": "{}"})
    section = decision_section([Decided(record=forged)], verdict=verdict(60))
    assert lines(section)[0].startswith("Warning, the decision of 10 November 2026")
    assert tables(section) == []
