"""The exercise can be taken home on paper, with each word a student typed shown as text."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from casework.case.checks import check_plan
from casework.case.exercise import (
    Exercise,
    Method,
    PlannedActivity,
    Prediction,
    Recommendation,
)
from casework.case.printout import as_markdown
from casework.case.suggestions import compare
from tests.casework.case.samples import BETA, WHOLE

_ANSWERS = {4: "The Grinch made my son cry.", 7: "We were upset."}


def _render(markdown: str) -> str:
    return str(MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(markdown))


def test_a_whole_exercise_prints_its_plan_prediction_decision_checks_and_comparison() -> None:
    printed = as_markdown(
        WHOLE,
        student="Robin",
        answers=_ANSWERS,
        checks=check_plan(WHOLE.activities),
        comparison=compare(WHOLE, share_offended=0.314, share_satisfied=0.5, outcome="NO-GO"),
    )
    for line in (
        "Work by Robin. Handed in.",
        "## Activity 1: Focus group",
        "**Who and how many:** Loyal Clash of Armies players (8)",
        "**When:** 4.5 weeks before the release",
        "> If two of eight object to a scene, then we remove it.",
        "- Offended by something: 20 %",
        "## My recommendation: Fix it and test again",
        "> The Grinch made my son cry.",
        "- Done: Both cite a fact of the case.",
        "| Offended by something | 20 % | 31 % | 11 points more |",
        "| Satisfied (4 or 5 of 5) | 70 % | 50 % | 20 points fewer |",
        "| Verdict | HOLD | NO-GO | another verdict |",
    ):
        assert line in printed.splitlines()
    assert "**Market research** (not in your plan)" in printed


def test_an_empty_exercise_prints_as_a_draft_without_giving_the_answers_away() -> None:
    printed = as_markdown(Exercise())
    assert printed == (
        "# The BoomerGames case: my advice to Nate\n\nWork. A draft, not handed in yet.\n"
    )


def test_what_is_blank_says_so() -> None:
    printed = as_markdown(
        Exercise(
            activities=(PlannedActivity(method=Method.OTHER),),
            recommendation=Recommendation(decision="stop", cited=(5,)),
        )
    )
    assert "## Activity 1: An idea of my own" in printed
    assert "**Facts it answers:** (left blank)" in printed
    assert "Answer 5:\n\n> (left blank)" in printed


def test_an_unguessed_verdict_and_an_unknown_share_are_shown_as_such() -> None:
    beside = compare(Exercise(), share_offended=None, share_satisfied=0.5, outcome="HOLD")
    printed = as_markdown(Exercise(submitted=True), comparison=beside)
    assert "| Offended by something | (left blank) | not known | – |" in printed
    assert "| Verdict | (left blank) | HOLD | – |" in printed


def test_an_exact_guess_differs_in_nothing_and_an_own_idea_is_named() -> None:
    diary = BETA.model_copy(update={"method": Method.OTHER, "own_name": "Player *diaries*"})
    work = WHOLE.model_copy(update={"activities": (diary,)})
    beside = compare(work, share_offended=0.2, share_satisfied=0.7, outcome="HOLD")
    printed = as_markdown(work, comparison=beside)
    assert "| Offended by something | 20 % | 20 % | none |" in printed
    assert "| Verdict | HOLD | HOLD | none |" in printed
    assert r"- Your own idea: Player \*diaries\*" in printed


@pytest.mark.parametrize(
    ("weeks", "when"),
    [
        (1, "1 week before the release"),
        (-2, "2 weeks after the release"),
        (0, "on the day of the release"),
    ],
)
def test_the_time_is_told_from_the_release(weeks: float, when: str) -> None:
    late = BETA.model_copy(update={"weeks_before_release": weeks})
    assert f"**When:** {when}\n" in as_markdown(Exercise(activities=(late,)))


@given(st.text(alphabet=" \nab1.)<>&:/\\`*_{}[]#!|~$=+-", min_size=1, max_size=30))
def test_nothing_typed_changes_the_shape_of_the_page(typed: str) -> None:
    def shape(words: str) -> list[str]:
        activity = BETA.model_copy(
            update={"method": Method.OTHER, "own_name": words, "who": words, "rule": words}
        )
        work = Exercise(activities=(activity,))
        printed = as_markdown(
            work,
            student="x" + words,
            comparison=compare(
                work, share_offended=None, share_satisfied=None, outcome="x" + words
            ),
        )
        return re.findall(r"<(?!/?p>)[^>]+>", _render(printed))

    assert shape(typed) == shape("words")


def test_a_script_in_an_answer_is_shown_and_not_run() -> None:
    printed = as_markdown(WHOLE, answers={4: "<script>alert('ho')</script>", 7: "![x](y)"})
    rendered = _render(printed)
    assert "<script" not in rendered
    assert "<img" not in rendered
    assert "<script>alert('ho')</script>" in html.unescape(rendered)


def test_half_a_prediction_and_an_open_decision_are_printed_as_blanks() -> None:
    half = Exercise(
        prediction=Prediction(share_offended=0.2), recommendation=Recommendation(cited=(4,))
    )
    text = as_markdown(half)
    assert "- Offended by something: 20 %\n- Satisfied: (left blank)" in text
    assert "- Verdict: (left blank)" in text
    assert "## My recommendation: (left blank)" in text
