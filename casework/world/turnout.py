"""Who comes when asked: of those invited, who accepts, who answers, and after how long."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casework.world.people import World, stream

ACCEPTS = 0.30
ACCEPTS_BY_TELEPHONE = 0.70
ANSWERS_UNREMINDED = 0.35
ANSWERS_REMINDED = 0.60
"""Source: the verdict's reach for .30 and .35; that two reminders make .60 of it is assumed."""
MAY_QUOTE = 0.80
"""Of those who agree by letter, who allows quoting; asked in person everybody does (assumed)."""
OPENS_ANYWAY = 0.25
"""Of those who do not accept, who opens the invitation all the same."""
OPEN_HOURS, TEST_DAYS, LONGEST_DAYS = 14.0, 3.0, 11.0


@dataclass(frozen=True)
class Turnout:
    """One entry per person of the world. Delays are since the step before."""

    opens: NDArray[np.bool_]
    accepts: NDArray[np.bool_]
    declines: NDArray[np.bool_]
    answers: NDArray[np.bool_]
    may_quote: NDArray[np.bool_]
    hours_to_open: NDArray[np.float64]
    days_to_answer: NDArray[np.float64]


def turn_out(people: World, stage: str, *, reminded: bool) -> Turnout:
    """What everybody would do if invited by letter; a tester answers within eleven days."""
    rng = stream(people.seed, f"turnout {stage}")
    chance = ANSWERS_REMINDED if reminded else ANSWERS_UNREMINDED
    comes = rng.random(people.size) < ACCEPTS
    opens = comes | (rng.random(people.size) < OPENS_ANYWAY)
    return Turnout(
        opens=opens,
        accepts=comes,
        declines=opens & ~comes & (rng.random(people.size) < 1 / 2),
        answers=comes & (rng.random(people.size) < chance),
        may_quote=stream(people.seed, f"quoting {stage}").random(people.size) < MAY_QUOTE,
        hours_to_open=np.minimum(rng.exponential(OPEN_HOURS, people.size), 48),
        days_to_answer=np.minimum(rng.exponential(TEST_DAYS, people.size) + 0.2, LONGEST_DAYS),
    )


def pick_up(people: World, stage: str) -> Turnout:
    """What everybody would do if asked by telephone: nobody stays silent, most say yes."""
    rng = stream(people.seed, f"telephone {stage}")
    comes = rng.random(people.size) < ACCEPTS_BY_TELEPHONE
    everybody = np.ones(people.size, dtype=bool)
    return Turnout(
        opens=everybody,
        accepts=comes,
        declines=~comes,
        answers=comes,
        may_quote=everybody,
        hours_to_open=rng.uniform(0, 8, people.size),
        days_to_answer=np.zeros(people.size),
    )
