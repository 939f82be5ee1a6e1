"""What people raise opens a gate, a named review closes it, and new voices open it again."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from casework.builds import Build
from casework.errors import Invalid, NotAllowed
from casework.feedback import Answer, Severity
from casework.funnel import ActivityKind
from casework.gates import GateName, GateReview
from casework.meetings import Meeting, Remark, Tag
from casework.roles import Actor, Role
from casework.verdict import Gate
from db import audit, builds, feedback, meetings, participants, reviews
from db.feedback import FeedbackRow
from db.participants import consent_of
from db.table import change
from tests.betas import NOW, OWNER, Beta, a_beta, a_tester, an_activity

HURT = "Why must the Grinch catch Santa?"


def hours(count: float) -> datetime:
    return NOW + timedelta(hours=count)


def hurt(
    session: Session, beta: Beta, name: str, after: float, words: str = HURT, *, loyal: bool = True
) -> FeedbackRow:
    tester, actor = a_tester(session, beta.activity, name)
    change(tester, loyal=loyal)
    told = Answer(csat=2, offended=True, offended_by=words)
    return feedback.receive(session, actor, tester.id or 0, told, now=hours(after))


def values(session: Session, beta: Beta) -> Gate:
    return reviews.gates(session, beta.study, beta.build.id)[0]


def critical(session: Session, beta: Beta, build_id: int | None) -> Gate:
    return reviews.gates(session, beta.study, build_id)[1]


def review(
    session: Session,
    beta: Beta,
    after: float,
    gate: GateName = GateName.VALUES,
    reason: str = "Ok.",
) -> None:
    moment = hours(after)
    judgement = GateReview(gate=gate, reviewer="Ann", reason=reason, reviewed_at=moment)
    reviews.review(session, OWNER, beta.study, judgement, now=moment)


def actor_of(row: FeedbackRow) -> Actor:
    return Actor(role=Role.CUSTOMER, name="x", participant_id=row.participant_id)


def test_two_loyal_voices_open_the_gate_a_review_closes_it_and_two_fresh_ones_open_it_again(
    session: Session,
) -> None:
    beta = a_beta(session)
    hurt(session, beta, "Bo", 1)
    assert values(session, beta).clear
    hurt(session, beta, "Cy", 2, "Again the Grinch.")
    assert not values(session, beta).clear
    assert "Nora" in values(session, beta).detail
    review(session, beta, 3)
    assert values(session, beta).detail == "Reviewed by Ann: Ok."
    hurt(session, beta, "Di", 4)
    assert values(session, beta).clear
    hurt(session, beta, "Ed", 5)
    assert not values(session, beta).clear


def test_people_who_are_not_loyal_do_not_open_it(session: Session) -> None:
    beta = a_beta(session)
    for number, name in enumerate(("Bo", "Cy", "Di")):
        hurt(session, beta, name, number + 1, loyal=False)
    assert values(session, beta).clear


def test_a_veto_in_a_meeting_and_an_answer_of_another_person_are_two_voices(
    session: Session,
) -> None:
    beta = a_beta(session)
    answered = hurt(session, beta, "Bo", 2)
    group = an_activity(session, beta.study, ActivityKind.FOCUS_GROUP)
    speaker, _ = a_tester(session, group, "Gina")
    meeting = meetings.hold(
        session, OWNER, group, Meeting(title="Evening", held_at=NOW, place="A call"), now=NOW
    )
    veto = Remark(text="Not for my children.", tag=Tag.VETO, made_at=hours(1))
    meetings.note(session, OWNER, meeting, speaker, veto)
    assert not values(session, beta).clear
    # The same customer, asked twice, is one voice.
    tester = participants.get(session, answered.participant_id)
    change(speaker, customer_id=tester.customer_id)
    session.flush()
    assert values(session, beta).clear


def test_whoever_withdraws_is_no_voice_any_more(session: Session) -> None:
    beta = a_beta(session)
    row = hurt(session, beta, "Bo", 1)
    hurt(session, beta, "Cy", 2)
    tester = participants.get(session, row.participant_id)
    participants.withdraw(session, actor_of(row), tester, now=hours(3))
    assert values(session, beta).clear


def test_an_invalid_answer_raises_nothing(session: Session) -> None:
    beta = a_beta(session)
    row = hurt(session, beta, "Bo", 1)
    hurt(session, beta, "Cy", 2)
    feedback.mark_invalid(session, OWNER, row, "A robot.", now=hours(3))
    assert values(session, beta).clear


def test_editing_a_star_after_the_review_raises_nothing_new_but_new_words_do(
    session: Session,
) -> None:
    beta = a_beta(session)
    rows = [hurt(session, beta, "Bo", 1), hurt(session, beta, "Cy", 2)]
    review(session, beta, 3)
    for row in rows:
        same = Answer(csat=1, offended=True, offended_by=HURT)
        feedback.receive(session, actor_of(row), row.participant_id, same, now=hours(4))
    assert values(session, beta).clear
    for row in rows:
        more = Answer(csat=1, offended=True, offended_by="And the elves are mocked.")
        feedback.receive(session, actor_of(row), row.participant_id, more, now=hours(5))
    assert not values(session, beta).clear


def test_words_that_may_not_be_quoted_stay_out_of_the_gate_but_the_owner_reads_them(
    session: Session,
) -> None:
    beta = a_beta(session)
    first, second = hurt(session, beta, "Bo", 1, "My secret."), hurt(session, beta, "Cy", 2)
    for row, may in ((first, False), (second, True)):
        consent = consent_of(session, row.participant_id)
        assert consent is not None
        change(consent, may_quote=may)
    session.flush()
    assert "My secret" not in values(session, beta).detail
    assert HURT in values(session, beta).detail
    raised = reviews.concerns(session, beta.study.id or 0, beta.build.id)
    assert [one.quote for one in raised[GateName.VALUES]] == ["My secret.", HURT]


def test_a_critical_problem_opens_the_gate_of_its_build_alone(session: Session) -> None:
    beta = a_beta(session)
    told = Answer(csat=1, problem_severity=Severity.CRITICAL, change_first="My phone froze.")
    feedback.receive(session, beta.actor, beta.tester.id or 0, told, now=hours(1))
    other = builds.add_build(
        session, OWNER, beta.study, Build(version="0.9.1", added_at=NOW), now=NOW
    )
    assert not critical(session, beta, beta.build.id).clear
    assert critical(session, beta, other.id).clear
    assert critical(session, beta, None).clear


def test_a_review_without_a_reason_or_by_a_student_is_refused(session: Session) -> None:
    beta = a_beta(session)
    with pytest.raises(Invalid, match="in a sentence why"):
        review(session, beta, 1, reason="  ")
    judgement = GateReview(gate=GateName.VALUES, reviewer="S", reason="Fine.", reviewed_at=NOW)
    with pytest.raises(NotAllowed):
        reviews.review(
            session, Actor(role=Role.STUDENT, name="Sam"), beta.study, judgement, now=NOW
        )
    assert reviews.of_study(session, beta.study.id or 0) == []


def test_a_review_is_stamped_with_its_moment_and_stands_in_the_trail(session: Session) -> None:
    beta = a_beta(session)
    earlier = GateReview(gate=GateName.VALUES, reviewer="Ann", reason="Ok.", reviewed_at=NOW)
    reviews.review(session, OWNER, beta.study, earlier, now=hours(7))
    (row,) = reviews.of_study(session, beta.study.id or 0)
    assert row.reviewed_at == hours(7)
    last = audit.of_study(session, beta.study.id or 0)[-1]
    assert (last.act, last.subject, last.at) == ("review", "gate values", hours(7))
