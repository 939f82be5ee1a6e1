"""An offence is heard in fresh words too; hardly an alarm is false."""

import pytest

from casework.sentiment import read
from casework.themes import assign, first_themes
from tests.casework.themes import fresh_texts

VALUES = first_themes().names[0]
OFFENDED = (
    *fresh_texts.FRESH_OFFENDED,
    *fresh_texts.SECOND_OFFENDED,
    *fresh_texts.THIRD_OFFENDED,
    *fresh_texts.FOURTH_OFFENDED,
)
FINE = (
    *fresh_texts.FRESH_FINE,
    *fresh_texts.SECOND_FINE,
    *fresh_texts.THIRD_FINE,
    *fresh_texts.FOURTH_FINE,
)


def test_the_list_is_long_and_says_each_thing_once() -> None:
    assert len(OFFENDED) == len(set(OFFENDED)) == 110
    assert len(FINE) == len(set(FINE)) == 110


def test_nineteen_of_twenty_offences_are_in_the_values_theme() -> None:
    heard = assign(OFFENDED, first_themes()).of(VALUES).sum()
    alarms = assign(FINE, first_themes()).of(VALUES).sum()
    assert heard / len(OFFENDED) >= 0.95
    assert heard / (heard + alarms) >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "The priest class needs a buff",
        "Temple level is laggy",
        "Easter egg in the second level",
        "Women and men in our club all enjoy it.",
    ],
)
def test_a_game_may_speak_of_such_things_without_offending(text: str) -> None:
    assert not read(text).offence


def test_what_is_dear_counts_with_an_objection_and_also_without_praise() -> None:
    assert read("The rabbi must go.").offence
    assert read("The rabbi in the window.").offence
    assert not read("A wonderful rabbi in the window.").offence
