"""The counts a study's next step depends on, from a real study as it goes along."""

from datetime import date, timedelta

from sqlmodel import Session

from casework.activities import Activity
from casework.criteria import LaunchCriteria, Profile, profile_criteria
from casework.decisions import Decision, Intent
from casework.feedback import Answer
from casework.funnel import ActivityKind
from casework.options import LaunchOption, OptionKind
from casework.replies import Promise, Reply
from casework.standing import StudyFacts, where_it_stands
from db import activities, criteria, decisions, feedback, options, standing
from db.replies import ReplyRow
from db.standing import People
from db.table import change
from tests.betas import NOW, OWNER, Beta, a_beta, a_study, a_tester

KNOWN = People(customers=100, loyal=30)
HOUR = timedelta(hours=1)


def register(session: Session, beta: Beta, *, answers: int = 60) -> None:
    plan = LaunchCriteria(
        study="santa-run",
        build="0.9.0",
        profile=Profile.staged,
        answers=answers,
        closes_at=NOW + timedelta(days=14),
        criteria=profile_criteria(Profile.staged, answers),
        loyalty_policy="as ever",
        scorer_version="1",
    )
    criteria.register(session, OWNER, beta.study, plan, now=NOW)


def answer(session: Session, beta: Beta, name: str, hours: int) -> None:
    tester, actor = a_tester(session, beta.activity, name)
    feedback.receive(session, actor, tester.id or 0, Answer(csat=4), now=NOW + hours * HOUR)


def facts(session: Session, beta: Beta, *, hours: int = 5) -> StudyFacts:
    return standing.facts(session, beta.study, now=NOW + hours * HOUR, known=KNOWN)


def test_an_empty_study_has_nothing_but_the_customers(session: Session) -> None:
    study = a_study(session)
    found = standing.facts(session, study, now=NOW, known=KNOWN)
    assert found == StudyFacts(customers=100, loyal=30)
    assert where_it_stands(found).action == "Set the launch criteria"


def test_without_any_customer_nobody_is_loyal(session: Session) -> None:
    assert standing.people(session, now=NOW) == People(customers=0, loyal=0)


def test_a_running_beta_is_counted_step_by_step(session: Session) -> None:
    beta = a_beta(session)
    register(session, beta)
    answer(session, beta, "Bo", 1)
    found = facts(session, beta)
    assert (found.activities, found.betas, found.chosen, found.invited) == (1, 1, 2, 2)
    assert (found.newest_build, found.deliverable, found.judged_builds) == (
        "0.9.0",
        True,
        ("0.9.0",),
    )
    assert (found.answers, found.planned, found.closed) == (1, 60, False)
    assert found.closes_at == NOW + timedelta(days=14)
    assert where_it_stands(found).action == "Read the answers"


def test_an_answer_before_registering_does_not_count(session: Session) -> None:
    beta = a_beta(session)
    answer(session, beta, "Bo", -1)
    register(session, beta)
    answer(session, beta, "Cy", 1)
    assert facts(session, beta).answers == 1


def test_answers_close_at_their_time_or_when_all_planned_ones_are_in(session: Session) -> None:
    beta = a_beta(session)
    register(session, beta, answers=2)
    assert facts(session, beta, hours=14 * 24).closed
    answer(session, beta, "Bo", 1)
    assert not facts(session, beta).closed
    answer(session, beta, "Cy", 2)
    assert facts(session, beta).closed


def test_a_decision_from_before_the_attempt_is_no_decision_on_it(
    session: Session,
) -> None:
    beta = a_beta(session)
    register(session, beta)
    wanted = Intent(decision=Decision.POSTPONE, decider="Nora", recheck_on=date(2026, 12, 8))
    for hours, decided in ((-1, False), (3, True)):
        at = NOW + hours * HOUR
        decisions.decide(session, OWNER, beta.study, wanted, build="0.9.0", now=at)
        assert facts(session, beta).decided is decided


def test_a_way_out_that_was_entered_is_not_yet_a_decision(session: Session) -> None:
    beta = a_beta(session)
    register(session, beta)
    option = LaunchOption(kind=OptionKind.FIX_AND_RETEST, entered_at=NOW + HOUR)
    options.enter(session, OWNER, beta.study, option, now=NOW + HOUR)
    assert not facts(session, beta).decided


def test_replies_are_counted(session: Session) -> None:
    beta = a_beta(session)
    reply = Reply(said="The scene", promise=Promise.DID, answer="It is gone.", published_at=NOW)
    session.add(ReplyRow.model_validate(reply, update={"study_id": beta.study.id}))
    session.flush()
    assert facts(session, beta).replies == 1


def test_criteria_that_were_tampered_with_plan_nothing(session: Session) -> None:
    beta = a_beta(session)
    register(session, beta)
    (row,) = criteria.versions(session, beta.study.id)
    change(row, text=row.text.replace("0.7", "0.5"))
    session.add(row)
    session.flush()
    found = facts(session, beta)
    assert (found.planned, found.closes_at, found.closed) == (0, None, False)


def test_activities_that_end_after_a_day_are_found(session: Session) -> None:
    study = a_study(session)
    for name, days in (("in time", 20), ("too late", 30)):
        plan = Activity(
            kind=ActivityKind.BETA,
            name=name,
            seats=10,
            starts_at=NOW,
            closes_at=NOW + timedelta(days=days),
        )
        activities.open_activity(session, OWNER, study, plan, now=NOW)
    late = standing.ending_after(session, study, date(2026, 10, 21))
    assert [row.name for row in late] == ["too late"]
    assert standing.ending_after(session, study, date(2026, 10, 31)) == []
