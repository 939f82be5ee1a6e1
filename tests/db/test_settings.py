"""Facts about what an installation is told."""

import stat
from pathlib import Path

import pytest

from casework.errors import Invalid
from db.settings import Settings, is_loopback, key_for, read

LONG = "k" * 32


def test_nothing_set_means_a_laptop_with_sqlite(tmp_path: Path) -> None:
    found = read({})
    assert found.database_url.startswith("sqlite:///")
    assert found.base_url == "http://127.0.0.1:8501"
    assert (found.demo, found.smtp_url, found.behind_tls) == (False, None, False)


def test_the_own_address_follows_the_port_until_it_is_given() -> None:
    assert read({"PORT": "9000"}).base_url == "http://127.0.0.1:9000"
    public = read({"PORT": "9000", "BASE_URL": "https://ask.studio.example/"})
    assert (public.base_url, public.behind_tls) == ("https://ask.studio.example", True)


@pytest.mark.parametrize("port", ["0", "65536", "web", "-1"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(Invalid, match="PORT"):
        read({"PORT": port})


@pytest.mark.parametrize(
    "reachable",
    [{"BASE_URL": "https://ask.studio.example"}, {"HOST": "0.0.0.0"}],  # noqa: S104
)
def test_demo_mode_never_leaves_this_machine(reachable: dict[str, str]) -> None:
    assert not read(reachable).demo
    with pytest.raises(Invalid, match="stays on this machine"):
        read(reachable | {"CASEWORK_DEMO": "1"})


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104
        ("192.168.1.5", False),
        ("localhost.evil.example", False),
    ],
)
def test_this_machine_is_known_by_its_loopback_addresses(host: str, *, here: bool) -> None:
    assert is_loopback(host) is here


def installed(**environment: str) -> Settings:
    return read(environment)


@pytest.mark.parametrize("given", ["", "k" * 31])
def test_outside_demo_mode_a_secret_of_32_characters_is_a_must(tmp_path: Path, given: str) -> None:
    with pytest.raises(Invalid, match="CASEWORK_SECRET_KEY"):
        key_for(installed(CASEWORK_SECRET_KEY=given), tmp_path / "secret")
    assert key_for(installed(CASEWORK_SECRET_KEY=LONG), tmp_path / "secret") == LONG


def test_demo_mode_makes_a_secret_once_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "data" / "secret"
    made = key_for(installed(CASEWORK_DEMO="1"), file)
    assert len(made) >= 32
    assert key_for(installed(CASEWORK_DEMO="1"), file) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert key_for(installed(CASEWORK_DEMO="1"), tmp_path / "other") != made


def test_a_secret_is_not_printed_with_the_settings() -> None:
    assert LONG not in repr(installed(CASEWORK_SECRET_KEY=LONG))
