"""Facts about the whole app as a server offers it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import db.engine
import db.settings
from tests.conftest import ROOT, SECRET


@pytest.fixture(scope="module")
def whole(empty_sqlite: Path) -> Iterator[TestClient]:
    """The app with Streamlit in it, which starts once per process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{empty_sqlite}")
        patch.setenv("CASEWORK_SECRET_KEY", SECRET)
        patch.setenv("CASEWORK_DEMO", "0")
        for cached in (db.settings.settings, db.settings.signing_key, db.engine.engine):
            cached.cache_clear()
        from app import app

        with TestClient(app, follow_redirects=False) as client:
            yield client
    for cached in (db.settings.settings, db.settings.signing_key, db.engine.engine):
        cached.cache_clear()


def test_streamlit_answers_with_our_headers_and_our_mark(whole: TestClient) -> None:
    page = whole.get("/")
    assert page.status_code == 200
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "<svg" in whole.get("/favicon.png").text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/healthz", 200), ("/auth/sign-in", 200), ("/i/nobody", 410), ("/download/nothing", 403)],
)
def test_our_routes_answer_beside_streamlit(whole: TestClient, path: str, status: int) -> None:
    assert whole.get(path).status_code == status


def test_a_large_form_is_turned_away_before_anything_reads_it(whole: TestClient) -> None:
    assert whole.post("/auth/sign-in", content=bytes(3_000_000)).status_code == 413


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({}, "Set CASEWORK_SECRET_KEY to 32 random characters or more"),
        ({"CASEWORK_SECRET_KEY": "short"}, "Set CASEWORK_SECRET_KEY"),
        ({"CASEWORK_DEMO": "1", "BASE_URL": "https://ask.studio.example"}, "Demo mode"),
        ({"CASEWORK_DEMO": "1", "HOST": "0.0.0.0"}, "Demo mode"),  # noqa: S104
    ],
)
def test_a_half_configured_installation_stops_with_one_line(
    environment: dict[str, str], line: str
) -> None:
    bare = {"PATH": os.environ["PATH"]}
    ended = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=bare | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert line in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
