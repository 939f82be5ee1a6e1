"""The case says what it says, and nothing it does not."""

import re

import pytest
from pydantic import ValidationError

from casework.case.exercise import Exercise, PlannedActivity
from casework.case.story import (
    BRIEF,
    CASE_FACTS,
    FACTS,
    FRAME,
    NOT_IN_THE_CASE,
    STORY,
    WHY_IT_FAILED,
    fact,
)

_TOLD = " ".join([BRIEF, *(each.text for each in STORY), *(each.text for each in FACTS)])


def test_a_student_reads_fifteen_facts_and_the_frame() -> None:
    assert [each.key for each in FACTS] == [*(f"F{n}" for n in range(1, 16)), "F18"]


def test_the_frame_is_no_fact_of_the_case() -> None:
    assert {f"F{n}" for n in range(1, 16)} == CASE_FACTS
    assert FRAME.key == "F18"


def test_a_chip_has_at_most_five_words_and_none_is_used_twice() -> None:
    titles = [each.title for each in FACTS]
    assert all(1 <= len(title.split()) <= 5 for title in titles)
    assert len(set(titles)) == len(titles)


def test_the_story_tells_each_fact_of_the_case_once_and_in_order() -> None:
    told = [key for paragraph in STORY for key in paragraph.facts]
    assert told == [f"F{n}" for n in range(1, 16)]


def test_neither_story_nor_facts_give_a_figure_the_case_does_not_give() -> None:
    assert not re.search(r"[\d$€£%]|million|thousand|stars?\b|revenue|profit|budget", _TOLD)


def test_why_it_failed_is_labelled_as_a_reading_and_rests_on_facts() -> None:
    assert all("not a fact" in each.label for each in WHY_IT_FAILED)
    assert all(each.facts and set(each.facts) <= CASE_FACTS for each in WHY_IT_FAILED)


def test_six_things_are_named_that_the_case_does_not_tell() -> None:
    assert len(NOT_IN_THE_CASE) == 6


def test_a_fact_is_found_by_its_key() -> None:
    found = fact("F12")
    assert found is not None
    assert "offended" in found.text
    assert fact("F17") is None


def test_a_fact_the_case_does_not_have_cannot_be_picked() -> None:
    with pytest.raises(ValidationError, match="no fact F99"):
        Exercise(facts=("F1", "F99"))


def test_a_fact_picked_twice_counts_once() -> None:
    planned = PlannedActivity(method="beta", facts=("F12", "F5", "F12"))
    assert planned.facts == ("F12", "F5")
