"""Stars, word of mouth and who is lost, worked by hand in worlds of a few people."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from casework.replay import USUAL, Assumptions
from casework.replay.calendar import Game
from casework.replay.market import Played, feel, lost, sales, word_of_mouth
from casework.world import Crowd, World
from tests.casework.replay.plans import plan


def few(hurt: list[bool], preferred: float = 0.8) -> World:
    """Fans without a taste of their own."""
    size = len(hurt)
    return World(
        seed=1,
        crowd=np.full(size, Crowd.FAN, dtype=np.int8),
        hurt_if_caught=np.array(hurt),
        preferred=np.full(size, preferred),
        taste=np.zeros(size),
        candid_in_group=np.ones(size, dtype=bool),
    )


CAUGHT, FREE = Game(caught=True, difficulty=0.8), Game(caught=False, difficulty=0.8)


def test_stars_follow_hurt_difficulty_and_bugs() -> None:
    """4.65, less 2.4 for hurt, .9 for a bug, 1.8 for a whole scale of difficulty."""
    two = few([True, False])
    assert feel(two, CAUGHT, 0.0)[0].tolist() == [2, 5]
    assert feel(two, FREE, 0.0)[0].tolist() == [5, 5]
    assert feel(two, CAUGHT, 1.0)[0].tolist() == [1, 4]
    assert feel(few([False], preferred=0.3), FREE, 0.0)[0].tolist() == [4]


def test_the_scene_hurts_only_where_it_is() -> None:
    assert feel(few([True, False]), CAUGHT, 0.0)[1].tolist() == [True, False]
    assert feel(few([True, False]), FREE, 0.0)[1].tolist() == [False, False]


def test_the_dissatisfied_tell_twice_as_many() -> None:
    def told(*stars: int) -> float:
        return word_of_mouth(np.array(stars, dtype=np.int64), USUAL)

    assert told() == 1
    assert told(3, 3) == 1
    assert told(4, 3) == 1.5
    assert told(2, 3) == 0
    assert told(5, 5, 5, 1) == pytest.approx(1 + 0.75 - 2 * 0.25)
    assert told(1, 1) == 0


@given(some.lists(some.integers(1, 5), min_size=1), some.floats(0, 5))
def test_a_star_more_never_makes_word_of_mouth_worse(stars: list[int], tells: float) -> None:
    rules = Assumptions(tells=tells)
    before = np.array(stars, dtype=np.int64)
    after = np.minimum(before + 1, 5)
    assert 0 <= word_of_mouth(before, rules) <= word_of_mouth(after, rules)


def bought(hurt: list[bool], *, complains: bool) -> Played:
    everybody = np.ones(len(hurt), dtype=bool)
    stars = np.where(hurt, 1, 5)
    return Played(everybody, stars, np.array(hurt), np.array(hurt) & complains)


def test_sales_count_what_the_buyers_made_of_it() -> None:
    sold = sales(bought([True, False, False, False], complains=True))
    assert (sold.buyers, sold.hurt, sold.complaints) == (4, 1, 1)
    assert (sold.stars, sold.satisfied, sold.dissatisfied) == (4.0, 0.75, 0.25)


def test_without_a_buyer_there_are_no_stars() -> None:
    nobody = np.zeros(2, dtype=bool)
    sold = sales(Played(nobody, np.array([1, 5]), nobody, nobody))
    assert (sold.buyers, sold.stars, sold.satisfied) == (0, None, None)


CERTAIN = Assumptions(leaves_anyway=0, leaves_hurt=1, leaves_ignored=1, kept_by_answer=1)
NOBODY = np.array([], dtype=np.int64)


def test_every_hurt_buyer_may_leave_and_an_answer_keeps_those_who_complain() -> None:
    hurt = [True, True, False]
    left = lost(few(hurt), plan(), bought(hurt, complains=True), NOBODY, CERTAIN)
    assert (left.hurt, left.kept, left.total) == (2, 0, 2)
    answered = plan(complaints="answer")
    kept = lost(few(hurt), answered, bought(hurt, complains=True), NOBODY, CERTAIN)
    assert (kept.hurt, kept.kept, kept.total) == (0, 2, 0)


def test_who_does_not_complain_cannot_be_answered() -> None:
    answered = plan(complaints="answer")
    left = lost(few([True]), answered, bought([True], complains=False), NOBODY, CERTAIN)
    assert (left.hurt, left.kept) == (1, 0)


def test_asked_and_ignored_people_leave_but_heeded_ones_do_not() -> None:
    three = few([False] * 3)
    played, asked = bought([False] * 3, complains=False), np.array([0, 2])
    assert lost(three, plan(findings="ignore"), played, asked, CERTAIN).ignored == 2
    assert lost(three, plan(findings="act"), played, asked, CERTAIN).ignored == 0


def test_nobody_is_lost_twice() -> None:
    rules = CERTAIN.model_copy(update={"leaves_anyway": 1.0})
    ignored, asked = plan(findings="ignore"), np.array([0])
    left = lost(few([True]), ignored, bought([True], complains=True), asked, rules)
    assert (left.anyway, left.hurt, left.ignored, left.total) == (1, 0, 0, 1)
