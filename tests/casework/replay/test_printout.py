"""What the terminal prints of a replay: everything a debrief asks for, nothing invented."""

from casework.replay import EXAMPLE, as_text, replay
from casework.world import World
from tests.casework.replay.plans import beta, group, plan


def test_choices_what_was_heard_the_truth_and_the_outcome_are_printed(people: World) -> None:
    played = replay(people, EXAMPLE)
    text = as_text(played, [("Ask nobody", replay(people, plan()))])
    heard = played.heard[0]
    assert "A mixed group, then a beta · world 7" in text
    assert "Choices: act on what is heard, leave complaints unanswered." in text
    assert f"Week 1 to 2, on paper: focus group, a quota mix: {heard.invited} invited" in text
    assert f"{heard.said} said that a scene hurts: taken for a finding." in text
    assert "released in week 12" in text
    assert f"Net {played.money.net:,.0f}." in text
    assert f"{played.lost.total:,} Clash players lost" in text
    assert "Holiday newcomer" in text.partition("What was true all along")[2]
    assert "Ask nobody" in text.partition("one choice changed")[2]
    assert "teaching assumption" in text


def test_pizza_night_heard_nothing(people: World) -> None:
    text = as_text(replay(people, plan()))
    assert "What you heard" not in text
    assert "Choices: ask nobody, leave complaints unanswered." in text
    assert "Santa is caught" in text
    assert "one choice changed" not in text


def test_a_patch_and_an_empty_season_are_told(people: World) -> None:
    patched = as_text(replay(people, plan(group(week=12), complaints="answer")))
    assert "Changed for everybody in week 16.5, in which Santa gets away." in patched
    assert "answer complaints within 24 hours" in patched
    nothing = as_text(replay(people, plan(group(20, week=6, groups=8), beta(1_000))))
    assert "0 buyers, – stars;" in nothing
    assert "more than the budget of 40,000" in nothing


def test_ignoring_is_called_ignoring(people: World) -> None:
    text = as_text(replay(people, plan(beta(), findings="ignore")))
    assert "Choices: ignore what is heard" in text
    assert "of 4" in text.partition("beta")[2]
