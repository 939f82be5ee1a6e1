"""Registered criteria: versions for good, and the attempts they make."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from casework.builds import Build, Platform
from casework.criteria import LaunchCriteria, Profile, profile_criteria, read
from casework.errors import Invalid, NotAllowed
from casework.feedback import Answer
from casework.roles import Actor, Role
from db import audit, builds, criteria, feedback
from db.criteria import CriteriaRow
from tests.betas import NOW, OWNER, STORE, Beta, a_beta, a_study, a_tester

STUDENT = Actor(role=Role.STUDENT, name="Sam")


def hours(count: float) -> datetime:
    return NOW + timedelta(hours=count)


def plan(build: str = "0.9.0", answers: int = 95, study: str = "santa-run") -> LaunchCriteria:
    return LaunchCriteria(
        study=study,
        build=build,
        profile=Profile.staged,
        answers=answers,
        closes_at=NOW + timedelta(days=14),
        criteria=profile_criteria(Profile.staged, answers),
        loyalty_policy="recency, frequency, spend",
        scorer_version="1",
    )


def register(
    session: Session, beta: Beta, after: float, build: str = "0.9.0", answers: int = 95
) -> CriteriaRow:
    return criteria.register(session, OWNER, beta.study, plan(build, answers), now=hours(after))


def answering(session: Session, beta: Beta) -> Callable[[str, float], None]:
    def answer(name: str, after: float) -> None:
        row, actor = a_tester(session, beta.activity, name)
        feedback.receive(session, actor, row.id or 0, Answer(csat=4), now=hours(after))

    return answer


def test_a_version_keeps_its_text_digest_time_and_author(session: Session) -> None:
    beta = a_beta(session)
    row = register(session, beta, 0)
    assert (row.version, row.at, row.registered_by, row.build) == (1, NOW, "Nora", "0.9.0")
    assert read(criteria.registration_of(row)) == plan()
    last = audit.of_study(session, beta.study.id or 0)[-1]
    assert last.act == "register criteria"
    assert row.digest in last.detail


def test_versions_are_numbered_over_all_builds_of_one_study(session: Session) -> None:
    beta = a_beta(session)
    other = a_study(session, "other")
    register(session, beta, 0)
    register(session, beta, 1, build="0.9.1")
    criteria.register(session, OWNER, other, plan(study="other"), now=hours(2))
    assert [(r.version, r.build) for r in criteria.versions(session, beta.study.id)] == [
        (1, "0.9.0"),
        (2, "0.9.1"),
    ]
    assert [r.version for r in criteria.versions(session, other.id)] == [1]


def test_a_double_click_registers_once(session: Session) -> None:
    beta = a_beta(session)
    assert register(session, beta, 0).id == register(session, beta, 1).id
    assert len(criteria.versions(session, beta.study.id)) == 1


def test_going_back_to_earlier_criteria_is_a_version_of_its_own(session: Session) -> None:
    beta = a_beta(session)
    for after, answers in ((0, 95), (1, 120), (2, 95)):
        register(session, beta, after, answers=answers)
    assert [r.version for r in criteria.versions(session, beta.study.id)] == [1, 2, 3]


def test_criteria_of_another_study_or_closed_already_are_refused(session: Session) -> None:
    beta = a_beta(session)
    with pytest.raises(Invalid, match="not for “santa-run”"):
        criteria.register(session, OWNER, beta.study, plan(study="other"), now=NOW)
    with pytest.raises(Invalid, match="closing time has passed"):
        register(session, beta, 14 * 24)


def test_only_an_owner_registers(session: Session) -> None:
    beta = a_beta(session)
    with pytest.raises(NotAllowed):
        criteria.register(session, STUDENT, beta.study, plan(), now=NOW)
    assert criteria.versions(session, beta.study.id) == []


def test_without_criteria_there_is_no_attempt(session: Session) -> None:
    beta = a_beta(session)
    assert criteria.attempt(session, beta.study) is None
    register(session, beta, 0)
    assert criteria.attempt(session, beta.study, "0.9.1") is None


def test_the_attempt_counts_from_its_registration_to_its_closing_time(session: Session) -> None:
    beta = a_beta(session)
    row = register(session, beta, 0)
    found = criteria.attempt(session, beta.study)
    assert found is not None
    assert (found.number, found.of, found.late) == (1, 1, False)
    assert (found.since, found.closes_at) == (row.at, NOW + timedelta(days=14))
    assert found.registration.digest == row.digest


def test_a_version_replaced_before_any_answer_was_no_attempt(session: Session) -> None:
    beta = a_beta(session)
    register(session, beta, 0)
    register(session, beta, 1, answers=120)
    answering(session, beta)("Bo", 2)
    (only,) = criteria.attempts(session, beta.study.id)
    assert (only.registration.version, only.answers) == (2, 1)


def test_a_version_after_an_answer_is_a_second_attempt_with_fresh_answers(
    session: Session,
) -> None:
    beta = a_beta(session)
    answer = answering(session, beta)
    register(session, beta, 0)
    answer("Bo", 1)
    register(session, beta, 2, answers=120)
    answer("Cy", 3)
    answer("Di", 4)
    first, second = criteria.attempts(session, beta.study.id)
    assert (first.answers, second.answers) == (1, 2)
    assert (first.until, second.until) == (second.since, None)
    assert not second.late
    assert criteria.attempt(session, beta.study) == second


def test_criteria_after_the_first_answer_are_late(session: Session) -> None:
    beta = a_beta(session)
    answering(session, beta)("Bo", 1)
    register(session, beta, 2)
    found = criteria.attempt(session, beta.study, "0.9.0")
    assert found is not None
    assert found.late


def test_a_new_build_is_a_new_attempt_and_the_default_one(session: Session) -> None:
    beta = a_beta(session)
    register(session, beta, 0)
    answer = answering(session, beta)
    answer("Bo", 1)
    register(session, beta, 2, build="0.9.1", answers=150)
    draft = Build(version="0.9.1", added_at=hours(3))
    newer = builds.add_build(session, OWNER, beta.study, draft, now=hours(3))
    builds.attach_link(session, OWNER, newer, Platform.ANDROID, STORE, now=hours(3))
    builds.release(session, OWNER, beta.activity, newer, now=hours(3))
    answer("Cy", 4)
    newest = criteria.attempt(session, beta.study)
    older = criteria.attempt(session, beta.study, "0.9.0")
    assert newest is not None
    assert older is not None
    assert (newest.build, newest.number, newest.of, newest.answers) == ("0.9.1", 2, 2, 1)
    assert (older.number, older.of, older.answers, older.current) == (1, 2, 1, True)


def test_an_edited_answer_is_not_a_second_answer(session: Session) -> None:
    beta = a_beta(session)
    register(session, beta, 0)
    for stars, after in ((2, 1), (5, 2)):
        feedback.receive(
            session, beta.actor, beta.tester.id or 0, Answer(csat=stars), now=hours(after)
        )
    (only,) = criteria.attempts(session, beta.study.id)
    assert only.answers == 1
