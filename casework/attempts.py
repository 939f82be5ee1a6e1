"""Which registered versions of the launch criteria are attempts, and which answers each may count.

A version counts only answers to its build that came after it was registered. A version replaced
before any answer came was never an attempt. Each attempt is one more chance of a false GO, so all
of them are shown.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import ValidationError

from casework.criteria import LaunchCriteria, Registration
from casework.record import Moment, Record


class Version(Record):
    """One registered version of a study's criteria and the build it is for."""

    build: str
    registration: Registration


class Window(Record):
    """When answers to a version's build are its own: after `since` and up to `until`.

    `until` is None for the newest version of its build.
    """

    version: int
    build: str
    since: Moment
    until: Moment | None


class Attempt(Record):
    """A version that answers are judged by.

    It counts answers received after `since` and up to `until` (None for the build's current
    attempt). `late` means that the build's answers began before its first criteria: its verdict is
    INVALID. `number` counts from 1 up to `of`, over all builds of the study.
    """

    build: str
    registration: Registration
    since: Moment
    until: Moment | None
    late: bool
    answers: int
    number: int
    of: int

    @property
    def closes_at(self) -> datetime:
        """The registered closing time; an unreadable text was never open."""
        try:
            return LaunchCriteria.model_validate_json(self.registration.text).closes_at
        except ValidationError:
            return self.since

    @property
    def current(self) -> bool:
        """Whether this is the newest version for its build."""
        return self.until is None


def windows(versions: Sequence[Version]) -> tuple[Window, ...]:
    """Which answers each version may count, in the order of registration."""
    ordered = sorted(versions, key=lambda one: one.registration.version)
    following: dict[str, datetime] = {}
    found: list[Window] = []
    for one in reversed(ordered):
        stored = one.registration
        until = following.get(one.build)
        found.append(Window(version=stored.version, build=one.build, since=stored.at, until=until))
        following[one.build] = stored.at
    return tuple(reversed(found))


def attempts(
    versions: Sequence[Version], first: Mapping[str, datetime], answers: Mapping[int, int]
) -> tuple[Attempt, ...]:
    """All attempts of a study in the order of registration.

    `first` holds, by build version, when the first answer of all came; `answers`, by the number of
    a version, how many participants' first answers came within its window.
    """
    stored = {one.registration.version: one.registration for one in versions}
    found = windows(versions)
    late = _began_late(found, first)
    kept = [one for one in found if one.until is None or answers.get(one.version, 0)]
    return tuple(
        Attempt(
            build=one.build,
            registration=stored[one.version],
            since=one.since,
            until=one.until,
            late=one.build in late,
            answers=answers.get(one.version, 0),
            number=number,
            of=len(kept),
        )
        for number, one in enumerate(kept, start=1)
    )


def false_go_over(count: int, alpha: float = 0.05) -> float:
    """The most that the chance of any false GO can be over so many attempts, in [0, 1].

    Source: Boole's inequality, min(1, k·α).
    """
    return min(1.0, count * alpha)


def _began_late(found: Sequence[Window], first: Mapping[str, datetime]) -> set[str]:
    """Builds whose answers had begun before their first criteria; no later version heals it."""
    begun: dict[str, datetime] = {}
    for one in found:
        begun.setdefault(one.build, one.since)
    return {build for build, since in begun.items() if build in first and first[build] <= since}
