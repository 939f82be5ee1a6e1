from datetime import UTC, datetime

import numpy as np
import pytest

from casework.meetings import Tag
from casework.sentiment import read, score
from casework.world import (
    CLASH_PLAYERS,
    Crowd,
    Version,
    World,
    answer_of,
    customers,
    ideas_of,
    interactions,
    pick_up,
    react,
    remarks_of,
    santa_run,
    turn_out,
    world,
)
from casework.world.phrases import banks

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CAUGHT = Version("caught", caught=True, difficulty=0.8, crash_rate=0.25)
CHANGED = Version("changed", caught=False, difficulty=0.6, crash_rate=0.02)


@pytest.fixture(scope="module")
def people() -> World:
    return world(7)


def test_a_world_holds_twenty_thousand_people_in_three_crowds(people: World) -> None:
    sizes = [int((people.crowd == crowd).sum()) for crowd in Crowd]
    assert sizes == [1_500, 5_500, 13_000]


def test_the_same_seed_makes_the_same_world_and_another_seed_another(people: World) -> None:
    assert np.array_equal(people.hurt_if_caught, world(7).hurt_if_caught)
    assert not np.array_equal(people.hurt_if_caught, world(8).hurt_if_caught)


def test_one_choice_changes_only_what_follows_from_it(people: World) -> None:
    """The taste of a person is theirs whatever is built, so two plans can be compared."""
    before = people.taste.copy()
    react(people, CAUGHT)
    turn_out(people, "beta", reminded=True)
    assert np.array_equal(before, world(7).taste)


def test_offence_over_many_worlds_is_thirty_to_forty_five_per_cent() -> None:
    shares = np.array(
        [
            [world(seed).hurt_if_caught[world(seed).crowd == crowd].mean() for crowd in Crowd]
            for seed in range(60)
        ]
    )
    assert shares.mean(axis=0) == pytest.approx([0.30, 0.32, 0.45], abs=0.04)
    assert 0.05 < shares[:, 0].std() < 0.11


def test_nobody_is_hurt_by_the_scene_once_it_is_changed(people: World) -> None:
    assert react(people, CAUGHT).hurt.mean() > 0.2
    assert react(people, CHANGED).hurt.mean() < 0.01


def test_a_hurt_tester_admits_it_more_often_when_asked_than_unasked(people: World) -> None:
    felt = react(people, CAUGHT)
    assert felt.admits.sum() / felt.hurt.sum() == pytest.approx(0.85, abs=0.02)
    assert felt.writes_of_it.sum() / felt.hurt.sum() == pytest.approx(0.45, abs=0.02)


@pytest.mark.parametrize("seed", range(5))
def test_a_mixed_groups_build_satisfies_at_least_85_per_cent_of_mixed_testers(seed: int) -> None:
    """The calibration the case asks for."""
    made = world(seed)
    mixed = [0, 1, 2, 1_500, 1_501, 1_502, 7_000, 7_001, 7_002]
    felt = react(made, santa_run.second_build(made, mixed))
    satisfied = [(felt.stars[made.crowd == crowd] >= 4).mean() for crowd in Crowd]
    assert np.mean(satisfied) >= 0.85


def test_three_in_ten_accept_and_a_third_of_them_answer_unreminded(people: World) -> None:
    turnout = turn_out(people, "beta", reminded=False)
    assert turnout.accepts.mean() == pytest.approx(0.30, abs=0.01)
    assert turnout.answers.sum() / turnout.accepts.sum() == pytest.approx(0.35, abs=0.02)
    assert not (turnout.answers & ~turnout.accepts).any()
    assert not (turnout.declines & turnout.accepts).any()


def test_everybody_replies_on_the_telephone(people: World) -> None:
    asked = pick_up(people, "group")
    assert (asked.accepts | asked.declines).all()


def test_the_customer_file_lists_every_clash_player_once_under_example_com(people: World) -> None:
    rows = customers(people)
    assert len({row.ref for row in rows}) == len({row.email for row in rows}) == CLASH_PLAYERS
    assert all(row.email and row.email.endswith("@example.com") for row in rows)


def test_purchases_lie_within_the_last_eighteen_months(people: World) -> None:
    bought = list(interactions(people, until=NOW))
    assert len({row.ref for row in bought}) == len(bought)
    assert all(0 < (NOW - row.at).days <= 548 for row in bought)


def test_fans_buy_more_than_regulars(people: World) -> None:
    fans = sum(row.customer_ref <= "C01500" for row in interactions(people, until=NOW))
    regulars = sum(row.customer_ref > "C01500" for row in interactions(people, until=NOW))
    assert fans / 1_500 > 3 * regulars / 5_500


def test_an_answer_says_what_its_author_feels(people: World) -> None:
    felt = react(people, CAUGHT)
    for person in range(200):
        answer = answer_of(people, felt, person, "android")
        assert answer.csat == felt.stars[person]
        assert answer.offended == bool(felt.admits[person])
        assert bool(answer.offended_by) == bool(felt.admits[person])
        assert answer == answer_of(people, felt, person, "android")


def test_whoever_is_hurt_and_candid_vetoes_the_scene(people: World) -> None:
    seats = list(range(40))
    said = remarks_of(people, seats, caught=True)
    vetoes = {one.person for one in said if one.tag is Tag.VETO}
    assert vetoes == {p for p in seats if people.hurt_if_caught[p] and people.candid_in_group[p]}


def test_nobody_vetoes_a_concept_without_the_scene(people: World) -> None:
    assert all(one.tag is not Tag.VETO for one in remarks_of(people, range(40), caught=False))


def test_no_idea_is_had_twice(people: World) -> None:
    ideas = ideas_of(people, range(8))
    assert len({title for _, title, _ in ideas}) == len(ideas) == 5


def test_there_are_enough_phrases_and_the_scorer_hears_the_offended_ones() -> None:
    spoken = {bank: phrases for bank, phrases in banks().items() if not bank.endswith("_name")}
    assert sum(map(len, spoken.values())) >= 150
    hurt = [p for bank in ("hurt_fan", "hurt_regular", "hurt_newcomer") for p in spoken[bank]]
    assert np.mean([read(phrase).offence for phrase in hurt]) >= 0.9


def test_praise_is_read_as_praise_and_trouble_as_trouble() -> None:
    praise = [p for bank, said in banks().items() if bank.startswith("praise_") for p in said]
    trouble = [p for bank in ("crash", "dull", "too_hard") for p in banks()[bank]]
    assert np.mean([score(phrase) >= 0 for phrase in praise]) >= 0.85
    assert np.mean([score(phrase) <= 0 for phrase in trouble]) >= 0.85
