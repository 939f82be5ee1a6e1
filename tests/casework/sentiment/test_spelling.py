"""A word the table does not know is read as the one that was meant, or left alone."""

import pytest

from casework.sentiment import read, score
from casework.sentiment.spelling import mender

MEND = mender({"boring": -1.5, "boiling": 0.0, "refund": -2.2, "great": 1.6, "greed": -1.4})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("borring", "boring"),
        ("borng", "boring"),
        ("bouring", "boring"),
        ("broing", "boring"),
        ("refunds", "refund"),
        ("refunded", "refund"),
    ],
)
def test_one_slip_or_an_ending_is_forgiven(written: str, meant: str) -> None:
    assert MEND(written) == meant


@pytest.mark.parametrize(
    "word", ["boring", "boiling", "grea", "greet", "gread", "toring", "x" * 30, "12345", "größe"]
)
def test_known_short_english_and_doubtful_words_stay(word: str) -> None:
    assert MEND(word) == word


def test_a_misspelt_word_counts_and_is_quoted_as_it_was_written() -> None:
    assert score("beutiful") > 0.1
    assert [part.text for part in read("so beutiful").contributions] == ["beutiful"]
