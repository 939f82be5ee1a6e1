"""When things happen, what they find in time, and what changing the game then takes."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from casework.case.exercise import Method
from casework.record import Record
from casework.replay.assumptions import Assumptions
from casework.replay.hearing import Voices, listen
from casework.replay.plan import Asking, Findings, Plan
from casework.world import World


class Phase(StrEnum):
    """How far the game is when an activity is held."""

    ON_PAPER = "on paper"
    PROGRAMMED = "programmed"
    RELEASED = "released"


class Held(Record):
    """An activity on the calendar, in weeks from the idea."""

    asking: Asking
    phase: Phase
    begins: float
    ends: float


class Calendar(Record):
    """The weeks of one replay. `patched` is when players get the changed game after the release."""

    held: tuple[Held, ...]
    programmed_from: float
    playable_from: float
    released: float
    patched: float | None


@dataclass(frozen=True)
class Game:
    """The game at one time: is Santa caught, and how hard is it, 0 to 1?"""

    caught: bool
    difficulty: float


@dataclass(frozen=True)
class Making:
    """The game as it came out and after a patch, what was heard and when, what changes cost."""

    calendar: Calendar
    voices: tuple[Voices, ...]
    released: Game
    patched: Game
    fixing: float


def _weeks_of(asking: Asking, rules: Assumptions) -> float:
    weeks = {
        Method.FOCUS_GROUP: rules.group_weeks,
        Method.BETA: rules.beta_weeks,
        Method.MARKET_RESEARCH: rules.survey_weeks,
    }
    return weeks[asking.method] * asking.groups


def _phases(plan: Plan, rules: Assumptions) -> tuple[Phase, ...]:
    """Programming waits for every group and survey that begins before it has to start."""
    paper_until = rules.weeks_to_release - rules.development_weeks
    found = dict.fromkeys(range(len(plan.activities)), Phase.PROGRAMMED)
    for number, asking in sorted(enumerate(plan.activities), key=lambda each: each[1].week):
        if asking.week >= rules.weeks_to_release:
            found[number] = Phase.RELEASED
        elif asking.method is not Method.BETA and asking.week < paper_until:
            found[number] = Phase.ON_PAPER
            paper_until = max(paper_until, asking.week + _weeks_of(asking, rules))
    return tuple(found.values())


def make(people: World, plan: Plan, rules: Assumptions) -> Making:
    """Hold the activities one phase after the other, and change the game as they suggest.

    The release waits for activities planned before it; one planned for later finds the game out.
    """
    phases = _phases(plan, rules)
    shop = _Workshop(people, plan, phases, rules)
    first = Game(caught=True, difficulty=rules.first_difficulty)
    paper = shop.change(first, Phase.ON_PAPER, ())
    begun = shop.last_end(Phase.ON_PAPER, 0) + paper.weeks
    playable = begun + rules.development_weeks
    late = shop.change(paper.game, Phase.PROGRAMMED, paper.heard)
    tested = shop.last_end(Phase.PROGRAMMED, playable)
    released = max(rules.weeks_to_release, playable, tested + late.weeks)
    after = shop.change(late.game, Phase.RELEASED, late.heard)
    patched = shop.last_end(Phase.RELEASED, released) + after.weeks
    calendar = Calendar(
        held=shop.held(playable, released),
        programmed_from=begun,
        playable_from=playable,
        released=released,
        patched=patched if after.game != late.game else None,
    )
    return Making(
        calendar=calendar,
        voices=tuple(voices for _, voices in sorted(after.heard, key=lambda each: each[0])),
        released=late.game,
        patched=after.game,
        fixing=paper.price + late.price + after.price,
    )


_Known = tuple[tuple[int, Voices], ...]
"""What was heard so far, each with the place of its activity in the plan."""


@dataclass(frozen=True)
class _Change:
    """The game after a phase, what is known by then, and what changing it took."""

    game: Game
    heard: _Known
    price: float = 0
    weeks: float = 0


@dataclass(frozen=True)
class _Workshop:
    people: World
    plan: Plan
    phases: tuple[Phase, ...]
    rules: Assumptions

    def span(self, place: int, earliest: float) -> tuple[float, float]:
        """When this activity runs if it may begin at `earliest`."""
        asking = self.plan.activities[place]
        waits = asking.method is Method.BETA or self.phases[place] is Phase.RELEASED
        begins = max(asking.week, earliest) if waits else asking.week
        return begins, begins + _weeks_of(asking, self.rules)

    def last_end(self, phase: Phase, earliest: float) -> float:
        """When the last activity of this phase is over; `earliest` without one."""
        ends = [self.span(n, earliest)[1] for n, each in enumerate(self.phases) if each is phase]
        return max(ends, default=earliest)

    def held(self, playable: float, released: float) -> tuple[Held, ...]:
        """Every activity with its weeks, as planned."""
        earliest = {Phase.ON_PAPER: 0.0, Phase.PROGRAMMED: playable, Phase.RELEASED: released}
        spans = [self.span(n, earliest[phase]) for n, phase in enumerate(self.phases)]
        return tuple(
            Held(asking=asking, phase=phase, begins=begins, ends=ends)
            for asking, phase, (begins, ends) in zip(
                self.plan.activities, self.phases, spans, strict=True
            )
        )

    def change(self, game: Game, phase: Phase, before: _Known) -> _Change:
        """Hold the activities of this phase and change the game, unless findings are ignored."""
        heard = (*before, *self._hear(game, phase))
        if self.plan.findings is Findings.IGNORE or len(heard) == len(before):
            return _Change(game, heard)
        scene = game.caught and any(voices.heard.found for _, voices in heard)
        wishes = np.concatenate([voices.wishes for _, voices in heard])
        asked_for = float(wishes.mean()) if len(wishes) else game.difficulty
        moved = abs(asked_for - game.difficulty) > self.rules.worth_changing
        (scene_price, scene_weeks), (price, weeks) = _prices(phase, self.rules)
        return _Change(
            game=Game(game.caught and not scene, asked_for if moved else game.difficulty),
            heard=heard,
            price=scene_price * scene + price * moved,
            weeks=scene_weeks * scene + weeks * moved,
        )

    def _hear(self, game: Game, phase: Phase) -> _Known:
        """The activities of this phase; the second of a kind asks other people than the first."""
        methods = [asking.method for asking in self.plan.activities]
        return tuple(
            (place, self._listen(place, 1 + methods[:place].count(methods[place]), game))
            for place, each in enumerate(self.phases)
            if each is phase
        )

    def _listen(self, place: int, number: int, game: Game) -> Voices:
        asking = self.plan.activities[place]
        return listen(self.people, asking, number, self.rules, caught=game.caught)


def _prices(phase: Phase, rules: Assumptions) -> tuple[tuple[float, float], tuple[float, float]]:
    """Money and weeks that changing the scene takes, then the difficulty."""
    late = rules.difficulty_late, rules.difficulty_late_weeks
    if phase is Phase.ON_PAPER:
        early = rules.difficulty_early, rules.difficulty_early_weeks
        return (rules.scene_early, rules.scene_early_weeks), early
    if phase is Phase.PROGRAMMED:
        return (rules.scene_late, rules.scene_late_weeks), late
    return (rules.scene_after, rules.scene_after_weeks), late
