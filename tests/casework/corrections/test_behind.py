"""A verdict says whose word its tones are, how often the scorer errs, and that it changed."""

from datetime import timedelta

from casework.corrections import ErrorRate
from casework.corrections.behind import Behind
from tests.betas import NOW

PLAIN = Behind(with_tone=181, by_people=12, read_by={}, present="1.2", registered="1.2")


def test_it_counts_the_tones_that_people_gave_and_says_what_is_not_measured() -> None:
    assert PLAIN.in_words == (
        "Of 181 counted tones 12 are a person's correction. How often the scorer (1.2) errs here "
        "is not measured: 0 of at least 25 random texts are labelled."
    )
    assert PLAIN.changes == ()
    assert not PLAIN.is_mixed


def test_the_error_is_told_with_its_interval_and_its_n() -> None:
    rate = ErrorRate(value=0.142, low=0.061, high=0.291, labelled=30)
    told = PLAIN.model_copy(update={"error": rate})
    assert told.in_words.endswith(
        "The scorer (1.2) erred on 14 % of the texts (95 %: 6 % to 29 %); 30 random ones were "
        "labelled blind."
    )


def test_while_texts_are_read_anew_it_says_which_scorer_the_numbers_are_of() -> None:
    mixed = PLAIN.model_copy(update={"read_by": {"1.2": 61, "1.2+1": 120}, "present": "1.2+1"})
    assert mixed.is_mixed
    assert mixed.changes == (
        "Texts are being read anew by scorer 1.2+1; so far about this build: 61 by 1.2, 120 by "
        "1.2+1.",
        "The scorer changed since the criteria were registered: 1.2 then, 1.2+1 now.",
    )


def test_a_decision_keeps_the_verdict_from_before_texts_were_read_anew() -> None:
    before = PLAIN.model_copy(update={"decided_at": NOW, "read_anew_at": NOW - timedelta(hours=1)})
    after = PLAIN.model_copy(update={"decided_at": NOW, "read_anew_at": NOW + timedelta(hours=1)})
    assert before.changes == ()
    assert after.changes == (
        "Texts were read anew after the last decision, which keeps the verdict it was taken on.",
    )


def test_it_says_how_many_answers_nobody_has_read_and_what_that_leaves_open() -> None:
    assert PLAIN.not_read == ""
    one = PLAIN.model_copy(update={"unread": 1})
    assert one.not_read == (
        "1 answer in another language was not read: its words have no tone, and the scorer has not "
        "looked whether they voice offence."
    )
    many = PLAIN.model_copy(update={"unread": 3})
    assert many.not_read.startswith("3 answers in another language were not read: their words")
    assert many.not_read not in many.in_words
