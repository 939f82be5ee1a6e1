"""Facts about webhooks: what they carry, how they are signed, where they may lead."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from casework.errors import Invalid
from casework.messages.destinations import check_destination, may_reach
from casework.messages.events import Event, WebhookFormat, event_of, facts_of, sentence, write
from casework.messages.signature import (
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    is_genuine,
    sign,
)
from casework.record import Record
from db import clock
from tests.conftest import ROOT

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
KNOWN = "sha256=099d33989336226b12c85da813adf6100e1bbab1e91bede9a41ddeb7882d66b8"


def test_a_notice_says_what_when_and_the_facts() -> None:
    body = write(
        Event.DECISION_MADE, {"study": "santa-run"}, WebhookFormat.JSON, key="decision 7", at=NOW
    )
    assert json.loads(body) == {
        "id": "decision 7",
        "event": "decision.made",
        "at": "2026-10-01T12:00:00+00:00",
        "data": {"study": "santa-run"},
    }


def test_slack_gets_one_sentence_that_mentions_nobody() -> None:
    facts = {"text": "Santa <!channel> & co"}
    body = write(Event.VERDICT_CHANGED, facts, WebhookFormat.SLACK, key="k", at=NOW)
    assert json.loads(body) == {"text": "Santa &lt;!channel&gt; &amp; co"}


def test_without_a_sentence_the_facts_are_told_one_by_one() -> None:
    told = sentence(Event.ANSWER_RECEIVED, {"study": "santa-run", "answers": 12})
    assert told == "Answer received: study santa-run, answers 12"


def test_unknown_events_and_nested_facts_are_refused() -> None:
    class Nested(Record):
        inner: dict[str, int]

    with pytest.raises(Invalid, match=r"no event “verdict.lost”.*verdict.changed"):
        event_of("verdict.lost")
    with pytest.raises(Invalid, match="plain facts"):
        facts_of(Nested(inner={"a": 1}))


def test_the_signature_is_the_hmac_of_time_and_body() -> None:
    """Worked with: printf '1790000000.{}' | openssl dgst -sha256 -hmac key."""
    assert sign("key", 1_790_000_000, b"{}") == KNOWN


@pytest.mark.parametrize(
    ("secret", "timestamp", "body", "now", "genuine"),
    [
        ("key", 1000, b"{}", 1000, True),
        ("key", 1000, b"{}", 1300, True),
        ("key", 1000, b"{}", 1301, False),
        ("key", 1001, b"{}", 1000, False),
        ("other", 1000, b"{}", 1000, False),
        ("key", 1000, b"{ }", 1000, False),
    ],
)
def test_a_forged_changed_or_stale_notice_is_told_apart(
    secret: str, timestamp: int, body: bytes, now: int, *, genuine: bool
) -> None:
    given = sign("key", 1000, b"{}")
    assert is_genuine(secret, timestamp, body, given, now=now) is genuine


def test_the_example_in_the_documents_checks_what_casework_signs() -> None:
    page = (ROOT / "docs/webhooks.md").read_text(encoding="utf-8")
    code = page.partition("```python\n")[2].partition("```")[0]
    told: dict[str, Callable[[str, dict[str, str], bytes], bool]] = {}
    exec(code, told)  # noqa: S102 - our own page
    timestamp = int(clock.now().timestamp())
    headers = {
        TIMESTAMP_HEADER: str(timestamp),
        SIGNATURE_HEADER: sign("key", timestamp, b"{}"),
    }
    assert told["is_genuine"]("key", headers, b"{}")
    assert not told["is_genuine"]("key", headers, b"[]")
    assert not told["is_genuine"]("other", headers, b"{}")


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com/services/T/B/x",
        "https://example.org:8443/a?b=c",
        "http://localhost:9000/hook",
        "http://127.0.0.1/hook",
        "http://[::1]:80/hook",
    ],
)
def test_the_open_by_https_and_this_machine_may_be_told(url: str) -> None:
    check_destination(url, private_allowed=False)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://example.org/hook", "https"),
        ("http://10.0.0.1/hook", "https"),
        ("ftp://example.org", "https"),
        ("file:///etc/passwd", "no address"),
        ("https://", "no address"),
        ("hook", "no address"),
        ("https://example.org/a b", "no address"),
        ("https://example.org/\r\nX: y", "no address"),
        ("https://example.org:99999/", "no address"),
        ("https://[::1", "no address"),
        ("https://user:word@example.org/", "user and password"),
        (f"https://example.org/{'a' * 500}", "no address"),
    ],
)
def test_any_other_address_is_refused(url: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        check_destination(url, private_allowed=False)


def test_inside_plain_http_is_fine_once_it_was_allowed() -> None:
    check_destination("http://10.0.0.1/hook", private_allowed=True)


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.7",
        "169.254.169.254",
        "100.64.0.1",
        "127.0.0.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
    ],
)
def test_a_public_name_that_leads_inside_is_not_followed(address: str) -> None:
    assert not may_reach(address, host="example.org", private_allowed=False)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111"])
def test_public_addresses_may_be_reached(address: str) -> None:
    assert may_reach(address, host="example.org", private_allowed=False)


def test_this_machine_is_reached_by_whoever_typed_it_so() -> None:
    assert may_reach("127.0.0.1", host="localhost", private_allowed=False)
    assert not may_reach("10.0.0.1", host="localhost", private_allowed=False)


def test_what_is_allowed_inside_never_includes_the_keys_of_a_cloud() -> None:
    assert may_reach("10.0.0.1", host="hooks.internal", private_allowed=True)
    assert not may_reach("169.254.169.254", host="hooks.internal", private_allowed=True)
