"""How good the forecasts of past launches were."""

from collections.abc import Iterable

from casework.decisions import Decided
from casework.record import Record

COIN = 0.25
"""The score of somebody who always says fifty-fifty."""


class Brier(Record):
    """How good the forecasts of past launches were: 0 is perfect, .25 a coin, 1 always wrong."""

    n: int
    score: float


def brier(decisions: Iterable[Decided]) -> Brier | None:
    """Mean of (forecast − outcome)² over decisions in force whose launch was judged.

    None where no launch was. Source: Brier (1950).
    """
    errors = [
        (one.record.forecast - one.result.went_well) ** 2
        for one in decisions
        if one.in_force and one.result is not None and one.record.forecast is not None
    ]
    return Brier(n=len(errors), score=sum(errors) / len(errors)) if errors else None
