"""What so many answers ask of a studio, worked by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.criteria import Reach
from casework.effort import Prices, effort
from casework.errors import Invalid, NotEnough

REACH = Reach(loyal=1_500)


def test_all_that_can_be_expected_takes_a_whole_beta() -> None:
    # 126 = 1,500 × .8 × .3 × .35; 126 / .35 = 360 testers, / .3 = 1,200 invitations.
    found = effort(126, REACH, Prices(per_tester=2.5, incentive=10))
    assert (found.loyal, found.invitations, found.testers) == (1_500, 1_200, 360)
    assert (found.days, found.weeks) == (14, 2)
    assert found.cost == 360 * 2.5 + 126 * 10
    assert found.ends_on(date(2026, 8, 3)) == date(2026, 8, 17)


def test_half_of_them_come_in_half_of_the_time() -> None:
    found = effort(60, REACH, Prices())
    # ⌈14 × 60 / 126⌉ = 7; 60 / .35 = 171.4 testers.
    assert (found.days, found.weeks, found.testers, found.cost) == (7, 1, 172, 0.0)


def test_more_than_there_are_customers_for_is_said_in_customers() -> None:
    with pytest.raises(NotEnough, match=r"300 answers take 3,572 loyal customers.*there are 1,500"):
        effort(300, REACH, Prices())


def test_a_rate_of_nothing_is_told_before_dividing_by_it() -> None:
    with pytest.raises(Invalid, match="0 %"):
        effort(10, Reach(loyal=100, accept=0.0), Prices())


@given(st.integers(1, 126), st.integers(1, 126))
def test_more_answers_never_take_less(few: int, many: int) -> None:
    small, large = sorted((few, many))
    prices = Prices(per_tester=1, incentive=1)
    one, other = effort(small, REACH, prices), effort(large, REACH, prices)
    assert one.days <= other.days
    assert one.invitations <= other.invitations
    assert one.cost <= other.cost
