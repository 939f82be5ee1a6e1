"""Facts about receiving answers: once, from the right person, in time, with their reading."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from casework.builds import Build, Platform
from casework.errors import Closed, Invalid, NotAllowed
from casework.feedback import Answer, ProblemKind, Severity
from casework.funnel import ActivityKind, Step
from db import audit, builds, feedback, participants
from db.table import change
from tests.betas import CLOSES, NOW, OWNER, STORE, Beta, a_beta, a_tester, an_activity

CASE = "Seeing the Grinch catch Santa was offensive. It ruined our Christmas."


def send(session: Session, beta: Beta, answer: Answer, **late: timedelta) -> feedback.FeedbackRow:
    now = NOW + late.get("after", timedelta(0))
    return feedback.receive(session, beta.actor, beta.tester.id or 0, answer, now=now)


def test_a_first_answer_is_filed_read_and_counted(session: Session) -> None:
    beta = a_beta(session)
    row = send(session, beta, Answer(csat=1, change_first=CASE, offended=True, crashed=False))
    assert (row.version, row.received_at, row.valid) == (1, NOW, True)
    assert row.build_id == beta.build.id
    assert row.polarity is not None
    assert row.polarity < -0.3
    assert row.reading is not None
    assert row.polarity == row.reading.polarity
    assert row.offence
    history = participants.history(session, beta.tester.id or 0)
    assert [event.step for event in history][-2:] == [Step.ANSWERED, Step.VALID]


def test_an_offence_counts_when_ticked_and_when_only_written(session: Session) -> None:
    beta = a_beta(session)
    assert send(session, beta, Answer(csat=4, offended=True)).offence
    assert send(session, beta, Answer(csat=4, offended=False, change_first=CASE)).offence
    assert not send(session, beta, Answer(csat=4, offended=False, change_first="Fun!")).offence


def test_a_text_without_evidence_has_no_polarity_rather_than_a_neutral_one(
    session: Session,
) -> None:
    beta = a_beta(session)
    assert send(session, beta, Answer(csat=3, change_first="the game")).polarity is None
    numbers_only = send(session, beta, Answer(csat=3))
    assert (numbers_only.polarity, numbers_only.reading) == (None, None)


def test_sending_twice_files_once(session: Session) -> None:
    beta = a_beta(session)
    answer = Answer(csat=5, recommend=9, problem_kind=ProblemKind.CRASH, device="Pixel 8")
    first = send(session, beta, answer)
    again = send(session, beta, answer, after=timedelta(minutes=1))
    assert again.id == first.id
    assert len(feedback.of_participant(session, beta.tester.id or 0)) == 1


def test_two_tabs_that_send_at_the_same_moment_file_once(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session:
        beta = a_beta(session)
        session.commit()

    def press_send(_tab: int) -> int | None:
        with Session(engine, expire_on_commit=False) as session:
            filed = send(session, beta, Answer(csat=5)).id
            session.commit()
            return filed

    with ThreadPoolExecutor(4) as tabs:
        filed = set(tabs.map(press_send, range(4)))
    assert len(filed) == 1


def test_an_edit_is_a_new_version_and_the_first_keeps_its_place(session: Session) -> None:
    beta = a_beta(session)
    first = send(session, beta, Answer(csat=5))
    edited = send(session, beta, Answer(csat=2), after=timedelta(hours=1))
    back = send(session, beta, Answer(csat=5), after=timedelta(hours=2))
    assert [edited.version, back.version] == [2, 3]
    assert (first.csat, first.received_at) == (5, NOW)
    mine = feedback.of_participant(session, beta.tester.id or 0, beta.build.id)
    assert [row.version for row in mine] == [3, 2, 1]


def test_nothing_filled_in_is_not_an_answer(session: Session) -> None:
    beta = a_beta(session)
    with pytest.raises(Invalid, match="at least one question"):
        send(session, beta, Answer(change_first="  ", device="Pixel 8", os="Android 15"))
    assert beta.tester.step is Step.ACCEPTED


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "**bold** [link](https://example.com) # heading",
        '=HYPERLINK("https://example.com","x")',
        "😀😀😀",
        "e" + "\u0301" * 4_999,
        "Robert'); DROP TABLE feedback;--",
        "שלום right to left",
    ],
)
def test_whatever_somebody_types_is_kept_as_it_is(session: Session, text: str) -> None:
    beta = a_beta(session)
    row = send(session, beta, Answer(csat=3, change_first=text))
    session.expire_all()
    assert feedback.of_participant(session, beta.tester.id or 0)[0].change_first == text
    assert row.valid


def test_signs_no_database_keeps_are_dropped_and_the_words_stay(session: Session) -> None:
    beta = a_beta(session)
    row = send(session, beta, Answer(change_first="too\x00 hard\ud800", device="Pix\x00el"))
    assert (row.change_first, row.device) == ("too hard", "Pixel")


def test_nobody_answers_for_somebody_else(session: Session) -> None:
    beta = a_beta(session)
    _, ben = a_tester(session, beta.activity, "Ben")
    for actor in (ben, OWNER):
        with pytest.raises(NotAllowed):
            feedback.receive(session, actor, beta.tester.id or 0, Answer(csat=1), now=NOW)


def test_no_answer_without_consent(session: Session) -> None:
    beta = a_beta(session)
    tester, actor = a_tester(session, beta.activity, "Ben", agreed=False)
    with pytest.raises(NotAllowed, match="want to take part"):
        feedback.receive(session, actor, tester.id or 0, Answer(csat=1), now=NOW)


@pytest.mark.parametrize("left", [Step.DECLINED, Step.WITHDRAWN, Step.EXPIRED])
def test_who_left_sends_nothing_more(session: Session, left: Step) -> None:
    beta = a_beta(session)
    participants.advance(session, beta.tester, left, now=NOW)
    with pytest.raises(Closed, match="no longer in this test"):
        send(session, beta, Answer(csat=1))


def test_answers_and_edits_end_with_the_beta(session: Session) -> None:
    beta = a_beta(session)
    send(session, beta, Answer(csat=1), after=CLOSES - NOW - timedelta(seconds=1))
    with pytest.raises(Closed, match="has ended"):
        send(session, beta, Answer(csat=2), after=CLOSES - NOW)


def test_there_is_nothing_to_answer_before_a_build_is_out(session: Session) -> None:
    beta = a_beta(session)
    empty = an_activity(session, beta.study, ActivityKind.FOCUS_GROUP)
    member, actor = a_tester(session, empty, "Ben")
    with pytest.raises(Closed, match="in its meeting"):
        feedback.receive(session, actor, member.id or 0, Answer(csat=1), now=NOW)
    change(beta.activity, build_id=None)
    with pytest.raises(Closed, match="no build to test yet"):
        send(session, beta, Answer(csat=1))


def test_an_answer_about_a_replaced_build_is_not_taken_for_the_new_one(session: Session) -> None:
    beta = a_beta(session)
    send(session, beta, Answer(csat=2))
    later = _next_build(session, beta)
    with pytest.raises(Closed, match="newer build"):
        feedback.receive(
            session,
            beta.actor,
            beta.tester.id or 0,
            Answer(csat=1),
            now=NOW,
            build_id=beta.build.id,
        )
    row = send(session, beta, Answer(csat=2))
    assert (row.build_id, row.version) == (later.id, 1)
    assert beta.tester.step is Step.VALID


def _next_build(session: Session, beta: Beta) -> builds.BuildRow:
    draft = Build(version="0.9.1", added_at=NOW)
    later = builds.add_build(session, OWNER, beta.study, draft, now=NOW)
    builds.attach_link(session, OWNER, later, Platform.ANDROID, STORE, now=NOW)
    builds.release(session, OWNER, beta.activity, later, now=NOW)
    return later


def step_of(beta: Beta) -> str:
    return beta.tester.step.value


def test_an_owner_sets_an_answer_aside_with_a_reason_and_takes_it_back(session: Session) -> None:
    beta = a_beta(session)
    row = send(session, beta, Answer(csat=1, problem_severity=Severity.CRITICAL))
    feedback.mark_invalid(session, OWNER, row, "Typed by the team to try it.", now=NOW)
    assert (row.valid, row.invalid_reason) == (False, "Typed by the team to try it.")
    assert step_of(beta) == "invalid"
    feedback.mark_valid(session, OWNER, row, "It was a tester after all.", now=NOW)
    assert (row.valid, row.invalid_reason) == (True, "")
    assert step_of(beta) == "valid"
    trail = audit.of_study(session, beta.study.id or 0)[-2:]
    assert [event.act for event in trail] == ["mark invalid", "mark valid"]
    assert {event.subject for event in trail} == {f"feedback {row.id}"}


def test_a_tester_stays_valid_while_one_version_counts(session: Session) -> None:
    beta = a_beta(session)
    first = send(session, beta, Answer(csat=1))
    send(session, beta, Answer(csat=2))
    feedback.mark_invalid(session, OWNER, first, "Sent by a child.", now=NOW)
    assert beta.tester.step is Step.VALID


def test_setting_aside_takes_an_owner_and_a_reason(session: Session) -> None:
    beta = a_beta(session)
    row = send(session, beta, Answer(csat=1))
    with pytest.raises(Invalid, match="Say why"):
        feedback.mark_invalid(session, OWNER, row, "  ", now=NOW)
    with pytest.raises(NotAllowed):
        feedback.mark_invalid(session, beta.actor, row, "I dislike it", now=NOW)
    assert row.valid
