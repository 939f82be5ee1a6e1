"""A version of the game and where testers get it."""

import re
from enum import StrEnum
from pathlib import PureWindowsPath

from pydantic import Field, HttpUrl, TypeAdapter, ValidationError

from casework.customers import UNKNOWN
from casework.errors import Invalid
from casework.record import Line, Moment, Prose, Record


class Platform(StrEnum):
    """What a build runs on."""

    ANDROID = "android"
    IOS = "ios"
    WINDOWS = "windows"
    MACOS = "macos"
    LINUX = "linux"
    WEB = "web"

    @property
    def label(self) -> str:
        """As shown to people."""
        return {"ios": "iOS", "macos": "macOS"}.get(self.value, self.value.capitalize())


LINK_ONLY = frozenset({Platform.IOS, Platform.WEB})
"""Platforms that install no file from us: iOS needs a TestFlight link, the web an address."""


LONGEST_NAME = 100

_SPOKEN = {
    "iphone": Platform.IOS,
    "ipad": Platform.IOS,
    "apple": Platform.IOS,
    "google": Platform.ANDROID,
    "pc": Platform.WINDOWS,
    "mac": Platform.MACOS,
    "browser": Platform.WEB,
}


def offered_to(platform: str) -> frozenset[Platform]:
    """What somebody with this platform on file may get: their own and the web, which runs anywhere.

    A platform that nobody told us, or that we do not know, gets everything to choose from.
    """
    told = platform.strip().lower()
    if told == UNKNOWN or told not in {*Platform, *_SPOKEN}:
        return frozenset(Platform)
    return frozenset({_SPOKEN.get(told) or Platform(told), Platform.WEB})


class Build(Record):
    """One version under test, such as 0.9.1."""

    version: str = Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._+-]{0,39}$")
    notes: Prose = ""
    added_at: Moment


class Artifact(Record):
    """What a tester on one platform gets: a stored file or a link, never both."""

    platform: Platform
    url: str | None = Field(default=None, max_length=2_000)
    file_name: Line | None = None
    size_bytes: int | None = Field(default=None, ge=1)
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    storage_key: str | None = None


def link(platform: Platform, url: str) -> Artifact:
    """A link-out such as TestFlight, a Play test track or a Steam page. Raises: Invalid."""
    try:
        checked = TypeAdapter(HttpUrl).validate_python(url.strip())
    except ValidationError:
        raise Invalid("The link must be a whole address that begins with https://.") from None
    if checked.scheme != "https":
        raise Invalid("The link must begin with https:// so that nobody can change it on the way.")
    return Artifact(platform=platform, url=str(checked))


def require_file_platform(platform: Platform) -> None:
    """Refuse a file where a platform installs none. Raises: Invalid."""
    if platform in LINK_ONLY:
        raise Invalid(f"{platform.label} takes no file: give a link, such as TestFlight's.")


def safe_file_name(name: str) -> str:
    """A file name that names nothing but a file: no folder, control sign or hidden start.

    At most 100 characters; the ending stays. Raises: Invalid when nothing is left.
    """
    last = PureWindowsPath(name.replace("\x00", "")).name
    kept = re.sub(r"[^\w.+-]+", "-", last).strip(".-")
    if not re.search(r"\w", kept):
        raise Invalid("The file needs a name of letters or digits, such as santa-run-0.9.1.apk.")
    return kept if len(kept) <= LONGEST_NAME else kept[: LONGEST_NAME - 12] + kept[-12:]


class DownloadGrant(Record):
    """That one participant may fetch one artifact until a time; signed into the address."""

    participant_id: int
    artifact_id: int
    expires_at: Moment
