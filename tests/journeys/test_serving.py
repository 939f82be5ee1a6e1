"""All three ways of serving lead to the same welcome page."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT, SECRET
from tests.journeys.conftest import free_port, wait_for

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "uvicorn", "app:app", "--port", "{port}"],
        ["-m", "streamlit", "run", "app.py", "--server.port", "{port}"],
    ],
    ids=["uvicorn", "streamlit"],
)
def test_it_serves_as_well_as_python_app_py(
    command: list[str], browser: Browser, empty_sqlite: Path, tmp_path: Path
) -> None:
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{empty_sqlite}",
        "CASEWORK_SECRET_KEY": SECRET,
        "CASEWORK_DEMO": "1",
    }
    words = [word.format(port=port) for word in command]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603 - our own three commands
            [sys.executable, *words], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process, tmp_path / "log")
            with browser.new_context() as context:
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{port}/")
                expect(page.get_by_role("button", name="I run studies")).to_be_visible()
                secret = "a-token-nobody-may-read-in-a-log"
                context.request.get(f"http://127.0.0.1:{port}/i/{secret}")
        finally:
            process.terminate()
            process.wait(timeout=10)
    assert secret not in (tmp_path / "log").read_text()
