"""Facts about reliability: few cases are drawn towards all, and say how unsure they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.reliability import KNOWN_FROM, ReliabilityBand, Turnout, reliabilities


def test_a_share_is_drawn_towards_that_of_all_by_four_invitations() -> None:
    """10 of 18 came in all: mean (10 + 1) / (18 + 2) = .55, so 6 of 6 is (6 + 2.2) / 10."""
    known = reliabilities(
        {1: Turnout(invited=6, came=6, joined=6), 2: Turnout(invited=12, came=4, joined=8)}
    )
    assert known[1].share == pytest.approx(0.82)
    assert known[2].share == pytest.approx(6.2 / 16)
    assert known[1].band is ReliabilityBand.HIGH
    assert known[2].band is ReliabilityBand.LOW


def test_keeping_a_promise_is_counted_among_those_who_made_one() -> None:
    """10 of 14 joined came: mean 11 / 16; 4 of 8 is (4 + 2.75) / 12."""
    known = reliabilities(
        {1: Turnout(invited=6, came=6, joined=6), 2: Turnout(invited=12, came=4, joined=8)}
    )
    assert known[2].kept == pytest.approx(6.75 / 12)


def test_with_few_invitations_somebody_is_new_whatever_they_did() -> None:
    known = reliabilities(
        {1: Turnout(invited=KNOWN_FROM - 1, came=0), 2: Turnout(invited=3, came=3)}
    )
    assert known[1].band is ReliabilityBand.NEW
    assert known[1].short == "new, 0 of 2"
    assert "too little to call them reliable or not" in known[1].sentence
    assert not known[2].is_new
    assert "3 of 3" in known[2].sentence


def test_who_was_never_invited_has_no_reliability() -> None:
    assert reliabilities({}) == {}
    assert reliabilities({1: Turnout(invited=0, came=0)}) == {}


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50)), min_size=1, max_size=30))
def test_every_share_lies_in_its_interval_and_more_cases_narrow_it(
    pairs: list[tuple[int, int]],
) -> None:
    turnouts = {
        place: Turnout(invited=invited, came=min(came, invited), joined=invited)
        for place, (invited, came) in enumerate(pairs)
    }
    for one in reliabilities(turnouts).values():
        assert 0 <= one.low < one.high <= 1
        assert 0 < one.share < 1
    wide, narrow = (reliabilities({1: Turnout(invited=n, came=n // 2)})[1] for n in (4, 40))
    assert narrow.high - narrow.low < wide.high - wide.low
