"""Every number of the replay with its unit, its range and where it comes from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Self

from pydantic import model_validator

from casework.record import Line, Prose, Record


class Source(StrEnum):
    """How much a number is worth as knowledge."""

    CASE = "case"
    COURSE = "course"
    TEACHING = "teaching"

    @property
    def label(self) -> str:
        """As shown to people."""
        return _SOURCE_LABELS[self]


_SOURCE_LABELS = {
    Source.CASE: "Fact of the case",
    Source.COURSE: "Course figure",
    Source.TEACHING: "Teaching assumption",
}


@dataclass(frozen=True)
class Told:
    """What a number means: its unit, the range in which it makes sense, its source, why so."""

    unit: str
    low: float
    high: float
    why: str
    source: Source = Source.TEACHING


class Parameter(Record):
    """One number of the world as shown to those who ask how the replay knows."""

    name: Line
    value: float
    unit: Line
    low: float
    high: float
    source: Source
    why: Prose


def _money(why: str, high: float = 50_000) -> Told:
    return Told("money", 0, high, why)


def _weeks(why: str) -> Told:
    return Told("weeks", 0, 52, why)


def _share(why: str, source: Source = Source.TEACHING) -> Told:
    return Told("share", 0, 1, why, source)


class Assumptions(Record):
    """The rules of the replay: calendar, prices, bugs, what is heard, demand, who leaves.

    Money has no currency: the case names none. Raises: ValueError for a number out of its range.
    """

    weeks_to_release: Annotated[float, _weeks("From the idea to the planned release.")] = 12
    development_weeks: Annotated[float, _weeks("From the last word on the idea to a game.")] = 5
    weekly_cost: Annotated[float, _money("A small team, each week until the release.")] = 1_200
    budget: Annotated[float, _money("Beyond it the plan is flagged, not stopped.", 1e6)] = 40_000

    group_fixed: Annotated[float, _money("Room and moderator of one focus group.")] = 900
    group_each: Annotated[float, _money("Thanks and snacks for one person.")] = 60
    group_weeks: Annotated[float, _weeks("To invite, meet and write up; one group a week.")] = 1
    beta_fixed: Annotated[float, _money("To prepare and read a beta.")] = 1_500
    beta_each: Annotated[float, _money("One tester.")] = 12
    beta_weeks: Annotated[float, _weeks("Two weeks of play.")] = 2
    survey_fixed: Annotated[float, _money("To write and read a survey.")] = 600
    survey_each: Annotated[float, _money("One answer.")] = 1.5
    survey_weeks: Annotated[float, _weeks("In the field and read.")] = 1

    scene_early: Annotated[float, _money("The scene on paper.")] = 1_000
    scene_early_weeks: Annotated[float, _weeks("The scene on paper.")] = 0.5
    scene_late: Annotated[float, _money("The scene already programmed.")] = 6_000
    scene_late_weeks: Annotated[float, _weeks("The scene already programmed.")] = 2
    scene_after: Annotated[float, _money("The scene in everybody's hands.")] = 12_000
    scene_after_weeks: Annotated[float, _weeks("The scene in everybody's hands.")] = 3
    difficulty_early: Annotated[float, _money("Difficulty on paper.")] = 500
    difficulty_early_weeks: Annotated[float, _weeks("Difficulty on paper.")] = 0.25
    difficulty_late: Annotated[float, _money("Difficulty already programmed.")] = 2_500
    difficulty_late_weeks: Annotated[float, _weeks("Difficulty already programmed.")] = 0.5

    first_difficulty: Annotated[
        float, Told("0 to 1", 0, 1, "As hard as its makers, who play like fans, enjoy it (F8).")
    ] = 0.80
    worth_changing: Annotated[
        float, Told("0 to 1", 0, 1, "A smaller wish to make it easier or harder is left alone.")
    ] = 0.10
    bugs_untested: Annotated[float, _share("Players who meet a bug if nobody tested.")] = 0.30
    bugs_testers: Annotated[
        float, Told("testers", 1, 10_000, "So many testers leave 37 % of the bugs.")
    ] = 80

    friend_candour: Annotated[
        float, _share("A friend of the team says in a group what hurts; polite to a fault.")
    ] = 0.15
    pictures_it: Annotated[
        float, _share("Of those a scene on the screen hurts, whom a few words on it hurt as well.")
    ] = 0.20
    noticed: Annotated[
        float, _share("So many of the answers in writing must say it, or it is overlooked.")
    ] = 0.05

    price: Annotated[float, _money("What is left of one sale; calibrated.", 100)] = 3.2
    tries: Annotated[
        float, _share("Who considers the game buys it while nothing is heard of it; calibrated.")
    ] = 0.36
    tells: Annotated[
        float, Told("factor", 0, 5, "How much word of mouth moves the next weeks; calibrated.")
    ] = 1.0
    told_of_bad: Annotated[
        float,
        Told("times", 1, 10, "The dissatisfied tell so many times as many.", Source.COURSE),
    ] = 2
    most_buy: Annotated[float, _share("No word of mouth brings more than this to buy.")] = 0.90

    leaves_anyway: Annotated[float, _share("Clash players who stop for other reasons.")] = 0.03
    leaves_hurt: Annotated[float, _share("Clash players who stop because the scene hurt.")] = 0.22
    leaves_ignored: Annotated[
        float, _share("Clash players who stop because they were asked and then ignored.")
    ] = 0.20
    kept_by_answer: Annotated[
        float,
        _share("Of those who complain and are answered in 24 hours, who stays.", Source.COURSE),
    ] = 0.82
    answering: Annotated[float, _money("To answer one complaint within 24 hours.", 100)] = 2

    @model_validator(mode="after")
    def _within_their_ranges(self) -> Self:
        for each in parameters(self):
            if not each.low <= each.value <= each.high:
                raise ValueError(f"{each.name} lies between {each.low:g} and {each.high:g}.")
        return self


SEASON = (0.30, 0.30, 0.25, 0.15, 0.10)
"""Part of the demand in each week: four before Christmas, and the tail after it, as parts of their
sum. Source: teaching assumption of the case's replay."""


def parameters(assumptions: Assumptions) -> tuple[Parameter, ...]:
    """Every number of these assumptions, in order, with what is told about it."""
    return tuple(
        Parameter(
            name=name,
            value=getattr(assumptions, name),
            unit=told.unit,
            low=told.low,
            high=told.high,
            source=told.source,
            why=told.why,
        )
        for name, field in Assumptions.model_fields.items()
        for told in field.metadata
        if isinstance(told, Told)
    )


USUAL = Assumptions()
"""The replay as it is taught."""
