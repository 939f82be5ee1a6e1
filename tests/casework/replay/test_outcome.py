"""A whole replay: the same each time, each stage on its own, money worked by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pydantic import ValidationError

from casework.replay import EXAMPLE, Asking, Assumptions, Plan, replay
from casework.replay.outcome import cost_of
from casework.world import World, world
from tests.casework.replay.plans import beta, group, plan, survey

WORLD = world(7)


def test_the_same_seed_and_plan_give_the_same_replay_and_another_seed_another(
    people: World,
) -> None:
    assert replay(people, EXAMPLE) == replay(world(7), EXAMPLE)
    assert replay(people, EXAMPLE).money != replay(world(8), EXAMPLE).money


@settings(max_examples=8, deadline=None)
@given(some.integers(1, 20), some.integers(1, 1_000), some.sampled_from(["act", "ignore"]))
def test_how_many_are_asked_never_changes_who_leaves_for_other_reasons(
    seats: int, testers: int, findings: str
) -> None:
    asked = replay(WORLD, plan(group(seats), beta(testers), findings=findings))
    nobody = replay(WORLD, plan())
    assert asked.lost.anyway == nobody.lost.anyway
    assert asked.hidden == nobody.hidden


def test_a_group_whose_words_are_ignored_changes_no_sale_and_hurts_no_other(people: World) -> None:
    nobody = replay(people, plan())
    ignored = replay(people, plan(group(20), findings="ignore"))
    assert ignored.sales == nobody.sales
    assert ignored.lost.anyway + ignored.lost.hurt == nobody.lost.anyway + nobody.lost.hurt


@settings(max_examples=10, deadline=None)
@given(some.integers(1, 900))
def test_more_testers_leave_fewer_bugs_and_cost_more(testers: int) -> None:
    fewer = replay(WORLD, plan(beta(testers), findings="ignore"))
    more = replay(WORLD, plan(beta(testers + 50), findings="ignore"))
    assert more.game.crash_rate < fewer.game.crash_rate < 0.30
    assert more.money.asking == fewer.money.asking + 50 * 12


@settings(max_examples=6, deadline=None)
@given(some.sampled_from([plan(), plan(group(3)), plan(beta(week=12)), EXAMPLE]))
def test_answering_complaints_never_loses_more_players_and_changes_no_sale(chosen: Plan) -> None:
    left = replay(WORLD, chosen)
    answered = replay(WORLD, Plan.model_validate({**dict(chosen), "complaints": "answer"}))
    assert answered.sales == left.sales
    assert answered.lost.total == left.lost.total - answered.lost.kept
    assert answered.money.answering == 2 * answered.sales.complaints


def test_complaints_about_the_scene_are_kept_by_answering(people: World) -> None:
    assert replay(people, plan(complaints="answer")).lost.kept > 10


@pytest.mark.parametrize(
    ("asking", "came", "cost"),
    [
        (group(9), 9, 900 + 540),
        (group(9, groups=4), 36, 3_600 + 2_160),
        (beta(120), 120, 1_500 + 1_440),
        (survey(200), 200, 600 + 300),
    ],
)
def test_what_asking_costs(asking: Asking, came: int, cost: float) -> None:
    assert cost_of(asking, came) == cost


def test_the_money_of_the_suggested_plan_adds_up(people: World) -> None:
    played = replay(people, EXAMPLE)
    money = played.money
    assert money.weeks == 12 * 1_200
    assert money.asking == 1_440 + 2_940
    assert money.fixing == 1_500
    assert money.answering == 0
    assert money.earned == pytest.approx(3.2 * played.sales.buyers)
    assert money.net == pytest.approx(money.earned - 20_280)
    assert not money.over_budget


def test_a_plan_beyond_the_budget_is_flagged_and_still_played(people: World) -> None:
    played = replay(people, plan(group(20, groups=8), beta(1_000)))
    assert played.money.spent > 40_000
    assert played.money.over_budget


def test_who_comes_after_the_season_sells_nothing(people: World) -> None:
    """Eight groups from week 6: programmed from 14.75, released in week 19.75."""
    played = replay(people, plan(group(9, week=6, groups=8)))
    assert played.calendar.released == 19.75
    assert (played.sales.buyers, played.sales.stars) == (0, None)
    assert played.lost.hurt == 0


def test_a_patch_at_once_sells_better_than_none(people: World) -> None:
    quick = Assumptions(scene_after_weeks=0, difficulty_late_weeks=0, group_weeks=0)
    late, never = plan(group(week=12)), plan()
    patched = replay(people, late, quick)
    assert patched.calendar.patched == 12
    assert patched.sales.hurt == 0
    assert patched.money.earned > 2 * replay(people, never, quick).money.earned


def test_a_beta_after_the_release_finds_no_bug_in_time(people: World) -> None:
    assert replay(people, plan(beta(week=13))).game.crash_rate == 0.30


def test_the_truth_of_a_world_stands_in_every_replay(people: World) -> None:
    hidden = replay(people, plan()).hidden
    assert [crowd.people for crowd in hidden.crowds] == [1_500, 5_500, 13_000]
    assert hidden.hurt == pytest.approx(people.hurt_if_caught.mean())


def test_a_number_outside_its_range_is_refused() -> None:
    with pytest.raises(ValidationError, match="tries lies between 0 and 1"):
        Assumptions(tries=1.5)
