"""When things happen and what changing the game takes, worked by hand from the rules."""

import pytest

from casework.replay import USUAL, Phase, Whom
from casework.replay.calendar import Making, make
from casework.replay.plan import Plan
from casework.world import World
from tests.casework.replay.plans import beta, group, plan, survey


@pytest.fixture
def made(people: World) -> "Made":
    return Made(people)


class Made:
    def __init__(self, people: World) -> None:
        self.people = people

    def by(self, chosen: Plan) -> Making:
        return make(self.people, chosen, USUAL)


def test_pizza_night_is_programmed_at_once_and_waits_for_its_release(made: Made) -> None:
    making = made.by(plan())
    calendar = making.calendar
    assert (calendar.programmed_from, calendar.playable_from, calendar.released) == (0, 5, 12)
    assert making.released.caught
    assert making.fixing == 0


def test_a_group_in_time_and_a_beta_keep_the_release(made: Made) -> None:
    """Group 1 to 2, scene .5 and difficulty .25 weeks, five weeks of code; beta 8 to 10."""
    making = made.by(plan(group(), beta()))
    calendar = making.calendar
    assert (calendar.programmed_from, calendar.playable_from, calendar.released) == (2.75, 7.75, 12)
    assert [(held.begins, held.ends, held.phase) for held in calendar.held] == [
        (1, 2, Phase.ON_PAPER),
        (8, 10, Phase.PROGRAMMED),
    ]
    assert not making.released.caught
    assert making.fixing == 1_000 + 500


def test_a_beta_at_the_end_costs_the_season(made: Made) -> None:
    """Beta 10 to 12, then 2 weeks for the scene and half a week for the difficulty."""
    making = made.by(plan(beta(week=10)))
    assert making.calendar.released == 14.5
    assert making.fixing == 6_000 + 2_500


def test_a_beta_waits_until_there_is_a_game(made: Made) -> None:
    (held,) = made.by(plan(beta(week=1))).calendar.held
    assert (held.begins, held.ends) == (5, 7)


def test_a_group_just_before_the_last_start_delays_the_release(made: Made) -> None:
    """Week 6 to 7, changes until 7.75, playable in week 12.75."""
    calendar = made.by(plan(group(week=6))).calendar
    assert calendar.held[0].phase is Phase.ON_PAPER
    assert calendar.released == 12.75


def test_a_group_after_the_last_start_finds_the_game_programmed(made: Made) -> None:
    making = made.by(plan(group(week=7)))
    assert making.calendar.held[0].phase is Phase.PROGRAMMED
    assert making.calendar.programmed_from == 0
    assert making.fixing == 8_500
    assert making.calendar.released == 12  # over in week 8, changed by 10.5


def test_several_groups_follow_each_other(made: Made) -> None:
    (held,) = made.by(plan(group(groups=4))).calendar.held
    assert (held.begins, held.ends) == (1, 5)


def test_after_the_release_players_get_a_patch_when_it_hardly_matters_any_more(made: Made) -> None:
    """Week 12 to 13, then 3 weeks for the scene and half a week for the difficulty."""
    making = made.by(plan(group(week=12)))
    assert making.calendar.held[0].phase is Phase.RELEASED
    assert (making.calendar.released, making.calendar.patched) == (12, 16.5)
    assert making.released.caught
    assert not making.patched.caught
    assert making.fixing == 12_000 + 2_500


def test_whoever_ignores_what_was_heard_changes_nothing_and_pays_nothing(made: Made) -> None:
    making = made.by(plan(group(), beta(), findings="ignore"))
    assert making.released.caught
    assert making.released.difficulty == USUAL.first_difficulty
    assert (making.fixing, making.calendar.patched) == (0, None)
    assert all(voices.heard.hurt > 0 for voices in making.voices)


def test_a_beta_after_the_change_shows_the_changed_game(made: Made) -> None:
    first, second = made.by(plan(group(), beta())).voices
    assert first.heard.said > 0
    assert second.heard.hurt == 0


def test_what_was_heard_stands_in_the_order_of_the_plan(made: Made) -> None:
    voices = made.by(plan(beta(), survey(), group())).voices
    assert [each.heard.asking.how_many for each in voices] == [120, 200, 9]


def test_the_difficulty_is_what_those_heard_ask_for(made: Made) -> None:
    making = made.by(plan(group()))
    assert making.released.difficulty == pytest.approx(making.voices[0].wishes.mean())


def test_fans_alone_keep_it_as_hard_as_they_like_it(made: Made) -> None:
    making = made.by(plan(group(8, whom=Whom.FANS)))
    assert making.released.difficulty == USUAL.first_difficulty
