"""Decisions as they are kept: with the verdict of that moment, in the trail, never edited."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from casework.decisions import Decision, Intent, LaunchResult, changes_afterwards
from casework.errors import Closed, Invalid, NotAllowed
from casework.report import to_markdown
from casework.risks import Risk
from casework.roles import Actor, Role
from casework.verdict import Outcome, as_json
from db import audit, decisions, summaries, verdicts
from db.decisions import DecisionRow
from db.table import change
from tests.betas import NOW, OWNER, Beta, a_beta, a_study

LATER = NOW + timedelta(days=80)
STUDENT = Actor(role=Role.STUDENT, name="Stu")


def intent(decision: Decision = Decision.POSTPONE, **other: object) -> Intent:
    usual: dict[str, object] = {
        "decision": decision,
        "decider": "Nora",
        "recheck_on": date(2026, 12, 8),
    }
    return Intent.model_validate(usual | other)


SHIP = intent(
    Decision.SHIP,
    reason="Christmas does not move.",
    risk_acceptor="Per",
    halt_trigger="Two per cent crash.",
    forecast=0.6,
)


@pytest.fixture
def beta(session: Session) -> Beta:
    return a_beta(session)


def take(session: Session, beta: Beta, wanted: Intent) -> DecisionRow:
    return decisions.decide(session, OWNER, beta.study, wanted, now=NOW)


def went(*, well: bool) -> LaunchResult:
    return LaunchResult(went_well=well, what_happened="As told.", entered_by="Nora", at=NOW)


def test_a_decision_is_kept_with_the_verdict_of_that_moment(session: Session, beta: Beta) -> None:
    verdict = verdicts.verdict(session, OWNER, beta.study, now=NOW)
    take(session, beta, SHIP)
    (found,) = decisions.of_study(session, OWNER, beta.study)
    assert found.record.verdict_digest == verdict.digest
    assert (found.record.build, found.record.outcome) == ("0.9.0", Outcome.INVALID)
    assert found.record.differs
    assert found.record.decided_at == NOW
    assert (found.sign_offs, found.result, found.in_force) == ((), None, True)


def test_against_the_verdict_nothing_is_kept_without_a_reason(session: Session, beta: Beta) -> None:
    with pytest.raises(Invalid, match="give the reason"):
        take(session, beta, SHIP.model_copy(update={"reason": ""}))
    assert decisions.of_study(session, OWNER, beta.study) == ()


def test_a_verdict_that_changed_meanwhile_is_read_again_first(session: Session, beta: Beta) -> None:
    with pytest.raises(Invalid, match="Read it again"):
        decisions.decide(session, OWNER, beta.study, SHIP, seen_digest="another", now=NOW)


def test_a_later_decision_takes_the_place_of_the_first_and_both_stay(
    session: Session, beta: Beta
) -> None:
    first = take(session, beta, intent())
    second = take(session, beta, SHIP)
    history = decisions.history(session, OWNER, beta.study, "0.9.0")
    assert [one.record.decision for one in history] == [Decision.POSTPONE, Decision.SHIP]
    assert [one.in_force for one in history] == [False, True]
    assert decisions.in_force(session, beta.study.id, "0.9.0") == second
    assert decisions.history(session, OWNER, beta.study, "0.9.1") == ()
    with pytest.raises(Closed, match="later decision"):
        decisions.sign_off(session, OWNER, first, "Ann", "QA", now=NOW)
    with pytest.raises(Closed, match="later decision"):
        decisions.record_outcome(session, OWNER, beta.study, first, went(well=True), now=LATER)


def test_named_people_sign_off_in_their_order(session: Session, beta: Beta) -> None:
    row = take(session, beta, SHIP)
    decisions.sign_off(session, OWNER, row, "Ann", "QA lead", now=NOW)
    decisions.sign_off(session, OWNER, row, "Bo", "Support", now=NOW)
    with pytest.raises(Invalid, match="signed off already"):
        decisions.sign_off(session, OWNER, row, "ann", "QA lead", now=NOW)
    (found,) = decisions.of_study(session, OWNER, beta.study)
    assert [(one.name, one.role) for one in found.sign_offs] == [
        ("Ann", "QA lead"),
        ("Bo", "Support"),
    ]


def test_a_launch_judged_too_early_is_refused_and_a_correction_counts(
    session: Session, beta: Beta
) -> None:
    row = take(session, beta, SHIP)
    with pytest.raises(Invalid, match="2026-12-08"):
        decisions.record_outcome(session, OWNER, beta.study, row, went(well=True), now=NOW)
    assert decisions.brier(session, OWNER) is None
    decisions.record_outcome(session, OWNER, beta.study, row, went(well=True), now=LATER)
    decisions.record_outcome(session, OWNER, beta.study, row, went(well=False), now=LATER)
    (found,) = decisions.of_study(session, OWNER, beta.study)
    assert [one.went_well for one in found.results] == [True, False]
    assert found.result is not None
    assert found.result.at == LATER
    score = decisions.brier(session, OWNER)
    assert score is not None
    # (.6 − 0)²
    assert (score.n, round(score.score, 6)) == (1, 0.36)


def test_the_verdict_of_that_moment_and_the_risks_are_kept_and_sealed(
    session: Session, beta: Beta
) -> None:
    risk = Risk(text="Refunds", owner="Per", action="Watch the first day")
    verdict = verdicts.verdict(session, OWNER, beta.study, now=NOW)
    take(session, beta, SHIP.model_copy(update={"risks": (risk,)}))
    session.expire_all()
    (found,) = decisions.of_study(session, OWNER, beta.study)
    assert found.record.verdict_text == as_json(verdict)
    assert found.record.risks == (risk,)
    assert len(found.record.digest) == 64
    assert changes_afterwards(found.record) == ()


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("reason", "Nobody objected.", "This decision was changed after it was recorded"),
        ("decider", "Somebody else", "This decision was changed after it was recorded"),
        ("verdict_text", '{"outcome":"GO"}', "The kept verdict does not match its digest"),
    ],
)
def test_a_row_changed_behind_our_back_is_said_on_page_one_and_under_the_decision(
    session: Session, beta: Beta, column: str, value: str, told: str
) -> None:
    take(session, beta, SHIP)
    table = DecisionRow.metadata.tables["decision"]
    session.execute(table.update().values({column: value}))
    session.expire_all()
    text = to_markdown(summaries.summary(session, OWNER, beta.study, now=NOW))
    page_one, _, behind = text.partition("## The decision")
    assert "a recorded decision was changed afterwards" in page_one
    assert told in behind


def test_every_step_is_in_the_trail(session: Session, beta: Beta) -> None:
    row = take(session, beta, SHIP)
    decisions.sign_off(session, OWNER, row, "Ann", "QA lead", now=NOW)
    decisions.record_outcome(session, OWNER, beta.study, row, went(well=True), now=LATER)
    trail = audit.of_study(session, beta.study.id or 0)[-3:]
    assert [(one.act, one.subject) for one in trail] == [
        ("decide", f"decision {row.id}"),
        ("sign off", f"decision {row.id}"),
        ("record outcome", f"decision {row.id}"),
    ]
    assert trail[0].detail == f"ship on INVALID, verdict {row.verdict_digest}"


def test_a_kept_decision_cannot_be_edited(session: Session, beta: Beta) -> None:
    row = take(session, beta, SHIP)
    change(row, reason="We were asked to.")
    session.add(row)
    with pytest.raises(TypeError, match="never edited"):
        session.flush()
    session.rollback()


def test_decisions_are_the_owners(session: Session, beta: Beta) -> None:
    row = take(session, beta, SHIP)
    with pytest.raises(NotAllowed, match="decide"):
        decisions.decide(session, STUDENT, beta.study, SHIP, now=NOW)
    with pytest.raises(NotAllowed, match="sign off"):
        decisions.sign_off(session, STUDENT, row, "Stu", "student", now=NOW)
    with pytest.raises(NotAllowed, match="record outcome"):
        decisions.record_outcome(session, STUDENT, beta.study, row, went(well=True), now=LATER)
    with pytest.raises(NotAllowed):
        decisions.of_study(session, STUDENT, a_study(session, "another"))
    assert len(decisions.of_study(session, STUDENT, beta.study)) == 1


def test_scores_are_counted_over_all_studies(session: Session, beta: Beta) -> None:
    decisions.record_outcome(
        session, OWNER, beta.study, take(session, beta, SHIP), went(well=True), now=LATER
    )
    rows = session.exec(select(DecisionRow).where(col(DecisionRow.study_id) == beta.study.id)).all()
    assert len(rows) == 1
    copied = DecisionRow.model_validate(
        rows[0].model_dump(exclude={"id"}) | {"study_id": a_study(session, "another").id}
    )
    session.add(copied)
    session.flush()
    # The copy of another study does not replace it, and has no launch to be judged by.
    score = decisions.brier(session, OWNER)
    assert score is not None
    assert (score.n, round(score.score, 6)) == (1, 0.16)
