"""Facts about the questions and about telling an answer back."""

import pytest
from pydantic import ValidationError

from casework.feedback import Answer, ProblemKind
from casework.questionnaire import QUESTIONS, SCALES, answer_of, told_back


def test_every_field_of_an_answer_has_its_question_and_no_other() -> None:
    assert set(QUESTIONS) == set(Answer.model_fields)


def test_scales_are_those_that_an_answer_takes() -> None:
    for name, (low, high, _) in SCALES.items():
        assert answer_of({name: low}) == Answer.model_validate({name: low})
        assert answer_of({name: high}) == Answer.model_validate({name: high})
        for beyond in (low - 1, high + 1):
            with pytest.raises(ValidationError):
                answer_of({name: beyond})


def test_an_answer_is_told_back_in_the_order_it_was_asked() -> None:
    answer = Answer(csat=2, crashed=False, recommend=0, problem_kind=ProblemKind.CRASH)
    assert told_back(answer) == [
        ("How satisfied are you with it?", "2 of 5"),
        ("Did it crash?", "No"),
        ("How likely are you to recommend it to a friend?", "0 of 10"),
        ("If you met a problem, what kind was it?", "Crash"),
    ]


def test_what_offended_counts_only_where_something_did() -> None:
    typed: dict[str, str | int | bool | None] = {"offended_by": "The Grinch", "csat": 3}
    assert answer_of(typed | {"offended": True}).offended_by == "The Grinch"
    assert answer_of(typed | {"offended": False}).offended_by == ""
    assert answer_of(typed).offended_by == ""
