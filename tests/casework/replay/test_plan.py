"""A plan is read whole or refused with every field that is wrong."""

import json

import pytest

from casework.errors import Invalid
from casework.replay import EXAMPLE, Complaints, Findings, Plan, Whom, as_json, read_plan


def test_the_example_reads_back_as_the_plan_the_course_suggests() -> None:
    assert read_plan(as_json(EXAMPLE)) == EXAMPLE
    assert [each.how_many for each in EXAMPLE.activities] == [9, 120]
    assert EXAMPLE.findings is Findings.ACT


def test_an_empty_plan_asks_nobody_and_leaves_complaints() -> None:
    assert read_plan("{}") == Plan(
        name="My plan", activities=(), findings=Findings.ACT, complaints=Complaints.LEAVE
    )


def refused(text: str | bytes) -> str:
    with pytest.raises(Invalid) as problem:
        read_plan(text)
    return str(problem.value)


def test_every_wrong_field_is_named_in_one_go() -> None:
    wrong = {
        "activities": [
            {"method": "focus_group", "whom": "everybody", "how_many": 0, "week": 1},
            {"method": "beta", "how_many": 10, "when": 3},
        ],
        "findings": "perhaps",
    }
    said = refused(json.dumps(wrong))
    assert "activities[1].whom: should be 'friends', 'fans' or 'mix'." in said
    assert "activities[1].how_many: should be greater than or equal to 1." in said
    assert "activities[2].week: is missing." in said
    assert "activities[2].when: is not a choice of a plan." in said
    assert "findings: should be 'act' or 'ignore'." in said


@pytest.mark.parametrize("week", ["-1", "17", "1e999", '"soon"', "NaN"])
def test_a_week_lies_between_the_idea_and_christmas(week: str) -> None:
    asking = f'{{"method": "beta", "how_many": 1, "week": {week}}}'
    assert "This plan cannot be replayed." in refused(f'{{"activities": [{asking}]}}')


def test_what_a_method_cannot_do_is_said_in_words() -> None:
    def one(**fields: object) -> str:
        return refused(json.dumps({"activities": [{"week": 1, "how_many": 8, **fields}]}))

    assert "a focus group has at most 20 seats" in one(method="focus_group", how_many=21)
    assert "only a focus group can be held several times" in one(method="beta", groups=2)
    assert "Choose the nearest of focus_group, beta and market_research." in one(method="other")


@pytest.mark.parametrize("text", ["", "{", b"\xff\xfe", "[]", "7", '"plan"', "null"])
def test_what_is_no_plan_at_all_is_refused(text: str | bytes) -> None:
    assert refused(text).startswith("This plan cannot be replayed. ")


def test_more_activities_than_a_spring_has_room_for_are_refused() -> None:
    nine = [{"method": "focus_group", "how_many": 5, "week": 1}] * 9
    assert "activities: " in refused(json.dumps({"activities": nine}))


def test_every_choice_of_whom_reads_within_a_sentence() -> None:
    assert {whom.short for whom in Whom} == {
        "friends of the team",
        "loyal fans only",
        "a quota mix",
    }
