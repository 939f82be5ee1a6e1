"""BoomerGames' world: 20,000 synthetic people, what they hide, and what they say when asked.

Everything here is a teaching assumption except what the case itself states. One random stream per
stage, keyed by (seed, stage): two plans in the same world differ only by what was chosen.
"""

from casework.world.history import customer_of, interactions_of
from casework.world.people import CLASH_PLAYERS, Crowd, World, world
from casework.world.reactions import Reactions, Version, react
from casework.world.speech import answer_of, ideas_of, remarks_of

__all__ = [
    "CLASH_PLAYERS",
    "Crowd",
    "Reactions",
    "Version",
    "World",
    "answer_of",
    "customer_of",
    "ideas_of",
    "interactions_of",
    "react",
    "remarks_of",
    "world",
]
