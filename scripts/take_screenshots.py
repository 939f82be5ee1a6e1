"""Take every page anew into docs/screenshots: wide and narrow, light and dark.

It serves a fresh demonstration on a free port, comes in by each demo door and reads the list of
pages from where the shell reads it.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from casework.roles import Role
from pages.who import places_of
from scripts.find_browser import find

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs/screenshots"
WIDTHS = {1280: 900, 390: 844}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ROLES = (Role.OWNER, Role.CUSTOMER, Role.STUDENT)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
START_SECONDS = 120
TALLEST = 4_000
COLOURS = 128
FIRST_SIGHTS = (
    ("verdict", Role.OWNER, "/read_verdict?study=santa-run&build=0.9.0", 1280),
    ("listening", Role.OWNER, "/read_feedback?study=santa-run", 1280),
    ("invited", Role.CUSTOMER, "/", 390),
    ("case", Role.STUDENT, "/", 1280),
)


@contextmanager
def served() -> Iterator[str]:
    """A demonstration of its own, until the pictures are taken."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with TemporaryDirectory() as folder:
        told = {
            "DATABASE_URL": f"sqlite:///{folder}/casework.db",
            "STORAGE_URL": f"file://{folder}/files",
            "CASEWORK_DEMO": "1",
            "PORT": str(port),
        }
        process = subprocess.Popen(
            [sys.executable, "cli.py", "serve"], cwd=ROOT, env=os.environ | told
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def wait_for(url: str) -> None:
    """Until the address answers; gives up after two minutes."""
    for _ in range(START_SECONDS):
        try:
            urllib.request.urlopen(url)  # noqa: S310 - our own address
            return
        except urllib.error.URLError:
            time.sleep(1)
    sys.exit("The demonstration did not start.")


def addresses() -> Iterator[tuple[str, Role | None, str]]:
    """Name, visitor and path of every page; the first of a role has no address of its own."""
    yield "welcome", None, "/"
    yield "sign_in", None, "/auth/sign-in"
    for role in ROLES:
        places = [place for section in places_of(role).values() for place in section]
        for number, place in enumerate(places):
            path = f"/{place.address}" if number else "/"
            yield f"{role.value}-{place.address}", role, path


def shoot(browser: Browser, url: str) -> None:
    """One picture for each page, width and colour scheme."""
    for width, height in WIDTHS.items():
        for scheme in SCHEMES:
            for name, role, path in addresses():
                context = browser.new_context(
                    base_url=url,
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                )
                if role is not None:
                    context.request.post(f"/auth/demo/{role.value}")
                page = context.new_page()
                settle(page, path)
                unroll(page, width, height)
                page.screenshot(path=OUT / f"{name}-{width}-{scheme}.png", full_page=True)
                context.close()
                print(name, width, scheme)


def shoot_first_sights(browser: Browser, url: str) -> None:
    """What the README shows: the window as it opens, not the whole page."""
    for name, role, path, width in FIRST_SIGHTS:
        context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": WIDTHS[width]},
            reduced_motion="reduce",
        )
        context.request.post(f"/auth/demo/{role.value}")
        page = context.new_page()
        settle(page, path)
        page.screenshot(path=OUT / f"{name}.png")
        context.close()


def shrink() -> None:
    """A palette is enough for flat screens and leaves a third of the size."""
    for path in OUT.glob("*.png"):
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(COLOURS)
        small.save(path, optimize=True)


def settle(page: Page, path: str) -> None:
    """Open a page and wait until its script has run and its pictures are there."""
    page.goto(path)
    if not path.startswith("/auth/"):
        page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)


def unroll(page: Page, width: int, height: int) -> None:
    """Make the window as tall as the page, which scrolls inside it and not with it."""
    tall = page.evaluate("document.querySelector('[data-testid=stMain]')?.scrollHeight ?? 0")
    page.set_viewport_size({"width": width, "height": min(max(int(tall), height), TALLEST)})
    page.wait_for_timeout(400)


def main() -> None:
    """Take them all."""
    OUT.mkdir(parents=True, exist_ok=True)
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        shoot(browser, url)
        shoot_first_sights(browser, url)
        browser.close()
    shrink()


if __name__ == "__main__":
    main()
