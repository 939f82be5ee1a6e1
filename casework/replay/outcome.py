"""One replay from choice to money: what was hidden, heard, built, sold and lost."""

from math import exp

import numpy as np

from casework.case.exercise import Method
from casework.record import Line, Record
from casework.replay.assumptions import USUAL, Assumptions
from casework.replay.calendar import Calendar, Making, make
from casework.replay.hearing import Heard
from casework.replay.market import Lost, Sales, lost, play, sales
from casework.replay.plan import Asking, Complaints, Plan
from casework.world import Crowd, World


class CrowdTruth(Record):
    """What nobody sees of one crowd: who would be hurt, and which difficulty it likes."""

    crowd: Line
    people: int
    hurt: float
    difficulty: float


class Hidden(Record):
    """What nobody sees of the world: the share hurt by the scene, the difficulty liked."""

    hurt: float
    difficulty: float
    crowds: tuple[CrowdTruth, ...]


class GameMade(Record):
    """The game as released and what a patch made of it; `crash_rate` is the part who meet a bug."""

    caught: bool
    difficulty: float
    crash_rate: float
    caught_after_patch: bool


class Money(Record):
    """Everything earned and spent, in the replay's own money."""

    earned: float
    weeks: float
    asking: float
    fixing: float
    answering: float
    budget: float

    @property
    def spent(self) -> float:
        """All costs together."""
        return self.weeks + self.asking + self.fixing + self.answering

    @property
    def net(self) -> float:
        """What is left."""
        return self.earned - self.spent

    @property
    def over_budget(self) -> bool:
        """Whether more was spent than there was."""
        return self.spent > self.budget


class Replay(Record):
    """What one plan came to in one world."""

    seed: int
    plan: Plan
    hidden: Hidden
    heard: tuple[Heard, ...]
    calendar: Calendar
    game: GameMade
    sales: Sales
    money: Money
    lost: Lost


def replay(people: World, plan: Plan, rules: Assumptions = USUAL) -> Replay:
    """Play this plan in this world. The same seed and plan give the same replay."""
    making = make(people, plan, rules)
    voices = making.voices
    crash_rate = rules.bugs_untested * exp(-_testers(making) / rules.bugs_testers)
    played = play(people, making, crash_rate, rules)
    sold = sales(played)
    asked = np.concatenate([voice.came for voice in voices]) if voices else np.array([], dtype=int)
    return Replay(
        seed=people.seed,
        plan=plan,
        hidden=hidden_in(people),
        heard=tuple(voice.heard for voice in voices),
        calendar=making.calendar,
        game=GameMade(
            caught=making.released.caught,
            difficulty=making.released.difficulty,
            crash_rate=crash_rate,
            caught_after_patch=making.patched.caught,
        ),
        sales=sold,
        money=_money(plan, making, sold, rules),
        lost=lost(people, plan, played, asked, rules),
    )


def hidden_in(people: World) -> Hidden:
    """The truth of a world, for after the game."""
    rows = [(crowd, people.crowd == crowd) for crowd in Crowd]
    return Hidden(
        hurt=float(people.hurt_if_caught.mean()),
        difficulty=float(people.preferred.mean()),
        crowds=tuple(
            CrowdTruth(
                crowd=crowd.label,
                people=int(members.sum()),
                hurt=float(people.hurt_if_caught[members].mean()),
                difficulty=float(people.preferred[members].mean()),
            )
            for crowd, members in rows
        ),
    )


def _testers(making: Making) -> int:
    """Who tried the game before it came out."""
    return sum(
        len(voice.came)
        for voice, held in zip(making.voices, making.calendar.held, strict=True)
        if held.asking.method is Method.BETA and held.begins < making.calendar.released
    )


def _money(plan: Plan, making: Making, sold: Sales, rules: Assumptions) -> Money:
    answers = plan.complaints is Complaints.ANSWER
    return Money(
        earned=rules.price * sold.buyers,
        weeks=rules.weekly_cost * making.calendar.released,
        asking=sum(cost_of(voice.heard.asking, voice.heard.came, rules) for voice in making.voices),
        fixing=making.fixing,
        answering=rules.answering * sold.complaints if answers else 0,
        budget=rules.budget,
    )


def cost_of(asking: Asking, came: int, rules: Assumptions = USUAL) -> float:
    """What it costs to hold this activity with so many people."""
    fixed, each = {
        Method.FOCUS_GROUP: (rules.group_fixed * asking.groups, rules.group_each),
        Method.BETA: (rules.beta_fixed, rules.beta_each),
        Method.MARKET_RESEARCH: (rules.survey_fixed, rules.survey_each),
    }[asking.method]
    return fixed + each * came
