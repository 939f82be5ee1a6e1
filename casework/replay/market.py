"""Who buys, how they like it, what they tell, and which Clash players are lost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casework.record import Record
from casework.replay.assumptions import SEASON, Assumptions
from casework.replay.calendar import Game, Making
from casework.replay.plan import Complaints, Findings, Plan
from casework.world import CLASH_PLAYERS, Version, World, stream
from casework.world.reactions import WRITES_UNASKED, liking_of, stars_of

SATISFIED, DISSATISFIED = 4, 2
"""Stars from which, and up to which, a buyer counts as one or the other."""


class Sales(Record):
    """What the buyers made of the game. `stars` 1 to 5, the shares of the buyers."""

    buyers: int
    stars: float | None
    satisfied: float | None
    dissatisfied: float | None
    hurt: int
    complaints: int


class Lost(Record):
    """Clash players who stop playing, each counted under the first cause that applies."""

    anyway: int
    hurt: int
    ignored: int
    kept: int

    @property
    def total(self) -> int:
        """How many are lost; `kept` were not."""
        return self.anyway + self.hurt + self.ignored


@dataclass(frozen=True)
class Played:
    """One entry per person: did they buy, how many stars, were they hurt, do they complain?"""

    buys: NDArray[np.bool_]
    stars: NDArray[np.int64]
    hurt: NDArray[np.bool_]
    complains: NDArray[np.bool_]


def play(people: World, making: Making, crash_rate: float, rules: Assumptions) -> Played:
    """Sell the game through the season, week by week, under its own word of mouth.

    Who comes in a week before the release finds no game and does not return.
    """
    arrives = _arrival(people)
    calendar = making.calendar
    opened = rules.weeks_to_release
    stars, hurt = feel(people, making.released, crash_rate)
    if calendar.patched is not None:
        after = arrives >= calendar.patched - opened
        mended, still_hurt = feel(people, making.patched, crash_rate)
        stars, hurt = np.where(after, mended, stars), np.where(after, still_hurt, hurt)
    buys = _buy(people, arrives, arrives >= calendar.released - opened, stars, rules)
    writes = stream(people.seed, "replay writing").random(people.size) < WRITES_UNASKED
    return Played(buys=buys, stars=stars, hurt=hurt, complains=buys & hurt & writes)


def feel(
    people: World, game: Game, crash_rate: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Everybody's stars for this game, and whether its scene hurts them."""
    hurt = people.hurt_if_caught & game.caught
    crashed = stream(people.seed, "replay bugs").random(people.size) < crash_rate
    version = Version("replay", game.caught, game.difficulty, crash_rate)
    return stars_of(liking_of(people, version, hurt, crashed)), hurt


def _arrival(people: World) -> NDArray[np.float64]:
    """When each person considers a holiday game, in weeks from the planned release."""
    bounds = np.cumsum(SEASON) / sum(SEASON)
    drawn = stream(people.seed, "replay season").random(people.size)
    return np.interp(drawn, [0, *bounds], np.arange(len(SEASON) + 1))


def _buy(
    people: World,
    arrives: NDArray[np.float64],
    offered: NDArray[np.bool_],
    stars: NDArray[np.int64],
    rules: Assumptions,
) -> NDArray[np.bool_]:
    mood = stream(people.seed, "replay buying").random(people.size)
    buys = np.zeros(people.size, dtype=bool)
    for week in range(len(SEASON)):
        chance = rules.tries * word_of_mouth(stars[buys], rules)
        here = offered & (arrives >= week) & (arrives < week + 1)
        buys |= here & (mood < min(chance, rules.most_buy))
    return buys


def word_of_mouth(stars: NDArray[np.int64], rules: Assumptions) -> float:
    """The factor on demand, 0 or more, that these buyers' stars bring about; 1 before anybody."""
    if not len(stars):
        return 1.0
    good = float((stars >= SATISFIED).mean())
    bad = float((stars <= DISSATISFIED).mean())
    return max(0.0, 1 + rules.tells * (good - rules.told_of_bad * bad))


def sales(played: Played) -> Sales:
    """The buyers in figures; without a buyer there are no stars."""
    stars = played.stars[played.buys]
    some = len(stars) > 0
    return Sales(
        buyers=len(stars),
        stars=float(stars.mean()) if some else None,
        satisfied=float((stars >= SATISFIED).mean()) if some else None,
        dissatisfied=float((stars <= DISSATISFIED).mean()) if some else None,
        hurt=int((played.buys & played.hurt).sum()),
        complaints=int(played.complains.sum()),
    )


def lost(
    people: World, plan: Plan, played: Played, asked: NDArray[np.int64], rules: Assumptions
) -> Lost:
    """The Clash players lost. A complaint can only be answered where one was written."""
    anyway = _chance(people, "anyway", rules.leaves_anyway)
    goes = played.buys & played.hurt & _chance(people, "hurt", rules.leaves_hurt)
    kept = np.zeros(people.size, dtype=bool)
    if plan.complaints is Complaints.ANSWER:
        kept = goes & played.complains & _chance(people, "kept", rules.kept_by_answer)
    ignored = np.zeros(people.size, dtype=bool)
    if plan.findings is Findings.IGNORE:
        ignored[asked] = True
        ignored &= _chance(people, "ignored", rules.leaves_ignored)
    hurt = goes & ~kept
    return Lost(
        anyway=_clash(anyway),
        hurt=_clash(hurt & ~anyway),
        ignored=_clash(ignored & ~hurt & ~anyway),
        kept=_clash(kept & ~anyway & ~ignored),
    )


def _chance(people: World, cause: str, share: float) -> NDArray[np.bool_]:
    return stream(people.seed, f"replay leaving {cause}").random(people.size) < share


def _clash(who: NDArray[np.bool_]) -> int:
    return int(who[:CLASH_PLAYERS].sum())
