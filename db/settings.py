"""What an installation is told from outside: the one place that reads the environment."""

import ipaddress
import os
import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from casework.errors import Invalid
from casework.record import Record

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
SECRET_LENGTH = 32
LAST_PORT = 65_535
YES = frozenset({"1", "true", "yes", "on"})


class Settings(Record):
    """One installation, as its environment describes it; docs/settings.md is the table."""

    database_url: str
    secret_key: SecretStr | None
    demo: bool
    storage_url: str
    smtp_url: str | None
    base_url: str
    worker: bool
    private_webhooks: bool
    host: str
    port: int

    @property
    def behind_tls(self) -> bool:
        """Whether browsers reach this installation by HTTPS."""
        return self.base_url.startswith("https://")

    @property
    def on_loopback(self) -> bool:
        """Whether `base_url` can be opened on this machine only."""
        return is_loopback(urlsplit(self.base_url).hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself; 0.0.0.0 is not."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read(environment: Mapping[str, str]) -> Settings:
    """The settings an environment describes, with the defaults of a laptop.

    Raises:
        Invalid: when demo mode meets an address that others can reach, or PORT is no port.
    """
    host, port = environment.get("HOST") or "127.0.0.1", _port(environment.get("PORT") or "8501")
    found = Settings(
        database_url=environment.get("DATABASE_URL") or f"sqlite:///{DATA / 'casework.db'}",
        secret_key=SecretStr(key) if (key := environment.get("CASEWORK_SECRET_KEY")) else None,
        demo=environment.get("CASEWORK_DEMO", "").lower() in YES,
        storage_url=environment.get("STORAGE_URL") or f"file://{DATA / 'files'}",
        smtp_url=environment.get("SMTP_URL") or None,
        base_url=(environment.get("BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/"),
        worker=(environment.get("CASEWORK_WORKER") or "1").lower() in YES,
        private_webhooks=environment.get("CASEWORK_PRIVATE_WEBHOOKS", "").lower() in YES,
        host=host,
        port=port,
    )
    if found.demo and not (found.on_loopback and is_loopback(host)):
        raise Invalid(
            "Demo mode signs anybody in, so it stays on this machine: unset CASEWORK_DEMO, "
            "or give HOST and BASE_URL a loopback address."
        )
    return found


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= LAST_PORT:
        raise Invalid(f"PORT is “{text}”; give a number from 1 to {LAST_PORT}.")
    return int(text)


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return read(os.environ)


@cache
def signing_key() -> str:
    """What signs cookies, forms and download links; in demo mode made once under `data/`.

    Raises:
        Invalid: outside demo mode without a secret of 32 characters or more.
    """
    return key_for(settings(), DATA / "demo-secret")


def key_for(found: Settings, demo_file: Path) -> str:
    """The signing key of an installation; `demo_file` keeps the one demo mode makes up.

    Raises:
        Invalid: outside demo mode without a secret of 32 characters or more.
    """
    given = found.secret_key.get_secret_value() if found.secret_key else ""
    if len(given) >= SECRET_LENGTH:
        return given
    if found.demo and not given:
        return _kept_secret(demo_file)
    raise Invalid(
        f"Set CASEWORK_SECRET_KEY to {SECRET_LENGTH} random characters or more "
        "(openssl rand -hex 32 prints some), or CASEWORK_DEMO=1 to try Casework on this machine."
    )


def _kept_secret(path: Path) -> str:
    """The secret in a file only its owner can read, made when missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        made = secrets.token_hex(SECRET_LENGTH)
        file.write(made)
    return made
