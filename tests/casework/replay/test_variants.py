"""A variant differs in one choice, and could have been chosen."""

from casework.replay import EXAMPLE, STRATEGIES, Plan, one_changed
from tests.casework.replay.plans import group, plan


def differences(one: Plan, other: Plan) -> int:
    """Choices that differ, where both plans hold the same activities."""
    found = (one.findings != other.findings) + (one.complaints != other.complaints)
    for mine, theirs in zip(one.activities, other.activities, strict=True):
        found += sum(a != b for a, b in zip(dict(mine).items(), dict(theirs).items(), strict=True))
    return found


def test_every_variant_changes_one_choice_and_is_a_plan_that_could_be_played() -> None:
    for strategy in STRATEGIES:
        for variant in one_changed(strategy):
            assert Plan.model_validate(variant.plan.model_dump()) == variant.plan
            if len(variant.plan.activities) == len(strategy.activities):
                assert differences(strategy, variant.plan) == 1, variant.change


def test_the_changes_are_told_apart() -> None:
    changes = [each.change for each in one_changed(EXAMPLE)]
    assert len(set(changes)) == len(changes)
    assert changes[:3] == [
        "Ask nobody",
        "Ignore what was heard",
        "Answer complaints within 24 hours",
    ]
    assert "1. Focus group: ask friends of the team" in changes
    assert "2. Beta: do not ask about offence" in changes


def test_pizza_night_can_only_answer_its_complaints() -> None:
    assert [each.change for each in one_changed(plan())] == ["Answer complaints within 24 hours"]


def test_one_person_cannot_be_made_fewer_and_nothing_is_moved_beyond_christmas() -> None:
    changes = [each.change for each in one_changed(plan(group(1, week=12)))]
    assert not [each for each in changes if "instead of" in each or "later" in each]


def test_what_was_ignored_or_answered_can_be_undone() -> None:
    changes = [
        each.change for each in one_changed(plan(group(), findings="ignore", complaints="answer"))
    ]
    assert "Act on what was heard" in changes
    assert "Leave complaints unanswered" in changes
