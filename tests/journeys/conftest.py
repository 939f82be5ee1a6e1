"""A served installation with the demonstration in it, and a real browser to visit it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.find_browser import find
from tests.conftest import ROOT, SECRET

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
START_SECONDS = 60
Visit = Callable[..., Page]


class Served(NamedTuple):
    """Where it is, and its database."""

    url: str
    database_url: str


@pytest.fixture(scope="session")
def served(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Casework in demo mode with the demonstration loaded, shared by the journeys of a worker."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(demonstration_file, folder / "casework.db")
    database_url = f"sqlite:///{folder / 'casework.db'}"
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "STORAGE_URL": f"file://{folder / 'files'}",
        "CASEWORK_SECRET_KEY": SECRET,
        "CASEWORK_DEMO": "1",
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
    }
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process, folder / "log")
            yield Served(f"http://127.0.0.1:{port}", database_url)
        finally:
            process.terminate()
            process.wait(timeout=10)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the installation answers; fails with its log when it never does."""
    for _ in range(START_SECONDS * 5):
        if process.poll() is not None:
            break
        try:
            if httpx2.get(url).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    pytest.fail(f"Casework did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser `make browser` finds."""
    found = find()
    if found is None:
        pytest.fail("There is no browser; run make browser.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS.split())
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Visit]:
    """Open a page as somebody: `visit("/recruit", role="owner", width=390)`.

    Each visit is a browser of its own; without a role nobody is signed in.
    """
    contexts: list[BrowserContext] = []

    def open_page(path: str = "/", *, role: str = "", width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=served.url, viewport={"width": width, "height": 844}, accept_downloads=True
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        if role:
            assert context.request.post(f"/auth/demo/{role}").ok
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
