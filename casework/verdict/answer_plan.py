"""How many answers a set of criteria takes, together and each on its own."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casework.criteria import Metric, least_answers
from casework.errors import Invalid
from casework.verdict.assumed import Assumed
from casework.verdict.curve import Chances, chances_of, sizes_up_to
from casework.verdict.planner import answers_for_mean, answers_for_share
from casework.verdict.simulation import SEED, STUDIES, Simulated, simulate

SIMULATED_UP_TO = 1_500
"""The largest N that is simulated: 2,000 studies of it take about three seconds."""

_SPARE = 1.6
"""How far beyond the hungriest criterion all of them together are looked for."""

_UNKNOWN = 300


@dataclass(frozen=True)
class Need:
    """What one criterion takes.

    Attributes:
        metric: which one.
        least: answers below which it can never allow a GO.
        alone: answers it takes on its own; None where more of them do not help.
        extra: answers saved if it were left out; None where they cannot be known.
    """

    metric: Metric
    least: int
    alone: int | None
    extra: int | None


@dataclass(frozen=True)
class AnswerPlan:
    """What all criteria take together.

    Attributes:
        power: the chance of GO that is wanted.
        answers: testers needed for it, about; None where no N that was looked at reaches it.
        least: answers below which a GO can never be said.
        needs: per criterion.
        guardrail_extra: answers saved if loyal testers were not watched on their own.
        curve: how likely each outcome is over N.
    """

    power: float
    answers: int | None
    least: int
    needs: tuple[Need, ...]
    guardrail_extra: int | None
    curve: tuple[Chances, ...]


def answers_alone(assumed: Assumed, power: float, alpha: float = 0.05) -> int:
    """Answers from which the chance that this criterion allows a GO never falls below `power`.

    Raises:
        Invalid: the assumed value is not beyond the threshold, or the power is not known for means.
    """
    metric, limit = assumed.criterion.metric, assumed.good_limit
    if metric.is_share:
        return answers_for_share(limit, assumed.good_truth, power=power, alpha=alpha)
    margin = assumed.truth - assumed.criterion.threshold
    # The rule measures the spread around the threshold, so the margin is part of it.
    found = answers_for_mean(margin, math.hypot(assumed.sd, margin), power=power)
    return max(found, least_answers(assumed.criterion, alpha))


@lru_cache(maxsize=64)
def curve_of(
    assumed: Assumed, sizes: tuple[int, ...], *, alpha: float = 0.05, family: int = 1
) -> tuple[Chances, ...]:
    """How likely each outcome is over N when one criterion decides; a mean's is simulated."""
    if assumed.criterion.metric.is_share:
        return tuple(chances_of(n, assumed, alpha=alpha, family=family) for n in sizes)
    within = [n for n in sizes if n <= SIMULATED_UP_TO] or [SIMULATED_UP_TO]
    return simulate([assumed], within, alpha=alpha).chances()


def plan_together(
    assumed: Sequence[Assumed],
    *,
    power: float = 0.8,
    alpha: float = 0.05,
    loyal_share: float = 0.0,
    can_go: bool = True,
    also: Sequence[int] = (),
    studies: int = STUDIES,
    seed: int = SEED,
    progress: Callable[[float], None] = lambda _: None,
) -> AnswerPlan:
    """What these criteria take, by simulation.

    `power` is the chance of GO that is wanted, `also` are further N to look at, such as the answers
    that can be reached; everything else goes to `simulate`.
    """
    alone = [_alone(one, power, alpha) for one in assumed]
    played = simulate(
        assumed,
        looked_at(assumed, also=also, alpha=alpha),
        alpha=alpha,
        loyal_share=loyal_share,
        can_go=can_go,
        studies=studies,
        seed=seed,
        progress=progress,
    )
    answers = played.answers_for(power)
    least = [least_answers(one.criterion, alpha) for one in assumed]
    needs = (
        Need(one.criterion.metric, fewest, by_itself, _saved(played, answers, power, i))
        for i, (one, fewest, by_itself) in enumerate(zip(assumed, least, alone, strict=True))
    )
    return AnswerPlan(
        power=power,
        answers=answers,
        least=max(least),
        needs=tuple(needs),
        guardrail_extra=_saved_by_guardrail(played, answers, power) if loyal_share else None,
        curve=played.chances(),
    )


def looked_at(
    assumed: Sequence[Assumed], *, also: Sequence[int] = (), alpha: float = 0.05
) -> tuple[int, ...]:
    """The N worth looking at: to beyond what the hungriest criterion takes for a 90 % chance."""
    hungriest = max(_alone(one, 0.9, alpha) or _UNKNOWN for one in assumed)
    most = min(round(_SPARE * hungriest), SIMULATED_UP_TO)
    return sizes_up_to(most, also=[n for n in also if n <= SIMULATED_UP_TO])


def _alone(assumed: Assumed, power: float, alpha: float) -> int | None:
    try:
        return answers_alone(assumed, power, alpha)
    except Invalid:
        return None


def _saved(played: Simulated, answers: int | None, power: float, which: int) -> int | None:
    if answers is None or len(played.shown) == 1:
        return None
    without = played.answers_for(power, without=which)
    return None if without is None else max(0, answers - without)


def _saved_by_guardrail(played: Simulated, answers: int | None, power: float) -> int | None:
    without = played.answers_for(power, guarded=False)
    return None if answers is None or without is None else max(0, answers - without)
