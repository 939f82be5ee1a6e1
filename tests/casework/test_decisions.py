"""Decisions: what follows a verdict, who stands behind it, and how the forecast did."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casework.criteria import Profile
from casework.decisions import (
    Decided,
    Decision,
    DecisionRecord,
    Intent,
    LaunchResult,
    SignOff,
    changes_afterwards,
    follows,
    judged_from,
    recorded,
    require_result,
    seal,
    signed,
)
from casework.errors import Invalid
from casework.forecasts import COIN, brier
from casework.risks import Risk
from casework.verdict import Evidence, Outcome, Verdict, as_json, decide
from casework.verdict.kept import require_intact

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
RELEASE = date(2026, 12, 1)
WELL, BADLY = "well", "badly"


def intent(decision: Decision = Decision.STAGE, **other: object) -> Intent:
    usual: dict[str, object] = {
        "decision": decision,
        "decider": "Nora",
        "recheck_on": date(2026, 12, 8),
        "risk_acceptor": "Per",
        "halt_trigger": "More than 2 % of sessions crash.",
        "forecast": 0.8,
    }
    return Intent.model_validate(usual | other)


def taken(wanted: Intent, outcome: Outcome) -> DecisionRecord:
    return recorded(
        wanted,
        build="0.9.1",
        outcome=outcome,
        verdict_digest="a" * 64,
        profile=Profile.full,
        now=NOW,
    )


def record(decision: Decision = Decision.STAGE, forecast: float | None = 0.8) -> DecisionRecord:
    return taken(intent(decision, forecast=forecast, reason="Christmas stays."), Outcome.GO)


def result(*, well: bool, at: datetime = NOW + timedelta(days=40)) -> LaunchResult:
    return LaunchResult(went_well=well, what_happened="It ran.", entered_by="Nora", at=at)


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [
        (Outcome.GO, {Decision.SHIP, Decision.STAGE}),
        (Outcome.GO_WITH_CONDITIONS, {Decision.STAGE}),
        (Outcome.HOLD, {Decision.POSTPONE, Decision.FIX_AND_RETEST}),
        (Outcome.NO_GO, {Decision.FIX_AND_RETEST, Decision.POSTPONE, Decision.STOP}),
        (Outcome.NOT_ENOUGH_EVIDENCE, {Decision.POSTPONE, Decision.FIX_AND_RETEST}),
        (Outcome.INVALID, {Decision.POSTPONE, Decision.FIX_AND_RETEST}),
    ],
)
def test_what_follows_from_each_outcome(outcome: Outcome, kept: set[Decision]) -> None:
    assert {one for one in Decision if follows(one, outcome, Profile.full)} == kept


def test_a_staged_studys_go_is_no_go_for_everybody() -> None:
    assert follows(Decision.STAGE, Outcome.GO, Profile.staged)
    assert not follows(Decision.SHIP, Outcome.GO, Profile.staged)


def test_against_the_verdict_it_takes_a_reason() -> None:
    with pytest.raises(Invalid, match="“Stage the release” differs from the verdict, NO-GO"):
        taken(intent(), Outcome.NO_GO)
    assert taken(intent(reason="One store only."), Outcome.NO_GO).differs
    assert not taken(intent(), Outcome.GO).differs


def kept_verdict() -> Verdict:
    return decide(None, Evidence(values={}, loyal=np.zeros(0, dtype=bool)), study="santa-run")


def sealed() -> DecisionRecord:
    verdict = kept_verdict()
    return recorded(
        intent(reason="Christmas stays."),
        build="0.9.1",
        outcome=verdict.outcome,
        verdict_digest=verdict.digest,
        verdict_text=as_json(verdict),
        profile=None,
        now=NOW,
    )


def test_a_decision_as_it_was_recorded_matches_its_digests() -> None:
    assert changes_afterwards(sealed()) == ()
    assert require_intact(sealed().verdict_text, sealed().verdict_digest).study == "santa-run"


def test_a_record_from_before_digests_were_kept_is_not_called_changed() -> None:
    old = sealed().model_copy(update={"digest": "", "verdict_text": ""})
    assert changes_afterwards(old) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": "Nobody knew."},
        {"decider": "Somebody else"},
        {"halt_trigger": ""},
        {"forecast": 0.1},
        {"recheck_on": date(2027, 1, 1)},
        {"risks": (Risk(text="Refunds", owner="Per", action="Watch"),)},
        {"verdict_digest": "b" * 64},
        {"decided_at": NOW + timedelta(seconds=1)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_decision_changed_afterwards_is_found(changed: dict[str, object]) -> None:
    found = changes_afterwards(sealed().model_copy(update=changed))
    assert any("changed after it was recorded" in fault for fault in found)


@pytest.mark.parametrize(
    ("written", "instead"), [('"answers":0', '"answers":1'), ("INVALID", "GO"), ("{", "")]
)
def test_a_kept_verdict_changed_afterwards_is_found_also_where_the_seal_was_renewed(
    written: str, instead: str
) -> None:
    text = sealed().verdict_text
    assert written in text
    forged = sealed().model_copy(update={"verdict_text": text.replace(written, instead)})
    forged = forged.model_copy(update={"digest": seal(forged)})
    (fault,) = changes_afterwards(forged)
    assert fault.startswith("The kept verdict does not match its digest")


def test_looking_again_lies_ahead() -> None:
    with pytest.raises(Invalid, match="day to look again has passed"):
        taken(intent(recheck_on=date(2026, 11, 9)), Outcome.GO)


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ({"halt_trigger": " "}, "halt the release"),
        ({"risk_acceptor": None}, "accepts the risk"),
        ({"forecast": None}, "how likely"),
    ],
)
def test_a_release_names_its_risk_its_halt_and_its_odds(
    missing: dict[str, object], told: str
) -> None:
    with pytest.raises(ValidationError, match=told):
        intent(Decision.SHIP, **missing)
    assert intent(Decision.STOP, **missing).decision is Decision.STOP


def test_a_reviewer_is_somebody_else_and_signs_once() -> None:
    first = signed(record(), (), "Ann Lee", "QA lead", NOW)
    assert first == SignOff(name="Ann Lee", role="QA lead", at=NOW)
    with pytest.raises(Invalid, match="their own decision"):
        signed(record(), (), " nora ", "owner", NOW)
    with pytest.raises(Invalid, match="signed off already"):
        signed(record(), (first,), "ann  lee", "QA lead", NOW)


def test_a_launch_is_judged_seven_days_after_the_release() -> None:
    assert judged_from(record(), RELEASE) == date(2026, 12, 8)
    # Decided on 10 November, after the planned day.
    assert judged_from(record(), date(2026, 11, 1)) == date(2026, 11, 17)
    early = result(well=True, at=datetime(2026, 12, 7, 23, tzinfo=UTC))
    with pytest.raises(Invalid, match="from 2026-12-08 on"):
        require_result(record(), early, RELEASE)
    require_result(record(), result(well=True), RELEASE)


def test_what_was_not_launched_is_not_judged() -> None:
    with pytest.raises(Invalid, match="Nothing was launched"):
        require_result(record(Decision.STOP), result(well=True), RELEASE)
    silent = result(well=True).model_copy(update={"what_happened": ""})
    with pytest.raises(Invalid, match="what happened"):
        require_result(record(), silent, RELEASE)


def judged(forecast: float | None, *went: str, in_force: bool = True) -> Decided:
    results = tuple(result(well=one == WELL) for one in went)
    decision = Decision.STAGE if forecast is not None else Decision.POSTPONE
    return Decided(record=record(decision, forecast), results=results, in_force=in_force)


def test_the_score_of_past_forecasts_by_hand() -> None:
    # (.8 − 1)² = .04, (.8 − 0)² = .64, (.5 − 1)² = .25: together .93 of three.
    found = brier([judged(0.8, WELL), judged(0.8, BADLY), judged(0.5, WELL)])
    assert found is not None
    assert found.n == 3
    assert found.score == pytest.approx(0.31)


def test_the_last_entry_counts_and_replaced_or_unjudged_decisions_do_not() -> None:
    left_out = [judged(0.1, WELL, in_force=False), judged(0.9), judged(None, WELL)]
    found = brier([judged(1.0, BADLY, WELL), *left_out])
    assert found is not None
    assert (found.n, found.score) == (1, 0.0)
    assert brier(left_out) is None


@given(
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from([WELL, BADLY])), min_size=1, max_size=20)
)
def test_the_score_lies_between_perfect_and_always_wrong(said: list[tuple[float, str]]) -> None:
    found = brier([judged(chance, went) for chance, went in said])
    assert found is not None
    assert 0.0 <= found.score <= 1.0
    coin = brier([judged(0.5, went) for _, went in said])
    assert coin is not None
    assert coin.score == COIN
