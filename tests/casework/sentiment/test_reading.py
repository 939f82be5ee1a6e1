"""What a customer's sentence is read as, and that every reading can be explained."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.sentiment import SCORER_VERSION, Label, Reading, read, read_many, score
from tests.casework.sentiment.blind_sentences import BLIND_SENTENCES
from tests.casework.sentiment.hard_sentences import HARD_SENTENCES

COMPLAINT = HARD_SENTENCES[36][0]


def test_the_grinch_complaint_is_heard_as_anger_and_as_an_offence() -> None:
    reading = read(COMPLAINT)
    assert "Grinch" in COMPLAINT
    assert reading.polarity < -0.3
    assert reading.label is Label.negative
    assert reading.offence
    assert reading.textblob_polarity == pytest.approx(0.6)


@pytest.mark.parametrize(
    "text",
    ["", " ", "game", "Game.", "the", "12 34", "www.hate.example", "http://ugly.example/bad"],
)
def test_a_text_without_evidence_scores_nothing_and_abstains(text: str) -> None:
    reading = read(text)
    assert (reading.polarity, reading.label, reading.contributions) == (0.0, Label.abstain, ())


@pytest.mark.parametrize(
    "text",
    [
        "It isn't good",
        "It isn’t good",
        "It isnt good",
        "the game crashes every time I open level 3",
        "used to be great",
        "♥♥♥♥ this ♥♥♥♥♥♥ game",
        "Soooo booooring",
    ],
)
def test_these_are_complaints(text: str) -> None:
    assert score(text) < -0.1


@pytest.mark.parametrize(
    "text", ["Not bad at all", "No lag, no ads, no crashes.", "It never crashed", "♥", "Gooood 😍"]
)
def test_these_are_praise(text: str) -> None:
    assert score(text) > 0.1


def test_what_follows_a_but_counts_more() -> None:
    assert score("Ugly but fun") > score("Fun but ugly")


def test_an_adverb_makes_praise_stronger() -> None:
    assert score("extremely good") > score("good") > score("slightly good")


def test_thanks_beside_a_fault_is_irony_and_alone_is_meant() -> None:
    assert score("Thanks for ruining the level") < 0 < score("Thanks for the level")


def test_most_hard_sentences_are_understood() -> None:
    assert len(HARD_SENTENCES) == 60
    right = sum(score(text) * side > 0 for text, side in HARD_SENTENCES)
    assert right >= 0.85 * len(HARD_SENTENCES)


def test_the_words_of_an_address_say_nothing_and_places_stay_right() -> None:
    text = "See https://awful.example/broken-crash (lovely game)"
    assert [one.text for one in read(text).contributions] == ["lovely"]


def test_words_of_grammar_are_never_marked() -> None:
    reading = read("The music is fine and it is the last of the great waste of time games, lovely")
    marked = {part.text.lower() for part in reading.contributions}
    assert {"fine", "great", "lovely"} <= marked
    assert marked.isdisjoint({"the", "a", "is", "of", "it", "and"})
    starts = [part.start for part in reading.contributions]
    assert starts == sorted(set(starts))


def test_most_sentences_that_were_never_fitted_to_are_understood() -> None:
    assert len(BLIND_SENTENCES) == 60
    right = sum(score(text) * side > 0 for text, side in BLIND_SENTENCES)
    assert right >= 0.7 * len(BLIND_SENTENCES)


def test_contributions_quote_the_customer_and_add_up() -> None:
    text = "I LOVE it… but it isn’t very GOOD at level 3, İstanbul 😡"
    reading = read(text)
    assert reading.contributions
    for part in reading.contributions:
        assert text[part.start : part.end] == part.text
    assert "I LOVE it" in {part.text for part in reading.contributions}
    total = sum(part.weight for part in reading.contributions)
    assert reading.polarity == pytest.approx(math.tanh(total / 2))


def test_a_reading_survives_storage() -> None:
    reading = read(COMPLAINT)
    assert reading.scorer_version == SCORER_VERSION
    assert Reading.model_validate_json(reading.model_dump_json()) == reading


def test_many_texts_are_read_in_their_order() -> None:
    texts = ["good", "bad", ""]
    assert read_many(texts) == [read(text) for text in texts]


PIECES = st.sampled_from(
    ["good", "bad", "not", "isn't", "very", "but", "wow", "♥♥", "♥", "10/10", ":)", "no", "ads",
     "used to be", "thanks for", ".", "!", "\n", "soooo", "İ", "ß", "😡", "crash", "'", "’"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)))
def test_any_text_gets_a_bounded_explained_and_repeatable_reading(text: str) -> None:
    reading = read(text)
    assert -1 <= reading.polarity <= 1
    assert 0 <= reading.subjectivity <= 1
    assert reading == read(text)
    assert reading.polarity == score(text)
    total = sum(part.weight for part in reading.contributions)
    assert reading.polarity == pytest.approx(math.tanh(total / 2))
    assert all(text[part.start : part.end] == part.text for part in reading.contributions)
    assert Reading.model_validate(reading.model_dump()) == reading


@pytest.mark.parametrize(
    "unit", ["a", "!", "♥", "not ", "but good ", "wow bad ", "( ", ".a", "would be ", "x ", "\n"]
)
def test_a_hundred_thousand_characters_are_read(unit: str) -> None:
    reading = read(unit * (100_000 // len(unit)))
    assert -1 <= reading.polarity <= 1
