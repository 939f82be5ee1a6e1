"""Find a browser for the journeys, or install one; prints where it is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FAILED = """No browser was found and none could be installed. The journeys need one:
  Debian, Ubuntu:  sudo apt-get install chromium
  macOS, Windows:  install Google Chrome, or run: .venv/bin/playwright install chromium
Then run make test again."""


def find() -> Path | None:
    """A Chromium or Chrome on PATH, or the one Playwright keeps; None when there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else playwrights_own()


def playwrights_own() -> Path | None:
    """Where Playwright keeps its browser, if it was ever installed there."""
    # Only here: nobody with a browser on PATH should wait for Playwright to start.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def install() -> None:
    """Install one: by apt as root on Debian and Ubuntu, otherwise by Playwright."""
    by_apt = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    if shutil.which("apt-get") and os.geteuid() == 0:
        run(["apt-get", "update"])
        run(by_apt)
    if find() is None:
        run([sys.executable, "-m", "playwright", "install", "chromium"])


def run(command: list[str]) -> None:
    """Run a command, showing what it is; its failure is judged by what can be found after."""
    print("$", " ".join(command), file=sys.stderr, flush=True)
    subprocess.run(command, check=False, stdout=sys.stderr)


def main() -> int:
    """Exit 0 with the browser's path on the output, or 1 with what to do."""
    if find() is None:
        install()
    found = find()
    print(found or FAILED, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
