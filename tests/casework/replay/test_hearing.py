"""Who is heard: more asked means more heard, politeness hides, a described scene hurts less."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from casework.replay import USUAL, Asking, Whom
from casework.replay.hearing import Voices, listen
from casework.world import Crowd, World, world
from tests.casework.replay.plans import beta, group, survey

PEOPLE = world(7)


def held(asking: Asking, people: World = PEOPLE, *, number: int = 1, caught: bool = True) -> Voices:
    return listen(people, asking, number, USUAL, caught=caught)


def crowds_of(voices: Voices) -> list[int]:
    return [int((PEOPLE.crowd[voices.came] == crowd).sum()) for crowd in Crowd]


def test_a_quota_mix_begins_with_the_newcomers_and_goes_round() -> None:
    """Fans, regulars, newcomers, in the order of the crowds."""
    assert crowds_of(held(group(1))) == [0, 0, 1]
    assert crowds_of(held(group(5))) == [1, 2, 2]
    assert crowds_of(held(group(9))) == [3, 3, 3]
    assert crowds_of(held(group(9, groups=2))) == [6, 6, 6]


def test_fans_and_friends_are_only_fans() -> None:
    assert crowds_of(held(group(8, whom=Whom.FANS))) == [8, 0, 0]
    assert crowds_of(held(group(3, whom=Whom.FRIENDS))) == [3, 0, 0]


@settings(max_examples=25, deadline=None)
@given(some.integers(1, 19), some.sampled_from(Whom))
def test_one_seat_more_adds_a_person_and_replaces_nobody(seats: int, whom: Whom) -> None:
    fewer, more = held(group(seats, whom=whom)), held(group(seats + 1, whom=whom))
    assert set(fewer.came) < set(more.came)
    assert fewer.heard.said <= more.heard.said
    assert fewer.heard.invited < more.heard.invited


def test_what_was_said_comes_from_those_who_were_hurt() -> None:
    for asking in (group(), beta(), survey(), group(8, whom=Whom.FRIENDS)):
        heard = held(asking).heard
        assert heard.said <= heard.hurt <= heard.answers <= heard.came <= heard.invited


def test_thirty_of_a_hundred_letters_are_accepted_and_a_third_of_the_testers_answer() -> None:
    heard = held(beta(900)).heard
    assert heard.came == 900
    assert 0.27 < heard.came / heard.invited < 0.33
    assert 0.30 < heard.answers / heard.came < 0.40


def test_a_crowd_that_is_used_up_leaves_seats_empty() -> None:
    """About 30 % of the 1,500 fans would come."""
    heard = held(beta(1_000, whom=Whom.FANS)).heard
    assert 400 < heard.came < 500
    assert heard.invited == 1_500


def test_a_survey_pays_by_the_answer_and_everybody_counted_answered() -> None:
    heard = held(survey(100)).heard
    assert heard.came == heard.answers == 100
    assert heard.invited > 700


def test_asking_directly_hears_more_than_waiting_for_it() -> None:
    asked, unasked = held(survey(400)), held(survey(400, asks_directly=False))
    assert np.array_equal(asked.came, unasked.came)
    assert asked.heard.said > unasked.heard.said > 0


def test_a_described_scene_hurts_fewer_than_a_scene_played() -> None:
    played, described = held(beta(1_000)).heard, held(survey(400)).heard
    assert played.said / played.hurt > 0.75
    assert described.said / described.hurt < 0.45


def test_polite_friends_hide_the_hurt_and_like_the_difficulty_as_it_is() -> None:
    friends, fans = held(group(20, whom=Whom.FRIENDS)), held(group(20, whom=Whom.FANS))
    assert friends.heard.hurt == fans.heard.hurt
    assert friends.heard.said < fans.heard.said
    assert np.median(friends.wishes) == USUAL.first_difficulty


def test_nobody_is_hurt_by_a_game_without_the_scene() -> None:
    heard = held(beta(), caught=False).heard
    assert (heard.hurt, heard.said, heard.found) == (0, 0, False)


def test_a_second_group_seats_other_people() -> None:
    assert not set(held(group(9)).came) & set(held(group(9), number=2).came)


def test_one_voice_is_enough_in_a_room_but_in_writing_it_takes_five_per_cent() -> None:
    heard = held(group(9)).heard
    assert heard.said >= 1
    assert heard.found
    deaf = USUAL.model_copy(update={"noticed": 0.9})
    assert not listen(PEOPLE, beta(), 1, deaf, caught=True).heard.found
    assert held(beta()).heard.found
