"""Facts about webhooks: told once, signed, tried again, never led inside."""

import json
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import col, select

from casework.errors import Closed, Invalid, NotAllowed, NotFound
from casework.messages import LEASE, MOST_ATTEMPTS, Event, PostState, WebhookFormat, pause
from casework.messages.events import Payload
from casework.messages.refusals import Fate, Outcome
from casework.messages.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, is_genuine
from casework.roles import Actor, Role
from db import notices, webhooks
from db.engine import Database
from db.webhook_calls import call
from db.webhooks import NoticeRow
from tests.betas import NOW, OWNER
from tests.listener import Listener, hearing

SECRET = "sixteen letters or more"
FACTS: Payload = {"study": "santa-run", "answers": 3}


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def url(listener: Listener) -> Iterator[str]:
    with hearing(listener) as address:
        yield f"{address}/hook?a=b"


def subscribe(
    database: Database,
    url: str,
    form: WebhookFormat = WebhookFormat.JSON,
    events: tuple[Event, ...] = (Event.ANSWER_RECEIVED,),
) -> int:
    with database() as session:
        row = webhooks.subscribe(
            session, OWNER, url, events, form, secret=SECRET, private_allowed=False, now=NOW
        )
        return row.id or 0


def publish(database: Database, key: str = "answer 1", event: str = "answer.received") -> int:
    with database() as session:
        return webhooks.publish(session, event, FACTS, key=key, now=NOW)


def deliver(database: Database, after: timedelta = timedelta()) -> Counter[Fate]:
    return notices.deliver(database, private_allowed=False, clock=lambda: NOW + after)


def kept(database: Database) -> list[NoticeRow]:
    with database() as session:
        return list(session.exec(select(NoticeRow).order_by(col(NoticeRow.id))))


def test_whoever_listens_is_told_once_with_a_signature_they_can_check(
    database: Database, url: str, listener: Listener
) -> None:
    subscribe(database, url)
    assert [publish(database) for _ in range(3)] == [1, 1, 1]
    assert deliver(database) == Counter({Fate.TAKEN: 1})
    assert deliver(database) == Counter()
    (told,) = listener.told
    assert told.path == "/hook?a=b"
    assert json.loads(told.body)["data"] == FACTS
    assert told.headers["Content-Type"] == "application/json"
    assert told.headers["Casework-Event"] == "answer.received"
    assert told.headers["Casework-Id"] == "answer 1"
    timestamp = int(told.headers[TIMESTAMP_HEADER])
    assert timestamp == int(NOW.timestamp())
    given = told.headers[SIGNATURE_HEADER]
    assert is_genuine(SECRET, timestamp, told.body, given, now=timestamp)
    assert not is_genuine("another", timestamp, told.body, given, now=timestamp)
    assert [(row.state, row.sent_at) for row in kept(database)] == [(PostState.SENT, NOW)]


def test_nobody_hears_of_what_they_did_not_ask_for(database: Database, url: str) -> None:
    assert publish(database) == 0
    subscribe(database, url, events=(Event.DECISION_MADE,))
    assert publish(database) == 0
    with database() as session:
        assert webhooks.listening(session, Event.DECISION_MADE)
        assert not webhooks.listening(session, Event.ANSWER_RECEIVED)


def test_slack_gets_its_one_field(database: Database, url: str, listener: Listener) -> None:
    subscribe(database, url, WebhookFormat.SLACK)
    publish(database)
    deliver(database)
    assert json.loads(listener.told[0].body) == {
        "text": "Answer received: study santa-run, answers 3"
    }


def test_a_refusal_is_tried_again_with_the_same_bytes_and_given_up_in_the_end(
    database: Database, url: str, listener: Listener
) -> None:
    listener.status = 503
    number = subscribe(database, url)
    publish(database)
    assert deliver(database) == Counter({Fate.LATER: 1})
    (row,) = kept(database)
    assert row.due_at == NOW + pause(f"{number} answer 1", 1)
    assert row.reason == "It answered 503 Service Unavailable."
    assert deliver(database) == Counter()
    while (row := kept(database)[0]).due_at is not None:
        deliver(database, row.due_at - NOW)
    assert (row.state, row.attempts) == (PostState.FAILED, MOST_ATTEMPTS)
    assert len({told.body for told in listener.told}) == 1
    listener.status = 200
    with database() as session:
        webhooks.retry(session, OWNER, row.id or 0, now=NOW)
    assert deliver(database) == Counter({Fate.TAKEN: 1})
    with database() as session, pytest.raises(Closed):
        webhooks.retry(session, OWNER, row.id or 0, now=NOW)


def test_whoever_answers_gone_is_not_called_again(
    database: Database, url: str, listener: Listener
) -> None:
    listener.status = 410
    subscribe(database, url)
    publish(database)
    assert deliver(database) == Counter({Fate.NEVER: 1})
    assert kept(database)[0].state is PostState.FAILED


def test_a_way_elsewhere_is_not_followed(database: Database, url: str, listener: Listener) -> None:
    listener.status, listener.elsewhere = 307, "http://169.254.169.254/latest"
    subscribe(database, url)
    publish(database)
    assert deliver(database) == Counter({Fate.LATER: 1})
    assert len(listener.told) == 1


def test_a_stopped_webhook_is_told_nothing_more(
    database: Database, url: str, listener: Listener
) -> None:
    number = subscribe(database, url)
    publish(database)
    with database() as session:
        webhooks.stop(session, OWNER, number, now=NOW)
    assert publish(database, "answer 2") == 0
    assert deliver(database) == Counter()
    assert [row.state for row in kept(database)] == [PostState.DROPPED]
    assert listener.told == []


def test_a_test_tells_whether_the_address_hears(
    database: Database, url: str, listener: Listener
) -> None:
    number = subscribe(database, url)
    with database() as session:
        webhooks.try_out(session, OWNER, number, now=NOW)
        with pytest.raises(NotFound):
            webhooks.try_out(session, OWNER, 999, now=NOW)
    deliver(database)
    assert json.loads(listener.told[0].body)["event"] == "test"


def test_of_two_senders_one_has_a_notice_until_its_lease_is_over(
    database: Database, url: str
) -> None:
    subscribe(database, url)
    publish(database)
    with database() as session:
        slow = notices.claim(session, now=NOW)
    with database() as session:
        assert notices.claim(session, now=NOW) is None
    with database() as session:
        quick = notices.claim(session, now=NOW + LEASE)
    assert slow is not None
    assert quick is not None
    with database() as session:
        assert not notices.settle(session, slow, Outcome(fate=Fate.TAKEN), now=NOW)
        assert notices.settle(session, quick, Outcome(fate=Fate.TAKEN), now=NOW)


@pytest.mark.parametrize(
    ("url", "events", "secret", "says"),
    [
        ("http://example.org/hook", (Event.TEST,), "", "https"),
        ("https://example.org/hook", (), "", "at least one event"),
        ("https://example.org/hook", (Event.TEST,), "short", "16 characters"),
    ],
)
def test_a_wrong_webhook_is_refused_with_what_to_mend(
    database: Database, url: str, events: tuple[Event, ...], secret: str, says: str
) -> None:
    with database() as session, pytest.raises(Invalid, match=says):
        webhooks.subscribe(
            session,
            OWNER,
            url,
            events,
            WebhookFormat.JSON,
            secret=secret,
            private_allowed=False,
            now=NOW,
        )


def test_a_webhook_without_a_secret_is_given_a_long_one_and_customers_make_none(
    database: Database,
) -> None:
    guest = Actor(role=Role.CUSTOMER, name="Ada")
    url, form = "https://example.org/hook", WebhookFormat.JSON
    with database() as session:
        row = webhooks.subscribe(
            session, OWNER, url, [Event.TEST], form, private_allowed=False, now=NOW
        )
        assert len(row.secret) >= 43
        with pytest.raises(NotAllowed):
            webhooks.subscribe(
                session, guest, url, [Event.TEST], form, private_allowed=False, now=NOW
            )


def test_a_name_that_leads_inside_is_not_called() -> None:
    own_name = socket.gethostname()
    outcome = call(f"https://{own_name}:1/hook", b"{}", {}, private_allowed=False)
    assert outcome.fate in (Fate.NEVER, Fate.LATER)
    inside = call("https://10.0.0.1/hook", b"{}", {}, private_allowed=False)
    assert inside.fate is Fate.NEVER
    assert "private network" in inside.reason
    for other in ("https://0.0.0.0/", "https://[::ffff:127.0.0.1]/", "https://2130706433/"):
        assert call(other, b"{}", {}, private_allowed=False).fate is Fate.NEVER


def test_nobody_there_is_a_reason_to_try_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    outcome = call(f"http://127.0.0.1:{port}/", b"{}", {}, private_allowed=False)
    assert outcome.fate is Fate.LATER
    unknown = call("https://nobody.invalid/", b"{}", {}, private_allowed=False)
    assert unknown.fate is Fate.LATER
    assert "cannot be found" in unknown.reason
