"""Who comes when asked, and what they bring themselves to say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casework.case.exercise import Method
from casework.record import Record
from casework.replay.assumptions import Assumptions
from casework.replay.plan import Asking, Whom
from casework.world import Crowd, World, stream
from casework.world.reactions import ADMITS_WHEN_ASKED, WRITES_UNASKED
from casework.world.turnout import ACCEPTS, ACCEPTS_BY_TELEPHONE, ANSWERS_UNREMINDED

CROWDS = {
    Whom.FRIENDS: (Crowd.FAN,),
    Whom.FANS: (Crowd.FAN,),
    Whom.MIX: (Crowd.NEWCOMER, Crowd.REGULAR, Crowd.FAN),
}
"""Who is asked in turn. Friends of the team play like fans (assumption)."""

People = NDArray[np.int64]


class Heard(Record):
    """What one activity told the team, beside what it could not see.

    `answers` is how many of `came` said anything; of them `hurt` are hurt by what they
    are shown and `said` say so; `difficulty` is what they ask for on average, 0 to 1.
    """

    asking: Asking
    invited: int
    came: int
    answers: int
    hurt: int
    said: int
    found: bool
    difficulty: float | None


@dataclass(frozen=True)
class Voices:
    """Who took part in one activity, the difficulty each who answered asks for, what was heard."""

    came: People
    wishes: NDArray[np.float64]
    heard: Heard


def listen(
    people: World, asking: Asking, number: int, rules: Assumptions, *, caught: bool
) -> Voices:
    """Hold the activity with this number among those of its kind, counted from 1.

    Each draws from streams of its own: asking more people adds to those asked anyway and replaces
    nobody. `caught`: whether Santa is caught in the game as it is shown.
    """
    stage = f"{asking.method} {number}"
    willing, replies = _turnout(people, asking, stage)
    came, invited = _seats(people, asking, willing, stage)
    answered = came[replies[came]]
    hurt = people.hurt_if_caught[answered] & caught
    candid = _speaks_up(people, asking, stage, rules)[answered]
    said = hurt & candid
    wishes = people.preferred[answered]
    if asking.whom is Whom.FRIENDS:
        # Whoever is too polite to object likes the difficulty as it is, too.
        wishes = np.where(candid, wishes, rules.first_difficulty)
    heard = Heard(
        asking=asking,
        invited=invited,
        came=len(came),
        answers=len(answered),
        hurt=int(hurt.sum()),
        said=int(said.sum()),
        found=_found(asking, int(said.sum()), len(answered), rules),
        difficulty=float(wishes.mean()) if len(wishes) else None,
    )
    return Voices(came=came, wishes=wishes, heard=heard)


def _turnout(
    people: World, asking: Asking, stage: str
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who would come if invited, and who of those would also answer.

    A group is asked by telephone and everybody in it is heard; a survey pays by the answer.
    """
    accepts = stream(people.seed, f"replay accepting {stage}").random(people.size)
    if asking.method is Method.FOCUS_GROUP:
        return accepts < ACCEPTS_BY_TELEPHONE, np.ones(people.size, dtype=bool)
    replies = stream(people.seed, f"replay answering {stage}").random(people.size)
    answers = replies < ANSWERS_UNREMINDED
    if asking.method is Method.BETA:
        return accepts < ACCEPTS, answers
    return (accepts < ACCEPTS) & answers, answers


def _seats(
    people: World, asking: Asking, willing: NDArray[np.bool_], stage: str
) -> tuple[People, int]:
    """Those who come, the crowds in turn, and how many invitations that took."""
    crowds = CROWDS[asking.whom]
    order = stream(people.seed, f"replay order {stage}").permutation(people.size)
    seats: list[People] = []
    invited = 0
    for turn, crowd in enumerate(crowds):
        wanted = len(range(turn, asking.people, len(crowds)))
        line = order[people.crowd[order] == crowd]
        places = np.flatnonzero(willing[line])[:wanted]
        seats.append(line[places])
        invited += int(places[-1]) + 1 if len(places) == wanted > 0 else len(line) * (wanted > 0)
    return np.concatenate(seats), invited


def _speaks_up(people: World, asking: Asking, stage: str, rules: Assumptions) -> NDArray[np.bool_]:
    """Whether each person, if hurt, would say so in this activity."""
    if asking.method is Method.FOCUS_GROUP and asking.whom is not Whom.FRIENDS:
        return people.candid_in_group
    chance = ADMITS_WHEN_ASKED if asking.asks_directly else WRITES_UNASKED
    if asking.method is Method.MARKET_RESEARCH:
        chance *= rules.pictures_it
    if asking.whom is Whom.FRIENDS:
        chance = min(chance, rules.friend_candour)
    return stream(people.seed, f"replay candour {stage}").random(people.size) < chance


def _found(asking: Asking, said: int, answers: int, rules: Assumptions) -> bool:
    """One voice is enough in a room; in writing it takes a share of the answers."""
    if asking.method is Method.FOCUS_GROUP:
        return said > 0
    return said > 0 and said >= rules.noticed * answers
