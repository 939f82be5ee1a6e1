"""Every score can be taken apart: clauses sum to the whole, and no letter of the text is lost."""

from math import tanh

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.explanation import explain
from casework.sentiment import read
from casework.sentiment.aspects import VALUES

TEXT = "The music is lovely, but the Grinch catching Santa ruined our Christmas. Crashes too!"


def test_clauses_stand_in_order_with_their_words_and_their_sum() -> None:
    reading = read(TEXT)
    told = explain(TEXT, reading)
    assert len(told.clauses) == 3
    praise, hurt, crash = told.clauses
    assert praise.weight > 0 > hurt.weight
    assert crash.polarity == pytest.approx(tanh(crash.weight / 2))
    assert VALUES in hurt.aspects
    assert "audio" in praise.aspects
    assert any(piece.text == "lovely" and piece.weight > 0 for piece in praise.pieces)
    assert told.total == pytest.approx(sum(one.weight for one in told.clauses))
    assert reading.polarity == pytest.approx(tanh(told.total / 2))


@given(st.text(max_size=200) | st.lists(st.sampled_from(TEXT.split()), max_size=30).map(" ".join))
def test_pieces_make_up_the_text_and_weights_the_score(text: str) -> None:
    reading = read(text)
    told = explain(text, reading)
    shown = "".join(piece.text for clause in told.clauses for piece in clause.pieces)
    assert shown.strip() == text.strip() or not told.clauses
    assert told.total == pytest.approx(sum(one.weight for one in reading.contributions))
    assert sum(one.weight for one in told.clauses) == pytest.approx(told.total)
