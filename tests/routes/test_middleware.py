"""Facts about every response, every request's size, and what logs may keep."""

import logging
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from routes.middleware import (
    LIMIT_BYTES,
    POLICY,
    UPLOADS,
    RedactLinks,
    RequestLimit,
    redact_logs,
)


async def count(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def counting() -> TestClient:
    routes = [Route("/{path:path}", count, methods=["POST", "PUT"])]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(RequestLimit)]))


def test_every_answer_keeps_other_sites_out(client: TestClient) -> None:
    for path in ("/healthz", "/auth/sign-in", "/i/unknown", "/nowhere"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_no_script_runs_inline_but_streamlits_own() -> None:
    scripts = next(part for part in POLICY.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "'sha256-" in scripts
    assert "http" not in POLICY


def test_two_megabytes_pass_and_one_byte_more_does_not(counting: TestClient) -> None:
    assert counting.post("/a", content=bytes(LIMIT_BYTES)).text == str(LIMIT_BYTES)
    assert counting.post("/a", content=bytes(LIMIT_BYTES + 1)).status_code == 413


def test_a_request_that_hides_its_size_is_stopped_while_it_arrives(counting: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(64):
            yield bytes(65_536)

    assert counting.post("/a", content=endless()).status_code == 413


@pytest.mark.parametrize("length", ["-1", "many"])
def test_a_length_that_is_none_is_refused(counting: TestClient, length: str) -> None:
    answer = counting.post("/a", content=b"x", headers={"Content-Length": length})
    assert answer.status_code == 413


def test_builds_and_tables_are_uploaded_beyond_the_limit(counting: TestClient) -> None:
    answer = counting.put(f"{UPLOADS}session/file", content=bytes(LIMIT_BYTES + 1))
    assert answer.text == str(LIMIT_BYTES + 1)


def test_who_reads_the_log_learns_no_link(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(RedactLinks())
    log = logging.getLogger("uvicorn.access")
    log.warning('%s - "%s %s HTTP/%s" %d', "127.0.0.1", "GET", "/i/s3cret-token?x=1", "1.1", 303)
    log.warning("GET /download/ey.J0.x HTTP/1.1 and https://ask.example/i/s3cret-token")
    assert "s3cret" not in caplog.text
    assert "ey.J0.x" not in caplog.text
    assert '"GET /i/…?x=1 HTTP/1.1" 303' in caplog.text


def test_every_handler_gets_the_filter_once() -> None:
    handler = logging.StreamHandler()
    logger = logging.getLogger("tests.redaction")
    logger.addHandler(handler)
    redact_logs()
    redact_logs()
    assert sum(isinstance(kept, RedactLinks) for kept in handler.filters) == 1
    logger.removeHandler(handler)
