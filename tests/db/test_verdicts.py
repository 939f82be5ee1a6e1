"""Which answers a verdict counts, in which order, and who may read it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import numpy as np
import pytest
import sqlalchemy as sa
from sqlmodel import Session

from casework.activities import Participant
from casework.builds import Build
from casework.consent import CURRENT, Consent
from casework.criteria import (
    Cell,
    Criterion,
    LaunchCriteria,
    Margin,
    Metric,
    Profile,
)
from casework.errors import NotAllowed, NotFound
from casework.feedback import Answer
from casework.funnel import Step
from casework.roles import Actor, Role
from casework.verdict import Outcome, as_json
from db import builds, criteria, feedback, participants, traces, verdicts
from db.feedback import FeedbackRow
from db.participants import ConsentRow, FunnelEventRow, ParticipantRow
from db.table import change
from tests.betas import CLOSES, NOW, OWNER, Beta, a_beta, a_study, a_tester, an_activity

STUDENT = Actor(role=Role.STUDENT, name="Sam")
LATER = CLOSES + timedelta(days=30)
N = 60


def hours(count: float) -> datetime:
    return NOW + timedelta(hours=count)


def plan(answers: int = N, base: tuple[Margin, ...] = ()) -> LaunchCriteria:
    return LaunchCriteria(
        study="santa-run",
        build="0.9.0",
        profile=Profile.staged,
        answers=answers,
        closes_at=hours(100),
        criteria=(
            Criterion(metric=Metric.csat, threshold=0.70),
            Criterion(metric=Metric.offended, threshold=0.10),
        ),
        loyalty_policy="rfm-1",
        scorer_version="1.0",
        base=base,
    )


Send = Callable[..., FeedbackRow]


@pytest.fixture
def beta(session: Session) -> Beta:
    """A beta of 0.9.0 whose criteria were registered at noon."""
    running = a_beta(session)
    criteria.register(session, OWNER, running.study, plan(), now=NOW)
    return running


def answer(
    session: Session, beta: Beta, name: str, after: float, stars: int = 5, **more: bool
) -> FeedbackRow:
    """Somebody new answers so many hours after noon."""
    tester, actor = a_tester(session, beta.activity, name)
    told = Answer(csat=stars, offended=more.get("offended", False))
    return feedback.receive(session, actor, tester.id or 0, told, now=hours(after))


def counted(session: Session, beta: Beta, now: datetime = LATER) -> verdicts.Counted:
    return verdicts.evidence(session, OWNER, beta.study, "0.9.0", now=now)


def ids(found: verdicts.Counted) -> list[int]:
    return [int(one) for one in found.counted_ids]


def test_answers_count_in_order_of_receipt(session: Session, beta: Beta) -> None:
    late = answer(session, beta, "Bo", 3, stars=1)
    early = answer(session, beta, "Cy", 1)
    found = counted(session, beta)
    assert ids(found) == [early.id, late.id]
    assert list(found.evidence.values[Metric.csat]) == [1.0, 0.0]


def test_answers_after_the_last_planned_one_are_kept_but_not_counted(
    session: Session,
) -> None:
    beta = a_beta(session)
    criteria.register(session, OWNER, beta.study, plan(answers=2), now=NOW)
    rows = [answer(session, beta, f"T{i}", i, stars=5 if i < 3 else 1) for i in (1, 2, 3, 4)]
    found = counted(session, beta)
    assert ids(found) == [rows[0].id, rows[1].id]
    assert found.evidence.received == 4
    verdict = verdicts.judge(beta.study, found)
    assert verdict.answers == 2
    assert [one.observed for one in verdict.criteria] == [1.0, 0.0]


def test_an_answer_at_closing_time_counts_and_one_a_second_later_does_not(
    session: Session, beta: Beta
) -> None:
    last = answer(session, beta, "Bo", 100)
    answer(session, beta, "Cy", 100 + 1 / 3600)
    assert ids(counted(session, beta)) == [last.id]


def test_it_is_closed_from_the_closing_time_on(session: Session, beta: Beta) -> None:
    assert not counted(session, beta, hours(99)).evidence.closed
    assert counted(session, beta, hours(100)).evidence.closed


def test_a_later_version_of_the_criteria_counts_only_answers_after_it(
    session: Session, beta: Beta
) -> None:
    answer(session, beta, "Bo", 1)
    criteria.register(session, OWNER, beta.study, plan(answers=70), now=hours(2))
    fresh = answer(session, beta, "Cy", 3)
    assert ids(counted(session, beta)) == [fresh.id]


def test_who_answered_before_a_later_version_is_not_fresh_evidence_for_it_by_editing(
    session: Session, beta: Beta
) -> None:
    row = answer(session, beta, "Bo", 1, stars=1)
    criteria.register(session, OWNER, beta.study, plan(answers=70), now=hours(2))
    again = Actor(role=Role.CUSTOMER, name="Bo", participant_id=row.participant_id)
    feedback.receive(session, again, row.participant_id, Answer(csat=5), now=hours(3))
    assert ids(counted(session, beta)) == []


def test_who_withdraws_leaves_the_evidence_at_once(session: Session, beta: Beta) -> None:
    row = answer(session, beta, "Bo", 1)
    stays = answer(session, beta, "Cy", 2)
    tester = participants.get(session, row.participant_id)
    actor = Actor(role=Role.CUSTOMER, name="Bo", participant_id=tester.id)
    participants.withdraw(session, actor, tester, now=hours(3))
    assert ids(counted(session, beta)) == [stays.id]


def test_an_invalid_answer_does_not_count_and_may_come_back(session: Session, beta: Beta) -> None:
    row = answer(session, beta, "Bo", 1)
    feedback.mark_invalid(session, OWNER, row, "Sent by a robot.", now=hours(2))
    assert ids(counted(session, beta)) == []
    feedback.mark_valid(session, OWNER, row, "A person after all.", now=hours(3))
    assert ids(counted(session, beta)) == [row.id]


def test_the_first_answer_counts_although_it_was_edited_later(session: Session, beta: Beta) -> None:
    row = answer(session, beta, "Bo", 1, stars=1, offended=True)
    actor = Actor(role=Role.CUSTOMER, name="Bo", participant_id=row.participant_id)
    feedback.receive(session, actor, row.participant_id, Answer(csat=5), now=hours(2))
    found = counted(session, beta)
    assert ids(found) == [row.id]
    assert list(found.evidence.values[Metric.offended]) == [1.0]


def test_where_the_first_answer_is_invalid_the_next_version_counts(
    session: Session, beta: Beta
) -> None:
    row = answer(session, beta, "Bo", 1, stars=1)
    actor = Actor(role=Role.CUSTOMER, name="Bo", participant_id=row.participant_id)
    edited = feedback.receive(session, actor, row.participant_id, Answer(csat=5), now=hours(2))
    feedback.mark_invalid(session, OWNER, row, "Pressed by mistake, they wrote.", now=hours(3))
    assert ids(counted(session, beta)) == [edited.id]


def test_a_customer_in_two_betas_of_one_build_counts_once(session: Session, beta: Beta) -> None:
    first = answer(session, beta, "Bo", 1)
    change(beta.activity, name="First beta")
    second = an_activity(session, beta.study, now=NOW)
    builds.release(session, OWNER, second, beta.build, now=NOW)
    customer_id = participants.get(session, first.participant_id).customer_id
    twin = _tester_of(session, second.id or 0, customer_id)
    actor = Actor(role=Role.CUSTOMER, name="Bo", participant_id=twin.id)
    feedback.receive(session, actor, twin.id or 0, Answer(csat=1), now=hours(2))
    assert ids(counted(session, beta)) == [first.id]


def _tester_of(session: Session, activity_id: int, customer_id: int) -> ParticipantRow:
    draft = Participant(
        loyalty=0.8, loyal=True, segment="fan", platform="android", chosen_by="by hand"
    )
    row = ParticipantRow.model_validate(
        draft, update={"activity_id": activity_id, "customer_id": customer_id}
    )
    session.add(row)
    session.flush()
    for step in (Step.INVITED, Step.OPENED, Step.ACCEPTED):
        participants.advance(session, row, step, now=NOW)
    consent = Consent(version=CURRENT.version, accepted_at=NOW, is_adult=True)
    session.add(ConsentRow.model_validate(consent, update={"participant_id": row.id}))
    session.flush()
    return row


def test_answers_of_one_moment_are_ordered_by_the_digest_of_the_customer(
    session: Session, beta: Beta
) -> None:
    rows = [answer(session, beta, f"T{number}", 1) for number in range(8)]

    def digest(row: FeedbackRow) -> bytes:
        customer = participants.get(session, row.participant_id).customer_id
        return sha256(str(customer).encode()).digest()

    expected = [row.id for row in sorted(rows, key=digest)]
    assert expected != [row.id for row in rows]
    assert ids(counted(session, beta)) == expected


def test_criteria_registered_after_the_first_answer_are_invalid(session: Session) -> None:
    beta = a_beta(session)
    answer(session, beta, "Bo", 1)
    criteria.register(session, OWNER, beta.study, plan(), now=hours(2))
    answer(session, beta, "Cy", 3)
    found = verdicts.verdict(session, OWNER, beta.study, now=LATER)
    assert found.outcome is Outcome.INVALID
    assert "No launch criteria were registered before the first answer" in found.scope


def test_without_criteria_the_verdict_on_the_newest_build_is_invalid(session: Session) -> None:
    beta = a_beta(session)
    answer(session, beta, "Bo", 1)
    found = verdicts.verdict(session, OWNER, beta.study, now=LATER)
    assert (found.outcome, found.build, found.answers) == (Outcome.INVALID, "0.9.0", 1)


@pytest.mark.parametrize("replaced", [("0.7", "0.5"), ("{", "")])
def test_stored_criteria_that_were_changed_are_invalid(
    session: Session, beta: Beta, replaced: Sequence[str]
) -> None:
    answer(session, beta, "Bo", 1)
    before, after = replaced
    session.execute(
        sa.text("UPDATE criteria SET text = replace(text, :before, :after)"),
        {"before": before, "after": after},
    )
    session.expire_all()
    found = verdicts.verdict(session, OWNER, beta.study, "0.9.0", now=LATER)
    assert found.outcome is Outcome.INVALID
    assert "do not match their digest" in found.scope
    assert counted(session, beta).criteria is None


def test_the_same_evidence_is_the_same_record_whenever_it_is_printed(
    session: Session, beta: Beta
) -> None:
    for number in range(5):
        answer(session, beta, f"T{number}", number + 1, stars=number + 1)
    printed = {
        as_json(verdicts.verdict(session, OWNER, beta.study, "0.9.0", now=now))
        for now in (hours(101), hours(200), LATER)
    }
    assert len(printed) == 1


def test_one_more_answer_is_another_record(session: Session, beta: Beta) -> None:
    answer(session, beta, "Bo", 1)
    before = verdicts.verdict(session, OWNER, beta.study, now=hours(2))
    answer(session, beta, "Cy", 3)
    after = verdicts.verdict(session, OWNER, beta.study, now=hours(4))
    assert before.digest != after.digest


def test_a_registered_base_is_weighed_by_what_is_known_of_the_testers(session: Session) -> None:
    beta = a_beta(session)
    cells = (Cell(value="android", share=0.5), Cell(value="ios", share=0.5))
    base = (Margin(attribute="platform", cells=cells),)
    criteria.register(session, OWNER, beta.study, plan(base=base), now=NOW)
    for number in range(9):
        platform = "ios" if number == 0 else "android"
        tester, actor = a_tester(session, beta.activity, f"T{number}", platform)
        stars = 1 if platform == "ios" else 5
        feedback.receive(session, actor, tester.id or 0, Answer(csat=stars), now=hours(number + 1))
    found = counted(session, beta)
    assert sorted(set(found.evidence.attributes["platform"])) == ["android", "ios"]
    assert set(found.evidence.attributes) == {"platform"}
    csat = verdicts.judge(beta.study, found).criteria[0]
    # Raked to one half each, the lone unhappy tester would weigh 8 times the others; it is cut
    # at five times the median: 8 / (8 + 5) of the weight is satisfied.
    assert csat.observed == pytest.approx(8 / 9, abs=1e-6)
    assert csat.weighted == pytest.approx(8 / 13, abs=1e-6)


def test_everybody_invited_to_the_betas_of_a_build_was_asked(session: Session, beta: Beta) -> None:
    # The fixture's tester was invited too.
    for name in ("Bo", "Cy"):
        a_tester(session, beta.activity, name, agreed=False)
    assert counted(session, beta).evidence.asked == 3


def test_people_stay_asked_about_the_build_that_a_newer_one_replaced(
    session: Session, beta: Beta
) -> None:
    answer(session, beta, "Bo", 1)
    newer = builds.add_build(
        session, OWNER, beta.study, Build(version="0.9.1", added_at=NOW), now=NOW
    )
    link = beta.artifact.url or ""
    builds.attach_link(session, OWNER, newer, beta.artifact.platform, link, now=NOW)
    builds.release(session, OWNER, beta.activity, newer, now=NOW)
    assert counted(session, beta).evidence.asked == 2


def test_each_figure_leads_to_its_answers_and_each_answer_to_its_criteria(
    session: Session, beta: Beta
) -> None:
    both = answer(session, beta, "Bo", 1)
    tester, actor = a_tester(session, beta.activity, "Cy")
    stars_only = feedback.receive(session, actor, tester.id or 0, Answer(csat=4), now=hours(2))
    csat, offended = counted(session, beta).ids_by_criterion()
    assert [list(csat), list(offended)] == [[both.id, stars_only.id], [both.id]]
    shown = [both, stars_only]
    found = traces.of_answers(session, OWNER, beta.study, shown, ["0.9.0"], now=LATER)
    assert found[both.id or 0].criteria == (Metric.csat, Metric.offended)
    assert found[stars_only.id or 0].criteria == (Metric.csat,)


def test_an_edited_answer_is_traced_to_the_version_that_counts(
    session: Session, beta: Beta
) -> None:
    row = answer(session, beta, "Bo", 1)
    actor = Actor(role=Role.CUSTOMER, name="Bo", participant_id=row.participant_id)
    edited = feedback.receive(session, actor, row.participant_id, Answer(csat=2), now=hours(2))
    found = traces.of_answers(session, OWNER, beta.study, [edited], ["0.9.0"], now=LATER)
    assert found[edited.id or 0].answer_id == row.id


def test_an_answer_that_does_not_count_has_no_trace(session: Session, beta: Beta) -> None:
    late = answer(session, beta, "Bo", 101)
    assert traces.of_answers(session, OWNER, beta.study, [late], ["0.9.0"], now=LATER) == {}


def test_a_student_reads_the_verdict_of_the_case_and_of_no_other_study(
    session: Session, beta: Beta
) -> None:
    assert verdicts.verdict(session, STUDENT, beta.study, now=LATER).study == "santa-run"
    other = a_study(session, "sleigh-ride")
    with pytest.raises(NotAllowed):
        verdicts.verdict(session, STUDENT, other, now=LATER)


def test_a_tester_reads_no_verdict(session: Session, beta: Beta) -> None:
    with pytest.raises(NotAllowed):
        verdicts.verdict(session, beta.actor, beta.study, now=LATER)


def test_a_study_without_builds_and_an_unknown_build_say_so(session: Session) -> None:
    study = a_study(session)
    with pytest.raises(NotFound, match="no build and no launch criteria yet"):
        verdicts.verdict(session, OWNER, study, now=LATER)
    with pytest.raises(NotFound, match=r"has no build “7\.7”"):
        verdicts.verdict(session, OWNER, study, "7.7", now=LATER)


def test_criteria_before_any_answer_are_not_enough_evidence(session: Session, beta: Beta) -> None:
    found = verdicts.verdict(session, OWNER, beta.study, now=hours(1))
    assert (found.outcome, found.answers) == (Outcome.NOT_ENOUGH_EVIDENCE, 0)


def test_an_answer_from_the_future_waits_until_its_time_has_come(
    session: Session, beta: Beta
) -> None:
    on_time = answer(session, beta, "Bo", 1)
    ahead = answer(session, beta, "Cy", 5)
    found = counted(session, beta, hours(2))
    assert (ids(found), found.evidence.ahead) == ([on_time.id], 1)
    assert "clock: 1 answer carries" in verdicts.judge(beta.study, found).warnings[0]
    assert ids(counted(session, beta, hours(6))) == [on_time.id, ahead.id]


def test_an_answer_dated_before_the_study_makes_the_criteria_late(session: Session) -> None:
    beta = a_beta(session)
    criteria.register(session, OWNER, beta.study, plan(), now=NOW)
    row = answer(session, beta, "Bo", 1)
    change(row, received_at=NOW - timedelta(days=400))
    session.add(row)
    session.flush()
    assert verdicts.verdict(session, OWNER, beta.study, now=LATER).outcome is Outcome.INVALID


def test_days_with_the_build_run_from_the_first_download_to_the_answer(session: Session) -> None:
    beta = a_beta(session)
    crashes = Criterion(metric=Metric.crash_free, threshold=0.9)
    criteria.register(
        session, OWNER, beta.study, plan().model_copy(update={"criteria": (crashes,)}), now=NOW
    )
    for name, fetched, sent in (("Bo", (1.0, 9.0), 13), ("Cy", (), 14)):
        tester, actor = a_tester(session, beta.activity, name)
        for after in fetched:
            session.add(
                FunnelEventRow.model_validate(
                    {
                        "participant_id": tester.id,
                        "step": Step.DOWNLOADED,
                        "at": hours(after),
                        "detail": f"build {beta.build.id}",
                    }
                )
            )
        feedback.receive(session, actor, tester.id or 0, Answer(crashed=False), now=hours(sent))
    had = counted(session, beta).evidence.days_with_build
    assert had is not None
    assert had[0] == pytest.approx(0.5)
    assert np.isnan(had[1])


def test_what_was_counted_before_a_moment_is_the_start_of_the_same_path(
    session: Session, beta: Beta
) -> None:
    first = answer(session, beta, "Bo", 1)
    answer(session, beta, "Cy", 3, stars=1)
    then = counted(session, beta).before(hours(2))
    assert ids(then) == [first.id]
    assert list(then.evidence.values[Metric.csat]) == [1.0]
    assert not then.evidence.closed
    assert counted(session, beta).before(hours(100)).evidence.closed


@pytest.mark.parametrize("attribute", ["region", "age_band", "loyalty", "platform", "segment"])
def test_a_base_can_be_compared_by_everything_known_of_customers(
    session: Session, attribute: str
) -> None:
    beta = a_beta(session)
    value = {"loyalty": "loyal", "platform": "android", "segment": "fan"}.get(attribute, "unknown")
    cells = (Cell(value=value, share=0.5), Cell(value="elsewhere", share=0.5))
    base = (Margin(attribute=attribute, cells=cells),)
    criteria.register(session, OWNER, beta.study, plan(base=base), now=NOW)
    answer(session, beta, "Bo", 1)
    assert list(counted(session, beta).evidence.attributes[attribute]) == [value]
