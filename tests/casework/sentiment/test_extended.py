"""A workspace's own words are read above the committed table, and nowhere else."""

import pytest

from casework.sentiment import TABLE, extended, read, read_many, score

OWN = extended({"frostbyte": -2.0, "Sleigh Bells": 1.5, "not a snowball": -1.0, "great": -1.0})


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("It is frostbyte", -1),
        ("FROSTBYYYTE", -1),
        ("pure sleigh bells", 1),
        ("not a snowball here", -1),
        ("great", -1),
    ],
)
def test_an_accepted_entry_is_heard(text: str, side: int) -> None:
    assert score(text, table=OWN) * side > 0
    assert read(text, table=OWN).polarity == score(text, table=OWN)


def test_the_committed_table_stays_as_it_was() -> None:
    assert score("great") > 0
    assert read("frostbyte") == read("frostbyte", table=TABLE)
    assert score("It crashes, boring", table=OWN) == score("It crashes, boring")


def test_an_accepted_phrase_is_quoted_as_the_customer_wrote_it() -> None:
    (part,) = read("The SLEIGH bells", table=OWN).contributions
    assert part.text == "SLEIGH bells"


def test_entries_without_a_word_are_passed_over() -> None:
    assert read_many(["fun"], table=extended({" ": 2.0, "": -1.0})) == read_many(["fun"])
