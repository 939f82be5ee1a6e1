"""Plans the tests of the replay play."""

from casework.case.exercise import Method
from casework.replay import Asking, Plan, Whom


def group(how_many: int = 9, *, week: float = 1, whom: Whom = Whom.MIX, groups: int = 1) -> Asking:
    return Asking(method=Method.FOCUS_GROUP, whom=whom, how_many=how_many, groups=groups, week=week)


def beta(how_many: int = 120, *, week: float = 8, whom: Whom = Whom.MIX) -> Asking:
    return Asking(method=Method.BETA, whom=whom, how_many=how_many, week=week)


def survey(how_many: int = 200, *, week: float = 1, asks_directly: bool = True) -> Asking:
    return Asking(
        method=Method.MARKET_RESEARCH, how_many=how_many, week=week, asks_directly=asks_directly
    )


def plan(*activities: Asking, **choices: str) -> Plan:
    return Plan.model_validate({"activities": activities, **choices})
