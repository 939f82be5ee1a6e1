"""Reading what testers answered: which are shown, how they are found, what is counted."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from casework.builds import Build
from casework.corrections import Judgement, Spoken
from casework.errors import NotAllowed
from casework.feedback import Answer
from casework.roles import Actor, Role
from casework.sentiment import Label
from db import answers, builds, corrections, feedback, participants
from db.answers import PER_PAGE, AnswerSearch, Kind
from db.feedback import FeedbackRow
from db.table import change
from tests.betas import NOW, OWNER, STORE, Beta, a_beta, a_study, a_tester

PRAISE = "I love it, great fun!"
COMPLAINT = "Terrible. I hate the ending."


@pytest.fixture
def beta(session: Session) -> Beta:
    return a_beta(session)


def send(
    session: Session, beta: Beta, name: str, told: Answer, after: float = 1, *, loyal: bool = True
) -> FeedbackRow:
    tester, actor = a_tester(session, beta.activity, name)
    change(tester, loyal=loyal)
    now = NOW + timedelta(hours=after)
    return feedback.receive(session, actor, tester.id or 0, told, now=now)


def found(session: Session, beta: Beta, **search: object) -> list[int | None]:
    asked = AnswerSearch.model_validate(search)
    page = answers.find(session, OWNER, beta.study, asked)
    assert page.found == len(page.answers)
    return [one.feedback.id for one in page.answers]


def test_the_newest_answer_comes_first_and_only_the_newest_version_is_shown(
    session: Session, beta: Beta
) -> None:
    first = send(session, beta, "Bo", Answer(csat=2), 1)
    second = send(session, beta, "Cy", Answer(csat=3), 2)
    actor = Actor(role=Role.CUSTOMER, name="Bo", participant_id=first.participant_id)
    now = NOW + timedelta(hours=3)
    edited = feedback.receive(session, actor, first.participant_id, Answer(csat=5), now=now)
    assert found(session, beta) == [edited.id, second.id]


def test_each_kind_finds_its_own(session: Session, beta: Beta) -> None:
    happy = send(session, beta, "Bo", Answer(csat=5, change_first=PRAISE)).id
    torn = send(session, beta, "Cy", Answer(csat=5, change_first=COMPLAINT)).id
    hurt = send(session, beta, "Di", Answer(csat=1, offended=True, crashed=True)).id
    middle = send(session, beta, "Ed", Answer(csat=3)).id
    robot = send(session, beta, "Flo", Answer(csat=3))
    feedback.mark_invalid(session, OWNER, robot, "A robot.", now=NOW)
    meant = Judgement(label=Label.negative, reason="Irony.")
    corrections.correct(session, OWNER, Spoken.ANSWER, torn or 0, meant, now=NOW)
    expected = {
        Kind.ALL: {happy, torn, hurt, middle},
        Kind.WORDS: {happy, torn},
        Kind.OFFENDED: {hurt},
        Kind.CRASHED: {hurt},
        Kind.UNHAPPY: {hurt},
        Kind.HAPPY: {happy, torn},
        Kind.DISAGREES: {torn},
        Kind.CORRECTED: {torn},
        Kind.INVALID: {robot.id},
    }
    assert {kind: set(found(session, beta, kind=kind)) for kind in Kind} == expected


@pytest.mark.parametrize("typed", ["GRINCH", "  grinch ", "100%", "a_b"])
def test_words_are_found_in_any_case_and_signs_mean_themselves(
    session: Session, beta: Beta, typed: str
) -> None:
    row = send(session, beta, "Bo", Answer(csat=1, change_first="The Grinch took 100% of a_b."))
    send(session, beta, "Cy", Answer(csat=1, change_first="It took 100 of acb."))
    assert found(session, beta, text=typed) == [row.id]


def test_filters_add_up(session: Session, beta: Beta) -> None:
    row = send(session, beta, "Bo", Answer(csat=5))
    send(session, beta, "Cy", Answer(csat=5), loyal=False)
    send(session, beta, "Di", Answer(csat=1))
    assert found(session, beta, kind=Kind.HAPPY, loyal_only=True) == [row.id]
    assert found(session, beta, kind=Kind.HAPPY, build_id=-1) == []


def test_whoever_withdraws_is_neither_shown_nor_counted(session: Session, beta: Beta) -> None:
    row = send(session, beta, "Bo", Answer(csat=1, change_first=COMPLAINT))
    tester = participants.get(session, row.participant_id)
    actor = Actor(role=Role.CUSTOMER, name="Bo", participant_id=tester.id)
    participants.withdraw(session, actor, tester, now=NOW)
    assert found(session, beta) == []
    assert answers.tone_by_build(session, OWNER, beta.study) == []
    assert answers.tone_by_day(session, OWNER, beta.study) == []
    assert answers.extremes(session, OWNER, beta.study, None) == ((), ())


def test_pages_hold_so_many_and_beyond_the_last_is_the_last(session: Session, beta: Beta) -> None:
    for number in range(PER_PAGE + 1):
        send(session, beta, f"T{number}", Answer(csat=3), number)
    first = answers.find(session, OWNER, beta.study, AnswerSearch())
    assert (len(first.answers), first.found, first.pages) == (PER_PAGE, PER_PAGE + 1, 2)
    last = answers.find(session, OWNER, beta.study, AnswerSearch(), page=99)
    assert (len(last.answers), last.page) == (1, 2)
    assert answers.find(session, OWNER, beta.study, AnswerSearch(), page=-3).page == 1


def test_the_harshest_and_the_warmest_words_of_a_build(session: Session, beta: Beta) -> None:
    warm = send(session, beta, "Bo", Answer(change_first=PRAISE))
    harsh = send(session, beta, "Cy", Answer(change_first=COMPLAINT))
    send(session, beta, "Di", Answer(change_first="the game"))
    worst, best = answers.extremes(session, OWNER, beta.study, beta.build.id)
    assert [one.feedback.id for one in worst] == [harsh.id]
    assert [one.feedback.id for one in best] == [warm.id]
    assert answers.extremes(session, OWNER, beta.study, -1) == ((), ())


def test_figures_by_build_and_day_are_those_of_the_answers(session: Session, beta: Beta) -> None:
    hurt = Answer(csat=1, offended=True, crashed=False, change_first=COMPLAINT)
    first = send(session, beta, "Bo", hurt, 1)
    send(session, beta, "Cy", Answer(csat=4, offended=False, crashed=True), 2)
    newer = builds.add_build(
        session, OWNER, beta.study, Build(version="0.9.1", added_at=NOW), now=NOW
    )
    builds.attach_link(session, OWNER, newer, beta.artifact.platform, STORE, now=NOW)
    builds.release(session, OWNER, beta.activity, newer, now=NOW)
    second = send(session, beta, "Di", Answer(csat=5, change_first=PRAISE), 30)
    old, new = answers.tone_by_build(session, OWNER, beta.study)
    assert (old.build, old.answers, old.with_tone, old.offended, old.crashed) == (
        "0.9.0",
        2,
        1,
        1,
        1,
    )
    assert old.polarity == pytest.approx(first.polarity)
    assert (new.build, new.answers) == ("0.9.1", 1)
    days = answers.tone_by_day(session, OWNER, beta.study)
    assert [(one.build, one.day, one.answers) for one in days] == [
        ("0.9.0", "2026-10-01", 1),
        ("0.9.1", "2026-10-02", 1),
    ]
    assert days[1].polarity == pytest.approx(second.polarity)


def test_a_student_reads_the_cases_answers_and_no_others(session: Session, beta: Beta) -> None:
    student = Actor(role=Role.STUDENT, name="Sam")
    assert answers.find(session, student, beta.study, AnswerSearch()).found == 0
    other = a_study(session, "sleigh-ride")
    reads = (
        lambda: answers.find(session, student, other, AnswerSearch()),
        lambda: answers.extremes(session, student, other, None),
        lambda: answers.tone_by_build(session, student, other),
        lambda: answers.tone_by_day(session, student, other),
    )
    for read in reads:
        with pytest.raises(NotAllowed):
            read()


def test_answers_are_found_by_their_number_within_their_study(session: Session, beta: Beta) -> None:
    row = send(session, beta, "Bo", Answer(csat=5, change_first=PRAISE))
    other = a_study(session, "sleigh-ride")
    ids = [row.id or 0, 99]
    assert [
        one.feedback.id for one in answers.by_ids(session, OWNER, beta.study, ids).values()
    ] == [row.id]
    assert answers.by_ids(session, OWNER, other, ids) == {}
    student = Actor(role=Role.STUDENT, name="Sam")
    with pytest.raises(NotAllowed):
        answers.by_ids(session, student, beta.study, ids)
