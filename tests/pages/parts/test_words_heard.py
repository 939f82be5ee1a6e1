"""Why a text got its score, as it is shown: sign and number beside each colour, text as data."""

from casework.explanation import explain
from casework.sentiment import Label, read
from pages.parts.words_heard import Scored, headline, of_clause, signed, summed, weighed

TEXT = "Lovely *music*, but it crashed [here](x)."


def test_each_word_that_counts_carries_its_weight_and_every_sign_of_a_customer_is_text() -> None:
    told = explain(TEXT, read(TEXT))
    shown = "\n".join(weighed(clause.pieces) for clause in told.clauses)
    assert ":green-background[Lovely **+" in shown
    assert ":red-background[" in shown
    assert "**−" in shown
    assert "\\*:green-background[music" in shown
    assert "\\[here\\](" in shown


def test_clauses_say_what_they_add_and_what_they_are_about() -> None:
    told = explain(TEXT, read(TEXT))
    praise, complaint = map(of_clause, told.clauses)
    assert praise.startswith("This part adds +")
    assert praise.endswith("about audio")
    assert complaint.startswith("This part adds −")
    assert signed(-0.349) == "−0.35"


def test_a_persons_word_comes_first_and_silence_says_so() -> None:
    silent = "The level"
    assert headline(Scored(silent, read(silent))) == (
        "**No score**: no word in it says how they feel"
    )
    told = headline(Scored(TEXT, read(TEXT), Label.positive))
    assert told.startswith("**A person reads it as positive, and that counts.** The scorer: **")
    assert summed(explain(silent, read(silent)), read(silent)) == "Nothing was added up."
