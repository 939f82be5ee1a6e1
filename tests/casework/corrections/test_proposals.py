"""Words of people's own are proposed by a rule that can be told in a sentence, and tried first."""

import pytest
from pydantic import ValidationError

from casework.corrections import (
    Effect,
    Judged,
    OwnTerm,
    effect,
    propose,
    read_by,
)
from casework.corrections.own_terms import with_term, without_term
from casework.corrections.proposals import terms_in
from casework.errors import Invalid
from casework.sentiment import SCORER_VERSION, TABLE, Label, extended, read, score

NEG, NEU, POS = Label.negative, Label.neutral, Label.positive
YULE = [(f"Round {number} was so yuleish, wow", POS) for number in range(4)]


def found(labelled: list[tuple[str, Label]], **more: frozenset[str]) -> dict[str, float]:
    return {one.term: one.weight for one in propose(labelled, TABLE, **more)}


def test_an_unknown_word_in_three_texts_of_one_side_is_proposed() -> None:
    # Three of +.6 and one neutral text: .45, and the weight that alone reads so is atanh(.45).
    assert found(YULE[:3])["yuleish"] == pytest.approx(0.48)
    assert "yuleish" not in found(YULE[:2])


def test_three_quarters_on_one_side_suffice_and_half_does_not() -> None:
    assert "yuleish" in found([*YULE[:3], ("So yuleish", NEG)])
    assert "yuleish" not in found([*YULE[:2], ("So yuleish", NEG), ("Most yuleish", NEG)])


def test_a_known_word_is_proposed_only_against_its_weight() -> None:
    crazy = [(f"Crazy ride number {one}", POS) for one in range(3)]
    assert score("crazy") < 0
    assert found(crazy)["crazy"] > 0
    assert "crazy" not in found([(text, NEG) for text, _ in crazy])


def test_grammar_and_refused_words_are_not_proposed() -> None:
    texts = [("The of and yuleish", POS)] * 3
    assert set(found(texts)) == {"yuleish"}
    assert found(texts, refused=frozenset({"yuleish"})) == {}


def test_a_proposal_says_whence_it_comes() -> None:
    (one,) = [each for each in propose(YULE, TABLE) if each.term == "yuleish"]
    assert one.because == "4 of 4 labelled texts with it are positive; the table is silent"
    assert one.examples == tuple(text for text, _ in YULE[:3])


def test_terms_are_words_and_neighbours_without_grammar() -> None:
    assert terms_in("The frost troll is in a sledge!") == {
        "frost",
        "troll",
        "frost troll",
        "sledge",
    }


def test_the_effect_counts_what_changes_and_whether_people_agree() -> None:
    own = extended({"yuleish": 1.2})
    texts = [
        Judged(text="How yuleish", human=POS),
        Judged(text="Yuleish level"),
        Judged(text="yuleish?", human=NEU),
        Judged(text="Great fun", human=POS),
        Judged(text="The yuleish terrible crash", human=NEG),
    ]
    assert read(texts[0].text).label is Label.abstain
    told = effect(texts, TABLE, own)
    assert told == Effect(texts=5, differently=3, with_people=1, against_people=0)
    assert told.in_words.startswith("3 of 5 texts would be read differently: 1 as people said, 0")
    back = effect(texts[:1], own, TABLE)
    assert (back.differently, back.with_people, back.against_people) == (1, 0, 1)
    assert effect(texts, TABLE, TABLE).in_words == "0 of 5 texts would be read differently."


def test_own_terms_are_kept_as_texts_are_read() -> None:
    assert OwnTerm(term="  Frost  TROLL ", weight=-1, because="said so").term == "frost troll"
    for wrong in ("!!", "one two three four five", "x" * 90):
        with pytest.raises(ValidationError):
            OwnTerm(term=wrong, weight=1, because="no")
    with pytest.raises(ValidationError):
        OwnTerm(term="fine", weight=9, because="no")


def test_versions_name_the_scorer_and_the_own_terms() -> None:
    assert (read_by(0), read_by(3)) == (SCORER_VERSION, f"{SCORER_VERSION}+3")


def test_a_term_again_takes_the_place_of_the_first_and_a_missing_one_cannot_go() -> None:
    one = OwnTerm(term="yuleish", weight=1, because="a")
    two = OwnTerm(term="frosty", weight=1, because="b")
    again = OwnTerm(term="Yuleish", weight=2, because="c")
    assert with_term(with_term((one,), two), again) == (two, again)
    assert without_term((two, again), "frosty") == (again,)
    with pytest.raises(Invalid, match="not among the own terms"):
        without_term((two,), "yuleish")
