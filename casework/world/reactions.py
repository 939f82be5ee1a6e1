"""What people feel about one version of Santa Run, and what they admit when asked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casework.world.people import World, stream

BEST_STARS = 4.65
"""Calibrated: with the scene changed and the difficulty a mixed group asked for, at least 85 % of
mixed testers give 4 or 5 stars, as the case asks of its world."""
HURT_COSTS = 2.4
DIFFICULTY_COSTS = 1.8
CRASH_COSTS = 0.9
ADMITS_WHEN_ASKED = 0.85
WRITES_UNASKED = 0.45
LIKING_TO_KEEP = 3.3
OTHER_OFFENCE = 0.002
"""One in five hundred is upset by something that no scene explains."""


@dataclass(frozen=True)
class Version:
    """What matters about a build: is Santa caught, how hard is it (0 to 1), how often it crashes.

    `crash_rate` is the share of testers who see a crash within the exposure window.
    """

    name: str
    caught: bool
    difficulty: float
    crash_rate: float


@dataclass(frozen=True)
class Reactions:
    """One entry per person of the world: what an asked tester would answer.

    `stars` 1 to 5, `recommend` 0 to 10, `effort` 1 to 7; `writes_of_it`: puts the hurt into words
    without being asked; `too_hard` in [-1, 1]: positive where the game is harder than liked.
    """

    version: Version
    hurt: NDArray[np.bool_]
    admits: NDArray[np.bool_]
    writes_of_it: NDArray[np.bool_]
    crashed: NDArray[np.bool_]
    stars: NDArray[np.int64]
    recommend: NDArray[np.int64]
    effort: NDArray[np.int64]
    keeps_playing: NDArray[np.bool_]
    too_hard: NDArray[np.float64]


def react(people: World, version: Version) -> Reactions:
    """How everybody in this world would react to this version."""
    rng = stream(people.seed, f"reactions {version.name}")
    other = rng.random(people.size) < OTHER_OFFENCE
    hurt = (people.hurt_if_caught & version.caught) | other
    crashed = rng.random(people.size) < version.crash_rate
    too_hard = version.difficulty - people.preferred
    liking = liking_of(people, version, hurt, crashed)
    recommend = np.rint(2.6 * liking - 3 + rng.normal(0, 0.8, people.size))
    effort = np.rint(5.6 - 3 * np.maximum(too_hard, 0) + rng.normal(0, 0.8, people.size))
    return Reactions(
        version=version,
        hurt=hurt,
        admits=hurt & (rng.random(people.size) < ADMITS_WHEN_ASKED),
        writes_of_it=hurt & (rng.random(people.size) < WRITES_UNASKED),
        crashed=crashed,
        stars=stars_of(liking),
        recommend=np.clip(recommend, 0, 10).astype(np.int64),
        effort=np.clip(effort, 1, 7).astype(np.int64),
        keeps_playing=liking + rng.normal(0, 0.5, people.size) > LIKING_TO_KEEP,
        too_hard=too_hard,
    )


def liking_of(
    people: World, version: Version, hurt: NDArray[np.bool_], crashed: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """How much everybody likes this version: stars before they are rounded.

    4.65 − 2.4·hurt − 1.8·|difficulty − preferred| − .9·crashed + taste
    """
    return (
        BEST_STARS
        - HURT_COSTS * hurt
        - DIFFICULTY_COSTS * np.abs(version.difficulty - people.preferred)
        - CRASH_COSTS * crashed
        + people.taste
    )


def stars_of(liking: NDArray[np.float64]) -> NDArray[np.int64]:
    """The stars given, 1 to 5."""
    return np.clip(np.rint(liking), 1, 5).astype(np.int64)
