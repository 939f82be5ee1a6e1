"""The lottery for seats: the fairest chances that quotas allow, drawn so that anybody can check.

`solve` finds the mixture of panels, `draw` takes seats and reserves from it by a seed.
"""

from casework.lottery.audit_file import AuditFile, Sheet, explain, replay
from casework.lottery.drawing import SHOWN_SIGNS, Draw, chosen_by, draw, in_turn, seed_of
from casework.lottery.frame import OTHER, Profile
from casework.lottery.mixture import Mixture, Panel, solve
from casework.lottery.relaxing import Conflict, find_conflict, sizes_of

__all__ = [
    "OTHER",
    "SHOWN_SIGNS",
    "AuditFile",
    "Conflict",
    "Draw",
    "Mixture",
    "Panel",
    "Profile",
    "Sheet",
    "chosen_by",
    "draw",
    "explain",
    "find_conflict",
    "in_turn",
    "replay",
    "seed_of",
    "sizes_of",
    "solve",
]
