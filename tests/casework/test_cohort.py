"""Facts about groups that are, or are not, like the customers they stand for."""

from casework.cohort import compare, sentence
from casework.customers import Attribute

EVEN = {Attribute.PLATFORM: {"android": 50, "ios": 50}}


def test_a_group_within_what_chance_gives_is_like_the_base() -> None:
    """Six of eight or more from a half: P = .29 on both sides."""
    shares = compare({Attribute.PLATFORM: {"android": 6, "ios": 2}}, EVEN)
    assert [(share.value, share.group_share, share.base_share) for share in shares] == [
        ("android", 0.75, 0.5),
        ("ios", 0.25, 0.5),
    ]
    assert sentence(shares) == "The 8 people with a seat are like the 100 customers they stand for."


def test_a_share_that_chance_rarely_gives_is_warned_about_from_both_sides() -> None:
    """All eight but none from a half: P = 2 / 256."""
    said = sentence(compare({Attribute.PLATFORM: {"android": 8}}, EVEN))
    assert said == (
        "The 8 people with a seat are not like all 100 customers: more from platform "
        "android (100% of the group, 50% of all customers); nobody from platform "
        "ios (50% of all customers). "
        "What they say may not hold for the rest."
    )


def test_a_value_that_should_have_had_a_seat_is_missed_and_a_rare_one_is_not() -> None:
    base = {Attribute.REGION: {"EU": 82, "LATAM": 13, "NA": 5}}
    warnings = [share.warning for share in compare({Attribute.REGION: {"EU": 8}}, base)]
    assert warnings == [None, "nobody from region LATAM (13% of all customers)", None]


def test_too_few_of_a_large_group_are_named_as_fewer() -> None:
    (_, share) = compare({Attribute.PLATFORM: {"android": 70, "ios": 30}}, EVEN)
    assert share.warning is not None
    assert share.warning.startswith("fewer from platform ios (30% of the group")


def test_nobody_is_compared_with_nobody() -> None:
    assert compare({}, EVEN) == ()
    assert compare(EVEN, {}) == ()
    assert sentence(()) == ""
