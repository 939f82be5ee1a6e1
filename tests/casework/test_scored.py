"""What a table gets per text is what the scorer and the aspects say of it."""

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.aspect_labels import aspect_labels
from casework.scored import Wanted, hear, hear_many
from casework.sentiment import read
from casework.sentiment.aspects import VALUES, aspects

HURT = "Seeing the Grinch catch Santa ruined our Christmas, it is offensive"
TEXTS = (
    "",
    "the game",
    HURT,
    "Lovely music. The music is awful! Horrible controls, though the story is great",
    "The graphics. The price: a scam",
    "Great fun, but my church would be ashamed; the ads insult our faith… Nice sound",
    "It crashes\nand lags, however the levels are lovely",
)
SAID = (
    "music|controls|crash|ads|Santa|Christmas|church|offended|ruined|lovely|awful|not|never|but|"
    "although|price|story|.|;|!|\n|…|,|the|our|kids|cruel|love|hate"
)
WORDS = st.sampled_from(SAID.split("|"))


def labelled(text: str) -> dict[str, str]:
    """The labels worked out from the full reading of each aspect."""
    felt: dict[str, list[float]] = {}
    for one in aspects(text):
        felt.setdefault(one.aspect, []).extend([] if one.polarity is None else [one.polarity])
    return {aspect: side(known) for aspect, known in felt.items() if aspect != VALUES}


def told(text: str) -> dict[str, str]:
    """The labels but for offence, which follows the reading of the whole text."""
    return {aspect: label for aspect, label in aspect_labels(text, read(text)) if aspect != VALUES}


def side(known: list[float]) -> str:
    if not known:
        return "abstain"
    mean = fsum(known) / len(known)
    return "neutral" if abs(mean) < 0.1 else "positive" if mean > 0 else "negative"


@pytest.mark.parametrize("text", TEXTS)
def test_the_labels_are_those_of_the_full_reading(text: str) -> None:
    assert told(text) == labelled(text)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_the_labels_are_those_of_the_full_reading_whatever_is_said(text: str) -> None:
    assert told(text) == labelled(text)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_whatever_the_reading_hears_as_an_offence_is_an_aspect(text: str) -> None:
    reading = read(text)
    assert (VALUES in dict(aspect_labels(text, reading))) >= reading.offence


def test_an_offence_is_always_among_the_aspects() -> None:
    assert (VALUES, "negative") in hear(HURT, Wanted()).aspects


def test_praise_and_complaint_of_one_aspect_are_weighed_against_each_other() -> None:
    text = "The music is lovely. The music is the most awful and horrible thing"
    first, second = (one.polarity for one in aspects(text))
    assert first is not None
    assert second is not None
    assert first > 0 > first + second
    assert hear(text, Wanted()).aspects == (("audio", "negative"),)


def test_only_what_is_wanted_is_worked_out() -> None:
    (bare,) = hear_many([HURT], Wanted(aspects=False))
    assert (bare.aspects, bare.explained) == ((), None)
    assert (bare.polarity, bare.offence) == (read(HURT).polarity, True)
