"""Facts about being watched over."""

import pytest
from starlette.testclient import TestClient

import db.engine
import db.settings


def test_a_working_installation_says_so(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (200, "ok")


def test_an_installation_without_its_database_says_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/none?connect_timeout=1")
    db.settings.settings.cache_clear()
    db.engine.engine.cache_clear()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, "no answer")


@pytest.mark.parametrize("path", ["/favicon.svg", "/favicon.png"])
def test_our_mark_comes_from_here(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "<svg" in answer.text
