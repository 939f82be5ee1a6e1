"""Facts about sending each letter once: two senders at a time, and killed ones."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from casework.messages import LEASE, MOST_ATTEMPTS, PostState
from casework.messages.refusals import Fate, Outcome
from db import sending
from db.engine import Database, transaction
from tests.betas import NOW
from tests.conftest import ROOT
from tests.letters import (
    a_post,
    people,
    queue,
    queue_all,
    send,
    the_only,
)
from tests.postbox import Postbox
from tests.recruits import some_customers

LATER = NOW + timedelta(hours=1)


def test_two_senders_at_once_send_each_letter_once(
    database: Database, server: str, postbox: Postbox
) -> None:
    rows = people(database, 16)
    queue_all(database, rows)
    start = threading.Barrier(2)
    taken: list[int] = []

    def work() -> None:
        start.wait()
        while done := send(database, server).taken:
            taken.append(done)

    senders = [threading.Thread(target=work) for _ in range(2)]
    for one in senders:
        one.start()
    for one in senders:
        one.join(60)
    assert sum(taken) == 16
    assert sorted(letter["To"] for letter in postbox.letters) == sorted(
        row.email or "" for row in rows
    )


def test_a_sender_whose_lease_is_over_marks_nothing_that_another_has_taken(
    database: Database,
) -> None:
    queue_all(database, people(database, 1))
    over = NOW + LEASE
    with database() as session:
        slow = sending.claim(session, a_post("h"), now=NOW)
    with database() as session:
        assert sending.claim(session, a_post("h"), now=over - timedelta(seconds=1)) is None
    with database() as session:
        quick = sending.claim(session, a_post("h"), now=over)
    assert slow is not None
    assert quick is not None
    assert slow.email["Message-ID"] == quick.email["Message-ID"]
    with database() as session:
        assert not sending.settle(session, slow, Outcome(fate=Fate.NEVER), now=over)
        assert sending.settle(session, quick, Outcome(fate=Fate.TAKEN), now=over)
        assert not sending.settle(session, quick, Outcome(fate=Fate.NEVER), now=over)
    assert the_only(database).state is PostState.SENT


def test_a_letter_over_which_every_sender_dies_is_given_up(database: Database) -> None:
    queue_all(database, people(database, 1))
    for attempt in range(MOST_ATTEMPTS):
        with database() as session:
            assert sending.claim(session, a_post("h"), now=NOW + attempt * LEASE) is not None
    with database() as session:
        assert sending.claim(session, a_post("h"), now=NOW + MOST_ATTEMPTS * LEASE) is None
    assert the_only(database).state is PostState.FAILED


DYING = """
import os, signal, sys
from db import mail, sending
from db.clock import now
from db.engine import transaction
from db.post import post_of
from db.settings import settings
post = post_of(settings())
with transaction() as session:
    claimed = sending.claim(session, post, now=now())
assert claimed is not None
if sys.argv[1] == "after":
    with mail.connected(mail.parse(post.smtp_url)[0]) as server:
        mail.hand_over(server, claimed.email)
        os.kill(os.getpid(), signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


def die_while_sending(server: str, when: str) -> None:
    """A sender in a process of its own, killed between claiming a letter and marking it."""
    told = {"SMTP_URL": f"smtp://{server}?from=nora@studio.example", "CASEWORK_DEMO": "0"}
    environment = (
        os.environ | told | {"BASE_URL": "https://studio.example", "PYTHONPATH": str(ROOT)}
    )
    ended = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", DYING, when],
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.parametrize(("when", "arrived"), [("before", 1), ("after", 2)])
def test_a_letter_whose_sender_was_killed_leaves_by_another_when_the_lease_is_over(
    installation: Path, server: str, postbox: Postbox, when: str, arrived: int
) -> None:
    """Killed after the server said yes, it arrives twice: the one window, told by its id."""
    with transaction() as session:
        queue(session, some_customers(session, 1)[0])
    die_while_sending(server, when)
    assert the_only(transaction).state is PostState.SENDING
    assert sending.send(transaction, a_post(server)).tried == 0
    held_until = the_only(transaction).leased_until
    assert held_until is not None
    assert sending.send(transaction, a_post(server), clock=lambda: held_until).taken == 1
    assert the_only(transaction).state is PostState.SENT
    assert len(postbox.letters) == arrived
    assert len({letter["Message-ID"] for letter in postbox.letters}) == 1
