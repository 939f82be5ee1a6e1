"""The questions of the second visit, and an answer told back in the same words."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.feedback import Answer

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "csat": "How satisfied are you with it?",
        "change_first": "What should we change first?",
        "crashed": "Did it crash?",
        "offended": "Did anything upset or offend you or your family?",
        "offended_by": "What was it?",
        "recommend": "How likely are you to recommend it to a friend?",
        "effort": "How easy was it to get into the game?",
        "keep_playing": "Would you keep playing?",
        "problem_kind": "If you met a problem, what kind was it?",
        "problem_severity": "How bad was it?",
        "device": "Your device",
        "os": "Its system",
    }
)
SCALES: Mapping[str, tuple[int, int, str]] = MappingProxyType(
    {
        "csat": (1, 5, "1 is very dissatisfied, 5 is very satisfied."),
        "recommend": (0, 10, "0 is not at all likely, 10 is extremely likely."),
        "effort": (1, 7, "1 is very hard, 7 is very easy."),
    }
)
"""Lowest and highest mark of a scale, and what they mean."""


NAMED = frozenset({"problem_kind", "problem_severity"})


def told_back(answer: Answer) -> list[tuple[str, str]]:
    """What was answered, question by question; what was left out stays out."""
    given = ((question, getattr(answer, name), name) for name, question in QUESTIONS.items())
    return [
        (question, _in_words(name, value))
        for question, value, name in given
        if value is not None and value != ""
    ]


def _in_words(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name in SCALES:
        return f"{value} of {SCALES[name][1]}"
    return str(value).capitalize() if name in NAMED else str(value)


def answer_of(values: Mapping[str, str | int | bool | None]) -> Answer:
    """The answer that these values of the questions make.

    What offended somebody counts only where they said that something did.

    Raises:
        ValidationError: for a value outside its scale or a text above 5,000 characters.
    """
    given = {name: value for name, value in values.items() if value is not None}
    if not given.get("offended"):
        given.pop("offended_by", None)
    return Answer.model_validate(given)
