"""Facts about the funnel: which step may follow which, and counts with their denominators."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from casework.errors import Invalid
from casework.funnel import (
    CONFIRMED,
    LAST_SURE,
    NEXT,
    PATH,
    ActivityKind,
    Step,
    count_steps,
    may_follow,
    require_step,
)

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
        (Step.DRAWN,),
        (Step.DRAWN, Step.INVITED),
        (Step.DRAWN, Step.INVITED, Step.OPENED, Step.ACCEPTED, Step.ATTENDED),
        (Step.DRAWN, Step.INVITED, Step.DECLINED),
    ]
    counts = count_steps(ActivityKind.FOCUS_GROUP, histories)
    assert [(c.step, c.reached, c.of, c.waiting, c.lost) for c in counts] == [
        (Step.DRAWN, 4, 4, 0, 0),
        (Step.INVITED, 3, 4, 1, 0),
        (Step.OPENED, 1, 3, 1, 1),
        (Step.ACCEPTED, 1, 1, 0, 0),
        (Step.ATTENDED, 1, 1, 0, 0),
        (Step.THANKED, 0, 1, 1, 0),
    ]


def test_after_the_end_nobody_is_waited_for_who_had_to_act_before_it() -> None:
    asked = (Step.DRAWN, Step.INVITED, Step.OPENED)
    beta = count_steps(ActivityKind.BETA, [(*asked, Step.ACCEPTED)], is_open=False)
    assert [(c.waiting, c.lost) for c in beta if c.step is Step.LINK_OPENED] == [(0, 1)]
    # A meeting is written down after it was held.
    group = count_steps(ActivityKind.FOCUS_GROUP, [(*asked, Step.ACCEPTED)], is_open=False)
    assert [(c.waiting, c.lost) for c in group if c.step is Step.ATTENDED] == [(1, 0)]


@pytest.mark.parametrize(
    ("kind", "steps", "confirmed"),
    [
        (ActivityKind.FOCUS_GROUP, (Step.ACCEPTED, Step.NO_SHOW, Step.THANKED), 0),
        (ActivityKind.FOCUS_GROUP, (Step.ACCEPTED, Step.ATTENDED, Step.NO_SHOW), 0),
        (ActivityKind.FOCUS_GROUP, (Step.ACCEPTED, Step.NO_SHOW, Step.ATTENDED), 1),
        (ActivityKind.BETA, (Step.ANSWERED, Step.INVALID, Step.THANKED), 0),
        (ActivityKind.BETA, (Step.ANSWERED, Step.INVALID, Step.VALID, Step.THANKED), 1),
    ],
)
def test_who_stayed_away_or_answered_invalidly_counts_as_neither_by_being_thanked(
    kind: ActivityKind, steps: tuple[Step, ...], confirmed: int
) -> None:
    counts = {one.step: one for one in count_steps(kind, [(Step.DRAWN, Step.INVITED, *steps)])}
    assert counts[CONFIRMED[kind]].reached == confirmed
    assert counts[CONFIRMED[kind]].lost == 1 - confirmed
    assert counts[LAST_SURE[kind]].reached == 1


def test_who_answered_without_a_recorded_download_counts_as_having_come_that_way() -> None:
    counts = count_steps(ActivityKind.BETA, [(Step.DRAWN, Step.ANSWERED)])
    assert [c.reached for c in counts] == [1, 1, 1, 1, 1, 1, 1, 0, 0]


def test_an_empty_activity_has_a_funnel_of_zeros() -> None:
    assert {(c.reached, c.of) for c in count_steps(ActivityKind.BETA, [])} == {(0, 0)}


class Walks(RuleBasedStateMachine):
    """People of one activity take steps at random, most of them illegal."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = ActivityKind.BETA
        self.walks: list[list[Step]] = []

    @initialize(kind=KINDS)
    def plan(self, kind: ActivityKind) -> None:
        self.kind = kind

    @rule()
    def draw_somebody(self) -> None:
        self.walks.append([Step.DRAWN])

    @precondition(lambda self: bool(self.walks))
    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """Along an arrow, where one leads on."""
        walk = data.draw(st.sampled_from(self.walks))
        if arrows := NEXT[self.kind][walk[-1]]:
            there = data.draw(st.sampled_from(arrows))
            require_step(self.kind, walk[-1], there)
            walk.append(there)

    @precondition(lambda self: bool(self.walks))
    @rule(data=st.data(), there=st.sampled_from(Step))
    def try_any_step(self, data: st.DataObject, there: Step) -> None:
        walk = data.draw(st.sampled_from(self.walks))
        if may_follow(self.kind, walk[-1], there):
            require_step(self.kind, walk[-1], there)
            walk.append(there)
        else:
            with pytest.raises(Invalid):
                require_step(self.kind, walk[-1], there)

    @precondition(lambda self: bool(self.walks))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """From wherever they are, and only once."""
        walk = data.draw(st.sampled_from(self.walks))
        if walk[-1] is not Step.WITHDRAWN:
            require_step(self.kind, walk[-1], Step.WITHDRAWN)
            walk.append(Step.WITHDRAWN)

    @invariant()
    def everybody_came_waits_or_is_lost(self) -> None:
        for is_open in (True, False):
            counts = count_steps(self.kind, self.walks, is_open=is_open)
            assert counts[0].reached == counts[0].of == len(self.walks)
            for before, here in pairwise(counts):
                assert here.of == before.reached
                assert here.reached + here.waiting + here.lost == here.of

    @invariant()
    def nobody_takes_a_step_after_withdrawing_and_nobody_skips_the_invitation(self) -> None:
        for walk in self.walks:
            assert Step.WITHDRAWN not in walk[:-1]
            if Step.ACCEPTED in walk:
                assert Step.INVITED in walk[: walk.index(Step.ACCEPTED)]


Walks.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestWalks = Walks.TestCase
