"""TextBlob's own figures, quicker: identical on every text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textblob import TextBlob

from casework.sentiment import textblob_exact

PIECES = st.sampled_from(
    ["'", '"', "“", "’", ".", "...", "!", "?", ")", "(", " ", "  ", "\n", "\n\n", "\r\n", "very",
     "good", "not", "n't", "isn't", "really", "never", "Mr.", "U.S.", "x", "D", ":", ";", "o", "O",
     "END-OF-SENTENCE", "no", "bad", ":)", "<3", "♥", "(!)", "8", "Σ", "İ", "e.g.", "a.", "Xb.",
     "-", "=", "absolutely", "\x1c", "\x85", "w/", "*", "great", "_", "y'all", "^"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
@example("really not ! good")
@example("very :) good")
@example("(END-OF-SENTENCE!)")
@example("o . O good")
@example("not a very good, U.S. (!) 8 ) box D")
def test_exact_mode_says_what_textblob_says(text: str) -> None:
    assert textblob_exact(text) == tuple(TextBlob(text).sentiment)


@pytest.mark.parametrize(
    "unit", ["a", "!", "'", ".,", "a.", "Xb.,", "not ", "( ", "x ", "x-", "\n"]
)
def test_exact_mode_reads_a_hundred_thousand_characters(unit: str) -> None:
    polarity, subjectivity = textblob_exact(unit * (100_000 // len(unit)))
    assert -1 <= polarity <= 1
    assert 0 <= subjectivity <= 1
