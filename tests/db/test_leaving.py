"""Facts about stopping: at once, everywhere, and only what is said to stay stays."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from casework.errors import Closed
from casework.feedback import Answer
from casework.funnel import Step
from casework.gates import GateName
from casework.messages import Message, MessageKind, PostState
from casework.screener import AnswerKind, Question
from db import (
    answers,
    audit,
    downloads,
    drafts,
    feedback,
    leaving,
    outbox,
    participants,
    recruiting,
    reviews,
    screeners,
)
from db.customers import CustomerRow
from db.feedback import DraftRow
from tests.betas import NOW, OWNER, Beta, a_beta
from tests.draws import a_drawn_group
from tests.recruits import a_group, as_guest, say_yes

LATER = NOW + timedelta(hours=2)
SECRET = "a secret for tests, 32 characters or more"


@pytest.fixture
def beta(session: Session) -> Beta:
    """A tester who answered, with a download, a draft and a letter under way."""
    beta = a_beta(session)
    build_id = beta.build.id or 0
    told = Answer(csat=1, offended=True, offended_by="The Grinch", change_first="The Grinch")
    feedback.receive(session, beta.actor, beta.tester.id or 0, told, now=NOW)
    drafts.save_draft(session, beta.actor, beta.tester.id or 0, build_id, {"change_first": "More"})
    return beta


def withdraw(session: Session, beta: Beta) -> None:
    leaving.withdraw(session, beta.actor, beta.tester, now=LATER)
    session.flush()


def test_answers_leave_what_is_read_and_what_may_be_quoted(session: Session, beta: Beta) -> None:
    search = answers.AnswerSearch()
    assert answers.find(session, OWNER, beta.study, search).found == 1
    withdraw(session, beta)
    assert answers.find(session, OWNER, beta.study, search).found == 0


def test_what_was_typed_and_not_sent_is_deleted(session: Session, beta: Beta) -> None:
    withdraw(session, beta)
    assert session.exec(select(DraftRow)).all() == []


def test_the_download_link_is_dead(session: Session, beta: Beta) -> None:
    signed = downloads.sign_download(beta.tester, beta.artifact, now=NOW, secret=SECRET)
    assert downloads.redeem(session, beta.actor, signed, now=NOW, secret=SECRET)
    withdraw(session, beta)
    with pytest.raises(Closed, match="no longer in this test"):
        downloads.redeem(session, beta.actor, signed, now=LATER, secret=SECRET)


def test_nothing_more_is_taken(session: Session, beta: Beta) -> None:
    withdraw(session, beta)
    with pytest.raises(Closed, match="no longer in this test"):
        feedback.receive(session, beta.actor, beta.tester.id or 0, Answer(csat=5), now=LATER)


def a_letter(beta: Beta, kind: MessageKind, participant_id: int | None) -> Message:
    return Message(
        kind=kind,
        name="Ada",
        email="ada@example.com",
        subject="Hello",
        body="Hello",
        customer_id=beta.tester.customer_id,
        participant_id=participant_id,
    )


def test_letters_that_wait_are_dropped_and_others_stay(session: Session, beta: Beta) -> None:
    mine = a_letter(beta, MessageKind.REMINDER, beta.tester.id)
    about_more = a_letter(beta, MessageKind.CONFIRMATION, None)
    waiting = outbox.enqueue(session, mine, key="reminder 1", now=NOW)
    other = outbox.enqueue(session, about_more, key="confirmation 1", now=NOW)
    withdraw(session, beta)
    session.expire_all()
    assert (waiting.state, waiting.due_at) == (PostState.DROPPED, None)
    assert other.state is PostState.QUEUED


def test_the_seat_goes_to_a_reserve(session: Session) -> None:
    drawn = a_drawn_group(session)
    one = drawn.people[0]
    say_yes(session, one)
    leaving.withdraw(session, as_guest(one), one, now=LATER)
    assert recruiting.seats_left(session, drawn.group) == 0
    assert len(participants.of_activity(session, drawn.group.id or 0)) == 9


def test_what_the_screener_was_told_is_deleted_and_that_it_was_asked_stays(
    session: Session,
) -> None:
    group = a_group(session)
    question = Question(text="Which games?", kind=AnswerKind.TEXT)
    newcomer = group.people[0]
    screeners.save(session, OWNER, group.activity, [question], now=NOW)
    guest = as_guest(newcomer)
    screeners.receive(session, guest, newcomer, {"Which games?": "All of them"}, now=NOW)
    leaving.withdraw(session, guest, newcomer, now=LATER)
    kept = screeners.screening_of(session, newcomer.id)
    assert kept is not None
    assert (kept.answers, kept.fits) == ((), True)


def test_the_trail_stays_and_names_nobody(session: Session, beta: Beta) -> None:
    withdraw(session, beta)
    steps = [event.step for event in participants.history(session, beta.tester.id or 0)]
    assert steps[-1] is Step.WITHDRAWN
    lines = audit.of_study(session, beta.study.id or 0)
    assert lines[-1].act == "withdraw"
    assert "Grinch" not in "".join(line.detail for line in lines)


def test_the_link_in_a_letter_stops_everything_at_once(session: Session, beta: Beta) -> None:
    customer = session.get_one(CustomerRow, beta.tester.customer_id)
    assert leaving.withdraw_everywhere(session, customer, now=LATER) == 1
    assert beta.tester.step is Step.WITHDRAWN
    assert leaving.taken_part_in(session, customer) == []
    assert leaving.withdraw_everywhere(session, customer, now=LATER) == 0


def test_a_concern_about_values_loses_its_witness(session: Session, beta: Beta) -> None:
    def raised() -> int:
        found = reviews.concerns(session, beta.study.id or 0, beta.build.id)
        return len(found[GateName.VALUES])

    assert raised() == 1
    withdraw(session, beta)
    assert raised() == 0


def test_saying_no_and_never_again_is_the_same_as_the_link_in_a_letter(session: Session) -> None:
    drawn = a_drawn_group(session)
    one = drawn.people[0]
    customer = session.get_one(CustomerRow, one.customer_id)
    for _ in range(2):
        leaving.decline(session, as_guest(one), one, leave_alone=True, now=LATER)
    assert (customer.opted_out_at, customer.may_contact, customer.reachable) == (
        LATER,
        False,
        False,
    )
    assert one.step is Step.DECLINED
    assert recruiting.seats_left(session, drawn.group) == 0
