"""An offence against what people hold dear is heard, in whatever words."""

import re

import pytest

from casework.sentiment import read
from tests.casework.sentiment.offence_texts import (
    NOT_OFFENDED,
    OFFENDED,
    OFFENDED_BY_NAME,
    OFFENDED_IN_OTHER_WORDS,
)


def heard(texts: tuple[str, ...]) -> int:
    return sum(read(text).offence for text in texts)


def test_half_of_the_list_never_names_the_offence() -> None:
    assert len(OFFENDED) >= 60
    assert len(OFFENDED_IN_OTHER_WORDS) >= len(OFFENDED_BY_NAME)
    named = re.compile("offensive|offend|insult|disrespect", re.IGNORECASE)
    assert not any(named.search(text) for text in OFFENDED_IN_OTHER_WORDS)


def test_hardly_any_offence_is_missed() -> None:
    assert heard(OFFENDED) >= 0.95 * len(OFFENDED)


def test_most_alarms_are_true() -> None:
    assert len(NOT_OFFENDED) >= 40
    true, false = heard(OFFENDED), heard(NOT_OFFENDED)
    assert true / (true + false) >= 0.8
    assert false <= 0.1 * len(NOT_OFFENDED)


@pytest.mark.parametrize(
    "text", ["Nothing offensive here, my kids love it", "I was not offended", "Oh my god, great"]
)
def test_a_denied_offence_is_none(text: str) -> None:
    assert not read(text).offence


def test_the_two_halves_must_meet_in_one_sentence() -> None:
    assert not read("Santa is great. The frame rate is ruined.").offence
    assert read("Santa is ruined.").offence
