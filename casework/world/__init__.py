"""BoomerGames' world: 20,000 synthetic people, what they hide, and what they say when asked.

Everything here is a teaching assumption except what the case itself states. One random stream per
stage, keyed by (seed, stage): two plans in the same world differ only by what was chosen.
"""

from casework.world.history import customer_ref, customers, interactions, purchases, reachable
from casework.world.people import CLASH_PLAYERS, Crowd, World, stream, world
from casework.world.reactions import Reactions, Version, react
from casework.world.speech import Said, answer_of, ideas_of, remarks_of
from casework.world.turnout import Turnout, pick_up, turn_out

__all__ = [
    "CLASH_PLAYERS",
    "Crowd",
    "Reactions",
    "Said",
    "Turnout",
    "Version",
    "World",
    "answer_of",
    "customer_ref",
    "customers",
    "ideas_of",
    "interactions",
    "pick_up",
    "purchases",
    "reachable",
    "react",
    "remarks_of",
    "stream",
    "turn_out",
    "world",
]
