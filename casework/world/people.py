"""The people of one world and what nobody can see from outside."""

import zlib
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

CLASH_PLAYERS = 7_000
"""The first people of every world: those who played Clash of Armies."""


class Crowd(IntEnum):
    """The three kinds of people, in the order in which a world holds them."""

    FAN = 0
    REGULAR = 1
    NEWCOMER = 2

    @property
    def label(self) -> str:
        """As the studio's own files call them."""
        return ("Clash fan", "Regular", "Holiday newcomer")[self]


SIZES = {Crowd.FAN: 1_500, Crowd.REGULAR: 5_500, Crowd.NEWCOMER: 13_000}
OFFENDED_IF_CAUGHT = np.array([0.30, 0.32, 0.45])
OFFENCE_JITTER = 0.08
PREFERRED_DIFFICULTY = np.array([0.80, 0.60, 0.30])
PREFERENCE_SD = 0.15
TASTE_SD = 0.55
GROUP_CANDOUR = np.array([0.55, 0.70, 0.80])
"""Chance that a person says in a group what they feel. Source: the case's replay, assumptions."""


@dataclass(frozen=True)
class World:
    """One world. Arrays have one entry per person; `preferred` difficulty in [0, 1]."""

    seed: int
    crowd: NDArray[np.int8]
    hurt_if_caught: NDArray[np.bool_]
    preferred: NDArray[np.float64]
    taste: NDArray[np.float64]
    candid_in_group: NDArray[np.bool_]

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.crowd)


def stream(seed: int, stage: str) -> np.random.Generator:
    """The random numbers of one stage of one world; no other stage can disturb them."""
    return np.random.default_rng([seed, zlib.crc32(stage.encode())])


def world(seed: int) -> World:
    """The world with this seed: 1,500 fans, 5,500 regulars, 13,000 newcomers, always in that order.

    Source: the case's replay: offence 30/32/45 % by crowd with a jitter of 8 points between
    worlds, preferred difficulty .80/.60/.30 (sd .15), taste sd .55.
    """
    crowd = np.repeat(np.array(list(SIZES), dtype=np.int8), list(SIZES.values()))
    jitter = stream(seed, "offence-jitter").normal(0, OFFENCE_JITTER)
    offence = np.clip(OFFENDED_IF_CAUGHT + jitter, 0.02, 0.95)
    preference = stream(seed, "difficulty").normal(0, PREFERENCE_SD, len(crowd))
    return World(
        seed=seed,
        crowd=crowd,
        hurt_if_caught=stream(seed, "values").random(len(crowd)) < offence[crowd],
        preferred=np.clip(PREFERRED_DIFFICULTY[crowd] + preference, 0, 1),
        taste=stream(seed, "taste").normal(0, TASTE_SD, len(crowd)),
        candid_in_group=stream(seed, "candour").random(len(crowd)) < GROUP_CANDOUR[crowd],
    )
