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


def attempts(
    versions: Sequence[Version], received: Mapping[str, Sequence[datetime]]
) -> tuple[Attempt, ...]:
    """All attempts of a study in the order of registration.

    `received` holds, by build version, when each participant's first answer came.
    """
    ordered = sorted(versions, key=lambda one: one.registration.version)
    found = [
        _attempt(version, _successor(version, ordered), received.get(version.build, ()))
        for version in ordered
    ]
    began = {
        build: _began_late([v for v in ordered if v.build == build], received.get(build, ()))
        for build in {version.build for version in ordered}
    }
    kept = [one for one in found if one.current or one.answers]
    return tuple(
        one.model_copy(update={"number": i, "of": len(kept), "late": began[one.build]})
        for i, one in enumerate(kept, start=1)
    )


def false_go_over(count: int, alpha: float = 0.05) -> float:
    """The most that the chance of any false GO can be over so many attempts, in [0, 1].

    Source: Boole's inequality, min(1, k·α).
    """
    return min(1.0, count * alpha)


def _successor(version: Version, ordered: Sequence[Version]) -> Version | None:
    later = (
        one
        for one in ordered
        if one.build == version.build and one.registration.version > version.registration.version
    )
    return next(later, None)


def _attempt(version: Version, successor: Version | None, received: Sequence[datetime]) -> Attempt:
    since = version.registration.at
    until = successor.registration.at if successor else None
    return Attempt(
        build=version.build,
        registration=version.registration,
        since=since,
        until=until,
        late=False,
        answers=sum(since < at and (until is None or at <= until) for at in received),
        number=1,
        of=1,
    )


def _began_late(of_build: Sequence[Version], received: Sequence[datetime]) -> bool:
    """Whether answers had begun when the build's first criteria came; no later version heals it."""
    return bool(received) and min(received) <= of_build[0].registration.at
