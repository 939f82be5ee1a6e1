"""Facts about how many letters one person may get."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from casework.messages import LetterCap, MessageKind, PostState
from db import (
    letter_caps,
    letters,
    sending,
)
from db.participants import ParticipantRow
from tests.betas import NOW, OWNER
from tests.letters import DAY, POST, all_letters, let_go, queue, states, three_asked
from tests.recruits import some_customers


@pytest.fixture
def asked(session: Session) -> list[ParticipantRow]:
    """Three people of a group, each with an invitation in the outbox."""
    return three_asked(session)


def test_at_most_two_reminders_and_three_letters_in_a_week_and_the_rest_wait_for_their_day(
    session: Session, asked: list[ParticipantRow]
) -> None:
    person = asked[:1]
    for _ in let_go(session, NOW):
        pass
    for day in (1, 2, 3):
        letters.remind(session, OWNER, person, POST, now=NOW + day * DAY)
        let_go(session, NOW + day * DAY)
    *_, first, second, third = all_letters(session)
    assert (first.state, second.state, third.state) == (
        PostState.SENT,
        PostState.SENT,
        PostState.HELD,
    )
    # The first reminder of the two left on day 1 and counts until day 8.
    assert third.due_at == NOW + 8 * DAY
    assert "at most 2 are reminders" in third.reason
    assert "It leaves on 9 October 2026." in third.reason
    assert let_go(session, NOW + 8 * DAY - timedelta(seconds=1)) == []
    assert len(let_go(session, NOW + 8 * DAY)) == 1


def test_the_limit_counts_over_all_studies_and_not_what_answers_them(session: Session) -> None:
    (row,) = some_customers(session, 1)
    for number in range(4):
        queue(session, row, MessageKind.INVITATION, key=f"study {number}")
    queue(session, row, MessageKind.THANKS, key="thanks")
    assert len(let_go(session, NOW)) == 4
    assert states(session) == [*[PostState.SENT] * 3, PostState.HELD, PostState.SENT]


def test_a_letter_on_its_way_counts_so_that_two_senders_do_not_break_the_limit(
    session: Session,
) -> None:
    (row,) = some_customers(session, 1)
    letter_caps.set_cap(session, OWNER, LetterCap(letters=1, reminders=1, days=7), now=NOW)
    for number in range(2):
        queue(session, row, MessageKind.INVITATION, key=f"study {number}")
    assert sending.claim(session, POST, now=NOW) is not None
    assert sending.claim(session, POST, now=NOW) is None
    assert states(session) == [PostState.SENDING, PostState.HELD]


def test_an_owner_sets_the_limit_and_the_same_again_is_no_new_version(session: Session) -> None:
    wanted = LetterCap(letters=5, reminders=1, days=30)
    for _ in range(2):
        letter_caps.set_cap(session, OWNER, wanted, now=NOW)
    assert letter_caps.current(session) == wanted
    assert len(session.exec(select(letter_caps.LetterCapRow)).all()) == 1
