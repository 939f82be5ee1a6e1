"""The seven plans every class should see side by side."""

from casework.case.exercise import Method
from casework.replay.plan import EXAMPLE, Asking, Findings, Plan, Whom

_BETA = EXAMPLE.activities[1]


def _group(whom: Whom, how_many: int, *, groups: int = 1) -> Asking:
    return Asking(method=Method.FOCUS_GROUP, whom=whom, how_many=how_many, groups=groups, week=1)


PIZZA_NIGHT = Plan(name="Pizza night: ask nobody")
POLITE_FRIENDS = Plan(name="3 polite friends", activities=(_group(Whom.FRIENDS, 3),))
FANS_ONLY = Plan(name="8 fans only", activities=(_group(Whom.FANS, 8),))
BETA_TOO_LATE = Plan(name="Beta too late", activities=(_BETA.model_copy(update={"week": 10.0}),))
ASK_AND_IGNORE = EXAMPLE.model_copy(update={"name": "Ask and ignore", "findings": Findings.IGNORE})
MIXED = EXAMPLE.model_copy(update={"name": "Mixed 9 + beta 120, act"})
ASK_FOREVER = Plan(
    name="Ask forever",
    activities=(_group(Whom.MIX, 9, groups=4), _BETA.model_copy(update={"how_many": 200})),
)

STRATEGIES = (
    PIZZA_NIGHT,
    POLITE_FRIENDS,
    FANS_ONLY,
    BETA_TOO_LATE,
    ASK_AND_IGNORE,
    MIXED,
    ASK_FOREVER,
)
"""Source: the reference strategies of the case's replay."""
