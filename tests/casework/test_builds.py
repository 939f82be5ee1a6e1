"""Facts about what a build may be called and what platforms take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casework.builds import (
    LONGEST_NAME,
    Build,
    Platform,
    link,
    offered_to,
    require_file_platform,
    safe_file_name,
)
from casework.errors import Invalid
from tests.betas import NOW


@given(st.text(max_size=300))
def test_a_safe_name_is_one_plain_file_name_or_refused(name: str) -> None:
    try:
        safe = safe_file_name(name)
    except Invalid:
        return
    assert 1 <= len(safe) <= LONGEST_NAME
    assert not set(safe) & set("/\\:\"'\r\n\0 %;")
    assert not safe.startswith((".", "-"))
    assert safe_file_name(safe) == safe


@pytest.mark.parametrize("name", ["", ".", "..", "../..", "///", "---", "\0", "…"])
def test_a_name_of_signs_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="letters or digits"):
        safe_file_name(name)


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_file_name("x" * 300 + ".apk").endswith("x.apk")


@pytest.mark.parametrize("version", ["", " 1", "-1", "1/2", "1" * 41, "1 2"])
def test_a_version_is_a_short_plain_mark(version: str) -> None:
    with pytest.raises(ValidationError):
        Build(version=version, added_at=NOW)


def test_a_link_is_kept_as_https() -> None:
    made = link(Platform.IOS, "  https://testflight.apple.com/join/abc ")
    assert made.url == "https://testflight.apple.com/join/abc"
    assert made.file_name is None


@pytest.mark.parametrize("url", ["http://x.org", "ftp://x.org", "x.org", "javascript:alert(1)"])
def test_no_other_link_is_taken(url: str) -> None:
    with pytest.raises(Invalid, match="https://"):
        link(Platform.ANDROID, url)


def test_only_what_installs_files_takes_files() -> None:
    takes = set()
    for platform in Platform:
        try:
            require_file_platform(platform)
        except Invalid:
            continue
        takes.add(platform)
    assert takes == set(Platform) - {Platform.IOS, Platform.WEB}


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ("Android", Platform.ANDROID),
        (" iPhone ", Platform.IOS),
        ("pc", Platform.WINDOWS),
        ("Mac", Platform.MACOS),
    ],
)
def test_a_known_platform_gets_its_own_and_the_web(told: str, own: Platform) -> None:
    assert offered_to(told) == {own, Platform.WEB}


@pytest.mark.parametrize("told", ["unknown", "Dreamcast", ""])
def test_who_told_no_platform_we_know_chooses_among_all(told: str) -> None:
    assert offered_to(told) == set(Platform)


def test_platforms_are_shown_as_they_are_written() -> None:
    assert [p.label for p in Platform] == ["Android", "iOS", "Windows", "macOS", "Linux", "Web"]
