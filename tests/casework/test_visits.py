"""Facts about which page an invited customer finds."""

from datetime import timedelta

import pytest

from casework.activities import Activity
from casework.funnel import ActivityKind, Step
from casework.visits import Stage, Standing, is_open, stage_of
from tests.betas import CLOSES, NOW


def activity(kind: ActivityKind = ActivityKind.BETA) -> Activity:
    return Activity(kind=kind, name="One", seats=8, starts_at=NOW, closes_at=CLOSES)


def standing(
    step: Step = Step.ACCEPTED,
    *,
    consented: bool = True,
    build_out: bool = True,
    answered: bool = False,
    ever_answered: bool = False,
) -> Standing:
    return Standing(
        step=step,
        consented=consented,
        build_out=build_out,
        answered=answered,
        ever_answered=ever_answered or answered,
    )


@pytest.mark.parametrize(
    ("where", "stage"),
    [
        (standing(Step.OPENED, consented=False), Stage.CONSENT),
        (standing(build_out=False), Stage.WAIT),
        (standing(), Stage.ANSWER),
        (standing(Step.VALID, answered=True), Stage.SENT),
        (standing(Step.VALID, ever_answered=True), Stage.ANSWER),
        (standing(Step.DECLINED, consented=False), Stage.DECLINED),
        (standing(Step.WITHDRAWN, answered=True), Stage.WITHDRAWN),
        (standing(Step.EXPIRED, consented=False), Stage.EXPIRED),
    ],
)
def test_while_a_beta_runs_the_next_thing_is_shown(where: Standing, stage: Stage) -> None:
    assert stage_of(activity(), where, NOW) is stage


@pytest.mark.parametrize(
    ("where", "stage"),
    [
        (standing(Step.VALID, answered=True), Stage.DONE),
        (standing(Step.THANKED, ever_answered=True), Stage.DONE),
        (standing(), Stage.MISSED),
        (standing(Step.OPENED, consented=False), Stage.MISSED),
        (standing(Step.WITHDRAWN), Stage.WITHDRAWN),
    ],
)
def test_after_its_end_nothing_more_is_asked(where: Standing, stage: Stage) -> None:
    assert stage_of(activity(), where, CLOSES) is stage


def test_a_focus_group_stays_open_to_its_members_after_the_meeting() -> None:
    group = activity(ActivityKind.FOCUS_GROUP)
    member = standing(Step.ATTENDED, build_out=False)
    assert stage_of(group, member, NOW) is Stage.GROUP
    assert stage_of(group, member, CLOSES) is Stage.GROUP
    invited = standing(Step.OPENED, consented=False, build_out=False)
    assert stage_of(group, invited, NOW) is Stage.CONSENT
    assert stage_of(group, invited, CLOSES) is Stage.MISSED


def test_the_closing_moment_itself_is_too_late() -> None:
    assert is_open(activity(), CLOSES - timedelta(microseconds=1))
    assert not is_open(activity(), CLOSES)
