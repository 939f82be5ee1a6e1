"""Facts about the outbox as a place: taken out, tried again, found, closed to customers."""

import pytest
from sqlmodel import Session

from casework.errors import Closed, NotAllowed
from casework.messages import LetterCap, MessageKind, PostState
from db import (
    letter_caps,
    letters,
    outbox,
)
from db.customers import CustomerRow
from db.outbox import Search
from db.participants import ParticipantRow
from db.post import take_out
from db.table import change
from tests.betas import NOW, OWNER
from tests.letters import DAY, POST, all_letters, let_go, queue, states, three_asked
from tests.recruits import as_guest, some_customers


@pytest.fixture
def asked(session: Session) -> list[ParticipantRow]:
    """Three people of a group, each with an invitation in the outbox."""
    return three_asked(session)


def test_letters_taken_out_are_the_owners_and_never_leave_by_themselves(
    session: Session, asked: list[ParticipantRow]
) -> None:
    leaving = session.get_one(CustomerRow, asked[2].customer_id)
    change(leaving, opted_out_at=NOW)
    session.add(leaving)
    ids = [row.id or 0 for row in all_letters(session)]
    parcel = take_out(session, OWNER, ids, POST, now=NOW)
    assert (parcel.letters, parcel.stopped) == (2, 1)
    assert parcel.content.decode().count("https://studio.example/i/") == 4
    assert states(session) == [
        PostState.HANDED_OVER,
        PostState.HANDED_OVER,
        PostState.DROPPED,
    ]
    assert let_go(session, NOW) == []
    assert take_out(session, OWNER, ids, POST, now=NOW).letters == 0


def test_only_what_failed_came_back_or_is_held_can_be_tried_again(session: Session) -> None:
    (row,) = some_customers(session, 1)
    letter = queue(session, row)
    with pytest.raises(Closed, match="waiting"):
        outbox.retry(session, OWNER, letter.id or 0, now=NOW)
    change(letter, state=PostState.FAILED, attempts=10, reason="x")
    session.add(letter)
    again = outbox.retry(session, OWNER, letter.id or 0, now=NOW + DAY)
    assert (again.state, again.due_at, again.attempts, again.reason) == (
        PostState.QUEUED,
        NOW + DAY,
        0,
        "",
    )


def test_letters_are_found_by_state_kind_and_words(session: Session) -> None:
    rows = some_customers(session, 3)
    for row in rows:
        queue(session, row)
    queue(session, rows[0], MessageKind.INVITATION)
    found = outbox.letters(session, OWNER, Search(kinds=(MessageKind.INVITATION,)))
    assert [row.name for row in found] == ["Person 0"]
    assert len(outbox.letters(session, OWNER, Search(text="person1@"))) == 1
    assert outbox.letters(session, OWNER, Search(text="100%")) == []
    assert outbox.letters(session, OWNER, Search(states=(PostState.SENT,))) == []
    assert outbox.counts(session) == {PostState.QUEUED: 4}


def test_a_customer_sees_no_letters_of_others(
    session: Session, asked: list[ParticipantRow]
) -> None:
    guest = as_guest(asked[0])
    for doing in (
        lambda: outbox.letters(session, guest, Search()),
        lambda: outbox.retry(session, guest, 1, now=NOW),
        lambda: letters.remind(session, guest, asked, POST, now=NOW),
        lambda: letters.thank(session, guest, asked, now=NOW),
        lambda: take_out(session, guest, [1], POST, now=NOW),
        lambda: letter_caps.set_cap(session, guest, LetterCap(letters=9), now=NOW),
    ):
        with pytest.raises(NotAllowed):
            doing()
