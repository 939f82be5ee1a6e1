"""Facts about the funnel: which step may follow which, and counts with their denominators."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Invalid
from casework.funnel import NEXT, PATH, ActivityKind, Step, count_steps, may_follow, require_step

KINDS = st.sampled_from(ActivityKind)


@given(KINDS, st.data())
def test_any_walk_along_the_arrows_is_legal_and_comes_to_an_end_or_goes_on(
    kind: ActivityKind, data: st.DataObject
) -> None:
    here, walked = Step.DRAWN, 0
    while NEXT[kind][here] and walked < 12:
        there = data.draw(st.sampled_from(NEXT[kind][here]))
        require_step(kind, here, there)
        assert may_follow(kind, here, Step.WITHDRAWN)
        here, walked = there, walked + 1
    assert here in NEXT[kind]


@given(KINDS, st.sampled_from(Step), st.sampled_from(Step))
def test_a_step_off_the_arrows_raises_and_names_both_ends(
    kind: ActivityKind, here: Step, there: Step
) -> None:
    allowed = there in NEXT[kind].get(here, ()) or (
        there is Step.WITHDRAWN and here is not Step.WITHDRAWN
    )
    assert may_follow(kind, here, there) is allowed
    if not allowed:
        with pytest.raises(Invalid, match=f"{here.label.lower()}.*{there.label.lower()}"):
            require_step(kind, here, there)


@pytest.mark.parametrize("kind", list(ActivityKind))
def test_the_path_shown_can_be_walked_from_start_to_thanks(kind: ActivityKind) -> None:
    for here, there in zip(PATH[kind], PATH[kind][1:], strict=False):
        assert may_follow(kind, here, there)
    assert (PATH[kind][0], PATH[kind][-1]) == (Step.DRAWN, Step.THANKED)


@pytest.mark.parametrize("kind", list(ActivityKind))
def test_nobody_returns_from_declining_or_withdrawing(kind: ActivityKind) -> None:
    for there in Step:
        assert not may_follow(kind, Step.WITHDRAWN, there)
        assert may_follow(kind, Step.DECLINED, there) is (there is Step.WITHDRAWN)


def test_each_step_is_counted_out_of_the_one_before() -> None:
    histories = [
        frozenset({Step.DRAWN}),
        frozenset({Step.DRAWN, Step.INVITED}),
        frozenset({Step.DRAWN, Step.INVITED, Step.OPENED, Step.ACCEPTED, Step.ATTENDED}),
        frozenset({Step.DRAWN, Step.INVITED, Step.DECLINED}),
    ]
    counts = count_steps(ActivityKind.FOCUS_GROUP, histories)
    assert [(c.step, c.reached, c.of, c.dropped) for c in counts] == [
        (Step.DRAWN, 4, 4, 0),
        (Step.INVITED, 3, 4, 1),
        (Step.OPENED, 1, 3, 2),
        (Step.ACCEPTED, 1, 1, 0),
        (Step.ATTENDED, 1, 1, 0),
        (Step.THANKED, 0, 1, 1),
    ]


def test_who_answered_without_a_recorded_download_counts_as_having_come_that_way() -> None:
    counts = count_steps(ActivityKind.BETA, [frozenset({Step.DRAWN, Step.ANSWERED})])
    assert [c.reached for c in counts] == [1, 1, 1, 1, 1, 1, 1, 0, 0]


def test_an_empty_activity_has_a_funnel_of_zeros() -> None:
    assert {(c.reached, c.of) for c in count_steps(ActivityKind.BETA, [])} == {(0, 0)}
