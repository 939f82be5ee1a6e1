"""Facts about the outbox from the terminal."""

import json
from pathlib import Path

import pytest

from casework.messages import PostState
from db.engine import transaction
from db.settings import settings
from db.table import change
from tests.commands.conftest import Run, error
from tests.letters import queue, states
from tests.postbox import REFUSED, Postbox, listening
from tests.recruits import some_customers


@pytest.fixture
def letters(ready: Path) -> None:
    """Three letters in an installation that others can reach; one address takes none."""
    with transaction() as session:
        rows = some_customers(session, 3)
        change(rows[0], email=REFUSED)
        for row in rows:
            queue(session, row)


def with_server(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    monkeypatch.setenv("CASEWORK_DEMO", "0")
    monkeypatch.setenv("BASE_URL", "https://studio.example")
    monkeypatch.setenv("SMTP_URL", f"smtp://{server}?from=nora@studio.example")
    settings.cache_clear()


def test_send_sends_everything_and_says_what_became_of_it(
    run: Run, letters: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    postbox = Postbox()
    with listening(postbox) as server:
        with_server(monkeypatch, server)
        assert run("outbox", "send").stdout == (
            "Letters: 2 sent, 1 refused, 0 to be tried again. Webhooks: 0 told.\n"
        )
        assert run("outbox", "send").stdout.startswith("Letters: 0 sent, 0 refused")
    assert len(postbox.letters) == 2


def test_without_a_server_send_says_what_to_set(run: Run, letters: None) -> None:
    assert "Set SMTP_URL, or download the letters." in error(run("outbox", "send"))


def test_list_shows_where_letters_stand_and_retry_puts_one_back(
    run: Run, letters: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(Postbox()) as server:
        with_server(monkeypatch, server)
        run("outbox", "send")
    output = run("outbox", "list", "--state", "bounced").stdout
    assert output.startswith("2 sent, 1 came back\n")
    assert "nobody@example.com  Thank-you: To Person 0  (The mail server said: 550" in output
    (row,) = json.loads(run("outbox", "list", "--state", "bounced", "--format", "json").stdout)
    assert (row["state"], row["email"], row["attempts"]) == ("bounced", REFUSED, 1)
    done = run("outbox", "retry", str(row["id"]))
    assert done.stderr == f"Letter {row['id']} waits to be sent.\n"
    with transaction() as session:
        assert states(session)[0] is PostState.QUEUED


@pytest.mark.parametrize("words", [("retry", "99"), ("retry", "2")])
def test_a_letter_that_is_not_there_or_needs_no_try_is_one_line(
    run: Run, letters: None, words: tuple[str, str]
) -> None:
    assert error(run("outbox", *words))


def test_an_empty_outbox_says_so(run: Run, ready: Path) -> None:
    assert run("outbox", "list").stdout == "The outbox is empty.\n"
