"""Facts about how far people came: shares with intervals, time in a step, who is stuck."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.funnel import ActivityKind, FunnelEvent, Step
from casework.progress import Journey, figures, find_stuck, in_words

NOW = datetime(2026, 10, 10, 12, tzinfo=UTC)
GROUP = ActivityKind.FOCUS_GROUP


def journey(number: int, *steps: tuple[Step, float]) -> Journey:
    """Steps with the hours before now at which they were reached."""
    events = tuple(FunnelEvent(step=step, at=NOW - timedelta(hours=ago)) for step, ago in steps)
    return Journey(participant_id=number, events=events)


PEOPLE = [
    journey(1, (Step.DRAWN, 100), (Step.INVITED, 90), (Step.OPENED, 88), (Step.ACCEPTED, 80)),
    journey(2, (Step.DRAWN, 100), (Step.INVITED, 90), (Step.OPENED, 84)),
    journey(3, (Step.DRAWN, 100), (Step.INVITED, 90), (Step.DECLINED, 50)),
    journey(4, (Step.DRAWN, 100)),
]


def test_time_in_a_step_is_the_median_of_those_who_moved_on() -> None:
    by_step = {one.count.step: one for one in figures(GROUP, PEOPLE)}
    assert (by_step[Step.DRAWN].typical, by_step[Step.DRAWN].moved_on) == (timedelta(hours=10), 3)
    # Two, six and forty hours from the invitation to whatever came next.
    assert by_step[Step.INVITED].typical == timedelta(hours=6)
    assert (by_step[Step.OPENED].typical, by_step[Step.OPENED].moved_on) == (timedelta(hours=8), 1)
    assert by_step[Step.ACCEPTED].typical is None


def test_each_drop_has_its_denominator_and_its_interval() -> None:
    opened = next(one for one in figures(GROUP, PEOPLE) if one.count.step is Step.OPENED)
    assert (opened.count.reached, opened.count.of, opened.count.lost) == (2, 3, 1)
    assert opened.share == pytest.approx(2 / 3)
    # Exact interval of 1 in 3 by Clopper and Pearson: 0.0084 to 0.9057.
    assert opened.lost_interval == pytest.approx((0.0084, 0.9057), abs=1e-4)


def test_who_may_still_come_is_not_among_the_lost_and_not_in_their_interval() -> None:
    asked = [journey(n, (Step.DRAWN, 9), (Step.INVITED, 8)) for n in range(3)]
    gone = journey(9, (Step.DRAWN, 9), (Step.INVITED, 8), (Step.DECLINED, 1))
    opened = {one.count.step: one for one in figures(GROUP, [*asked, gone])}[Step.OPENED]
    assert (opened.count.waiting, opened.count.lost) == (3, 1)
    # One decided, and was lost: by Clopper and Pearson 1 in 1 is 0.025 to 1.
    assert opened.lost_interval == pytest.approx((0.025, 1.0), abs=1e-4)
    ended = {one.count.step: one for one in figures(GROUP, [*asked, gone], is_open=False)}
    assert (ended[Step.OPENED].count.waiting, ended[Step.OPENED].count.lost) == (0, 4)


def test_a_step_nobody_could_reach_has_no_share() -> None:
    last = figures(GROUP, [])[-1]
    assert (last.share, last.share_interval, last.lost_interval) == (None, None, None)


def test_the_stuck_are_those_who_stood_still_too_long_the_longest_first() -> None:
    found = find_stuck(GROUP, PEOPLE, now=NOW, longer_than=timedelta(hours=72))
    assert [(one.participant_id, one.step, one.ours) for one in found] == [
        (4, Step.DRAWN, True),
        (2, Step.OPENED, False),
        (1, Step.ACCEPTED, True),
    ]
    assert find_stuck(GROUP, PEOPLE, now=NOW, longer_than=timedelta(hours=100)) == ()


def test_after_the_end_only_what_is_ours_to_do_is_stuck() -> None:
    found = find_stuck(GROUP, PEOPLE, now=NOW, longer_than=timedelta(hours=72), is_open=False)
    assert [one.participant_id for one in found] == [4, 1]


@pytest.mark.parametrize(
    ("stay", "said"),
    [
        (timedelta(0), "0 min"),
        (timedelta(minutes=20), "20 min"),
        (timedelta(hours=5), "5 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(hours=60), "2.5 days"),
    ],
)
def test_a_time_is_said_in_one_unit(stay: timedelta, said: str) -> None:
    assert in_words(stay) == said
