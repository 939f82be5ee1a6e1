"""A launch rule needs an if and a then, in whatever plain words."""

import pytest

from casework.case import launch_rule


@pytest.mark.parametrize(
    "text",
    [
        "If more than one of eight is offended, then we remove the scene.",
        "if 2 of 8 players object we change the ending",
        "We launch only if at least 80% are satisfied.",
        "Postpone the release unless the testers stop complaining.",
        "When testers report crashes, Nate delays the launch.",
        "No launch until a new group has seen the scene.",
        "Should more than 5 % feel hurt, the Grinch scene is taken out.",
        "More than two complaints means we stop.",
        "At least 70 percent like it: ship. Otherwise fix it and test again.",
        "2 of 10 offended → no-go",
        "Once the testers are happy, BoomerGames goes live.",
        "If they prefer idea A, then the developers build that one.",
        "If they prefer idea A, the team builds that one.",
        "IF ANY LOYAL PLAYER IS HURT, SCRAP IT",
        "Offended > 10%: redesign",
    ],
)
def test_a_condition_with_a_consequence_is_a_rule(text: str) -> None:
    assert launch_rule.read(text).exists


@pytest.mark.parametrize(
    "text",
    [
        "If the customers do not like it.",
        "If we launch too early.",
        "When more than 2 of 8 are upset before the release.",
        "At least 80% satisfied.",
    ],
)
def test_a_condition_alone_lacks_its_consequence(text: str) -> None:
    rule = launch_rule.read(text)
    assert rule.condition
    assert not rule.consequence


@pytest.mark.parametrize(
    "text",
    [
        "We will launch in December.",
        "We change the game and then release it.",
        "We test it once and ship it.",
        "Then we stop the project.",
    ],
)
def test_a_consequence_alone_lacks_its_condition(text: str) -> None:
    rule = launch_rule.read(text)
    assert rule.consequence
    assert not rule.condition


@pytest.mark.parametrize("text", ["", "Listen to the customers.", "We will be careful."])
def test_good_intentions_are_neither(text: str) -> None:
    rule = launch_rule.read(text)
    assert not rule.condition
    assert not rule.consequence
