"""The replay: the same synthetic world played again with one choice changed.

Every number but the course's own (the dissatisfied tell twice as many, 82 % stay when answered) is
a teaching assumption; `parameters` lists each with its unit, range and source.
"""

from casework.replay.assumptions import USUAL, Assumptions, Parameter, Source, parameters
from casework.replay.calendar import Calendar, Held, Phase
from casework.replay.hearing import Heard
from casework.replay.market import Lost, Sales
from casework.replay.outcome import GameMade, Hidden, Money, Replay, hidden_in, replay
from casework.replay.plan import (
    EXAMPLE,
    Asking,
    Complaints,
    Findings,
    Plan,
    Whom,
    as_json,
    read_plan,
)
from casework.replay.printout import as_text
from casework.replay.strategies import STRATEGIES
from casework.replay.variants import Variant, one_changed
from casework.replay.world_parameters import WORLD_PARAMETERS

__all__ = [
    "EXAMPLE",
    "STRATEGIES",
    "USUAL",
    "WORLD_PARAMETERS",
    "Asking",
    "Assumptions",
    "Calendar",
    "Complaints",
    "Findings",
    "GameMade",
    "Heard",
    "Held",
    "Hidden",
    "Lost",
    "Money",
    "Parameter",
    "Phase",
    "Plan",
    "Replay",
    "Sales",
    "Source",
    "Variant",
    "Whom",
    "as_json",
    "as_text",
    "hidden_in",
    "one_changed",
    "parameters",
    "read_plan",
    "replay",
]
