"""What so many answers ask of a studio: invitations, days and money."""

from datetime import date, timedelta
from math import ceil

from pydantic import Field

from casework.criteria import Reach
from casework.errors import Invalid, NotEnough
from casework.record import Record
from casework.schedule import BETA_DAYS

_DIGITS = 6
_WEEK = 7


class Prices(Record):
    """What people cost, in whole or part currency units: each who joins, each who answers."""

    per_tester: float = Field(default=0.0, ge=0.0)
    incentive: float = Field(default=0.0, ge=0.0)


class Effort(Record):
    """The way to so many answers.

    `loyal` customers are needed for `invitations` to reach them; `testers` accept, `answers`
    answer; the last answer comes `days` after the first invitation.
    """

    answers: int
    loyal: int
    invitations: int
    testers: int
    days: int
    cost: float

    @property
    def weeks(self) -> int:
        """The days in whole weeks, begun ones counted."""
        return ceil(self.days / _WEEK)

    def ends_on(self, begins: date) -> date:
        """The day of the last answer when the first invitation goes out on this day."""
        return begins + timedelta(days=self.days)


def effort(answers: int, reach: Reach, prices: Prices) -> Effort:
    """What it takes to get these answers from loyal customers who behave as assumed.

    All that can be expected come within the days of a beta, evenly. Source: assumption.

    Raises:
        Invalid: a rate of the reach is zero, so that no answer ever comes.
        NotEnough: there are fewer loyal customers than this takes.
    """
    if not reach.reachable * reach.accept * reach.answer:
        raise Invalid("No answers can come while one of the rates is 0 %.")
    testers = _before(answers, reach.answer)
    invitations = _before(answers, reach.answer * reach.accept)
    loyal = _before(answers, reach.answer * reach.accept * reach.reachable)
    if answers > reach.expected_answers:
        raise NotEnough(
            f"{answers:,} answers take {loyal:,} loyal customers at these rates; there are "
            f"{reach.loyal:,}. Plan a smaller decision, or reach more people."
        )
    return Effort(
        answers=answers,
        loyal=loyal,
        invitations=invitations,
        testers=testers,
        days=ceil(BETA_DAYS * answers / reach.expected_answers),
        cost=testers * prices.per_tester + answers * prices.incentive,
    )


def _before(answers: int, rate: float) -> int:
    # Rounding first keeps 126 / (.8 × .3 × .35) at 1,500 whatever the binary dust.
    return ceil(round(answers / rate, _DIGITS))
