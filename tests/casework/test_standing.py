"""What an owner is told to do next, from an empty table to the last reply."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.schedule import Milestone
from casework.standing import Room, Stage, StudyFacts, ahead, where_it_stands

WHOLE = StudyFacts(
    customers=7_000,
    loyal=1_200,
    criteria_versions=1,
    judged_builds=("0.9.0",),
    activities=2,
    betas=1,
    chosen=200,
    invited=200,
    newest_build="0.9.0",
    deliverable=True,
    answers=95,
    planned=95,
    closes_at=datetime(2026, 11, 8, tzinfo=UTC),
    closed=True,
    decided=True,
    replies=3,
)


@pytest.mark.parametrize(
    ("missing", "action", "room"),
    [
        ({"customers": 0, "loyal": 0}, "Import your customers", Room.IMPORT),
        ({"loyal": 0}, "Import purchases or sessions", Room.IMPORT),
        (
            {"criteria_versions": 0, "judged_builds": ()},
            "Set the launch criteria",
            Room.CRITERIA,
        ),
        ({"activities": 0, "betas": 0, "chosen": 0}, "Plan an activity", Room.RECRUIT),
        ({"chosen": 0, "invited": 0}, "Choose who to ask", Room.RECRUIT),
        (
            {"newest_build": None, "deliverable": False},
            "Release a build to testers",
            Room.BUILD,
        ),
        ({"invited": 0}, "Send the invitations", Room.RECRUIT),
        ({"betas": 0, "activities": 1}, "Plan a beta", Room.RECRUIT),
        ({"closed": False, "answers": 20}, "Read the answers", Room.FEEDBACK),
        ({"decided": False}, "Read the verdict and decide", Room.VERDICT),
        ({"replies": 0}, "Tell people what you did", Room.TELL),
    ],
)
def test_the_one_thing_missing_is_the_next_step(
    missing: dict[str, object], action: str, room: Room
) -> None:
    standing = where_it_stands(StudyFacts.model_validate(WHOLE.model_dump() | missing))
    assert (standing.action, standing.room) == (action, room)
    assert next(state.stage for state in standing.stages if not state.done) is standing.stage
    assert standing.why


def test_a_new_build_after_a_no_go_needs_criteria_of_its_own_first() -> None:
    fixed = WHOLE.model_copy(update={"newest_build": "0.9.1"})
    standing = where_it_stands(fixed)
    assert standing.action == "Set the criteria for the newest build"
    assert standing.room is Room.CRITERIA


def test_an_empty_study_begins_with_customers_and_has_nothing_done() -> None:
    standing = where_it_stands(StudyFacts())
    assert standing.stage is Stage.CUSTOMERS
    assert not any(state.done for state in standing.stages)


def test_a_focus_group_may_invite_before_there_is_a_build() -> None:
    group = StudyFacts(customers=50, loyal=20, criteria_versions=1, activities=1, chosen=8)
    assert where_it_stands(group).action == "Send the invitations"


def test_a_finished_study_says_so() -> None:
    standing = where_it_stands(WHOLE)
    assert standing.finished
    assert standing.room is Room.VERDICT


def test_the_row_of_steps_tells_the_counts() -> None:
    details = {state.stage: state.detail for state in where_it_stands(WHOLE).stages}
    assert details[Stage.CUSTOMERS] == "7,000, 1,200 of them loyal"
    assert details[Stage.CRITERIA] == "1 version"
    assert details[Stage.LISTEN] == "95 of 95 planned"
    assert details[Stage.TELL] == "3 replies"


@pytest.mark.parametrize(
    ("changed", "milestone"),
    [
        ({"invited": 0, "closed": False, "decided": False}, Milestone.INVITE),
        ({"betas": 0, "closed": False, "decided": False}, Milestone.INVITE),
        ({"closed": False, "decided": False}, Milestone.CLOSE),
        ({"decided": False}, Milestone.DECIDE),
        ({}, None),
    ],
)
def test_only_days_still_ahead_can_be_missed(
    changed: dict[str, object], milestone: Milestone | None
) -> None:
    assert ahead(WHOLE.model_copy(update=changed)) is milestone


COUNTS = st.integers(0, 3)


@given(
    st.builds(
        StudyFacts,
        customers=COUNTS,
        loyal=COUNTS,
        criteria_versions=COUNTS,
        activities=COUNTS,
        betas=COUNTS,
        chosen=COUNTS,
        invited=COUNTS,
        deliverable=st.booleans(),
        closed=st.booleans(),
        decided=st.booleans(),
        replies=COUNTS,
    )
)
def test_there_is_always_a_next_step_and_every_stage_is_named_once(facts: StudyFacts) -> None:
    standing = where_it_stands(facts)
    assert standing.action
    assert [state.stage for state in standing.stages] == list(Stage)
    assert len({stage.label for stage in Stage}) == len(Stage)
