"""Facts about sending the outbox: everything leaves, nothing leaves twice, nothing is lost."""

import socket
from datetime import timedelta

import pytest
from sqlmodel import select

from casework.errors import Invalid
from casework.funnel import Step
from casework.messages import MOST_ATTEMPTS, MessageKind, PostState, pause
from db import invitations, letters, outbox, recruiting, sending
from db.customers import CustomerRow
from db.engine import Database
from db.invitations import InvitationRow
from db.outbox import OutboxRow
from db.participants import ParticipantRow
from db.table import change
from tests.betas import NOW, OWNER, a_study
from tests.letters import (
    SECRET,
    a_letter,
    a_post,
    people,
    queue,
    queue_all,
    send,
    states,
    the_only,
)
from tests.postbox import BUSY, REFUSED, Postbox
from tests.recruits import all_loyal, an_activity_for, seat

LATER = NOW + timedelta(hours=1)


def test_whatever_is_due_leaves_in_its_order_and_is_marked(
    database: Database, server: str, postbox: Postbox
) -> None:
    rows = people(database, 3)
    queue_all(database, rows)
    assert send(database, server) == sending.Sent(taken=3)
    assert [letter["To"] for letter in postbox.letters] == [row.email for row in rows]
    with database() as session:
        kept = session.exec(select(OutboxRow)).all()
    assert {(row.state, row.sent_at, row.attempts) for row in kept} == {(PostState.SENT, NOW, 1)}
    assert send(database, server) == sending.Sent()
    assert len(postbox.letters) == 3


def test_what_is_not_due_yet_stays(database: Database, server: str, postbox: Postbox) -> None:
    (row,) = people(database, 1)
    with database() as session:
        outbox.enqueue(session, a_letter(row), key="later", now=NOW, due_at=LATER)
    assert send(database, server).tried == 0
    assert send(database, server, after=timedelta(hours=1)).taken == 1


def test_the_same_key_is_one_letter_however_often_it_is_put_in(
    database: Database, server: str, postbox: Postbox
) -> None:
    (row,) = people(database, 1)
    for _ in range(3):
        queue_all(database, [row])
    assert send(database, server).taken == 1
    queue_all(database, [row])
    assert send(database, server).tried == 0


def test_a_passing_refusal_is_tried_again_after_its_pause_and_given_up_in_the_end(
    database: Database, server: str
) -> None:
    queue_all(database, people(database, 1, email=BUSY))
    assert send(database, server) == sending.Sent(later=1)
    row = the_only(database)
    assert row.due_at == NOW + pause(row.key, 1)
    assert "451 come back later" in row.reason
    assert send(database, server).tried == 0
    for _ in range(MOST_ATTEMPTS - 1):
        due_at = the_only(database).due_at
        assert due_at is not None
        send(database, server, after=due_at - NOW)
    row = the_only(database)
    assert (row.state, row.attempts) == (PostState.FAILED, MOST_ATTEMPTS)
    assert "451 come back later" in row.reason


def test_an_address_that_takes_no_letters_is_marked_and_later_ones_are_held_back(
    database: Database, server: str, postbox: Postbox
) -> None:
    (row,) = people(database, 1, email=REFUSED)
    queue_all(database, [row])
    assert send(database, server) == sending.Sent(refused=1)
    with database() as session:
        queue(session, row, key="another")
    assert send(database, server).tried == 0
    with database() as session:
        bounced = session.get_one(CustomerRow, row.id)
        assert states(session) == [PostState.BOUNCED, PostState.HELD]
        assert (bounced.bounced, bounced.reachable) == (True, False)
        held = session.exec(select(OutboxRow).where(OutboxRow.key == "another")).one()
    assert held.reason.startswith("A letter to this address came back on 1 October 2026")
    assert postbox.letters == []


def test_a_mended_address_is_written_to_again_once_somebody_says_so(
    database: Database, server: str, postbox: Postbox
) -> None:
    (row,) = people(database, 1, email=REFUSED)
    queue_all(database, [row])
    send(database, server)
    with database() as session:
        change(session.get_one(CustomerRow, row.id), email="ada@example.com")
    letter_id = the_only(database).id or 0
    with database() as session:
        assert session.get_one(CustomerRow, row.id).reachable
        letter = outbox.retry(session, OWNER, letter_id, now=NOW)
        assert letter.attempts == 0
    assert send(database, server).taken == 1
    assert [letter["To"] for letter in postbox.letters] == ["ada@example.com"]


def invited(database: Database, **changes: object) -> ParticipantRow:
    """Somebody with an invitation in the outbox."""
    (row,) = people(database, 1, **changes)
    with database() as session:
        (person,) = seat(session, an_activity_for(session, a_study(session)), row)
        written = letters.invite(session, OWNER, [person], a_post(), now=NOW)
        assert written.queued == 1
        return person


def test_an_invitation_that_came_back_frees_the_seat_and_the_pool_knows_why(
    database: Database, server: str
) -> None:
    person = invited(database, email=REFUSED)
    send(database, server)
    with database() as session:
        assert session.get_one(ParticipantRow, person.id).step is Step.EXPIRED
        second = an_activity_for(session, a_study(session, "second"), name="Second")
        rows = list(session.exec(select(CustomerRow)))
        (found,) = recruiting.candidates(session, second, all_loyal(rows), now=LATER)
    assert "letters to their address come back" in {one.label for one in found.refusals}


def test_the_link_is_put_in_when_the_letter_leaves_and_kept_nowhere(
    database: Database, server: str, postbox: Postbox
) -> None:
    person = invited(database)
    kept = the_only(database)
    assert "/i/" not in str(kept.model_dump())
    assert send(database, server, after=timedelta(hours=1)).taken == 1
    (arrived,) = postbox.letters
    with database() as session:
        link = invitations.link_in_force(
            session, person.id or 0, secret=SECRET, base_url="https://studio.example", now=NOW
        )
        assert link is not None
        assert f"Your personal link: {link}" in arrived.get_content().replace("\r\n", "\n")
        assert session.exec(select(InvitationRow)).one().sent_at == LATER
        assert link not in str([row.model_dump() for row in session.exec(select(OutboxRow))])
    assert arrived["List-Unsubscribe"].startswith("<https://studio.example/o/")


def test_a_server_that_is_not_there_uses_up_no_attempt_and_every_letter_says_why_it_waits(
    database: Database,
) -> None:
    queue_all(database, people(database, 2))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(Invalid, match="cannot be used"):
        send(database, nowhere)
    with database() as session:
        kept = session.exec(select(OutboxRow)).all()
    assert {(row.state, row.attempts) for row in kept} == {(PostState.QUEUED, 0)}
    assert all("cannot be used" in row.reason for row in kept)


def test_without_a_mail_server_letters_are_kept(database: Database) -> None:
    queue_all(database, people(database, 1))
    with pytest.raises(Invalid, match="Set SMTP_URL, or download"):
        sending.send(database, a_post(None), clock=lambda: NOW)
    assert the_only(database).state is PostState.QUEUED


def test_links_to_this_machine_leave_it_in_no_letter_to_a_customer(
    database: Database, server: str, postbox: Postbox
) -> None:
    (row,) = people(database, 1)
    queue_all(database, [row])
    with database() as session:
        staff = a_letter(row, MessageKind.ALERT).model_copy(update={"customer_id": None})
        outbox.enqueue(session, staff, key="alert", now=NOW)
    post = a_post(server, base_url="http://127.0.0.1:8501")
    assert sending.send(database, post, clock=lambda: NOW).taken == 1
    with database() as session:
        assert states(session) == [PostState.QUEUED, PostState.SENT]
