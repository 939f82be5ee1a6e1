"""Words in a customer's text that moved its reading, and why the text got its score."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from casework.criteria import Metric, figure
from casework.explanation import ClauseHeard, Explanation, Piece, explain
from casework.feedback import disagrees
from casework.sentiment import Contribution, Label, Reading
from casework.text import escape_markdown

WORDS_LISTED = 8
CLAUSES_SHOWN = 40
MARKED_FROM = 0.6
"""Weight in log-odds, of either sign, from which a word is marked. Source: in the demonstration's
texts lighter ones are mostly grammar, such as “the last” or “let me”."""


@dataclass(frozen=True)
class Scored:
    """A text with its reading, a person's label if there is one, and the stars that came with it.

    `read_by` is the scorer with the version of the own words.
    """

    text: str
    reading: Reading
    human: Label | None = None
    stars: int | None = None
    read_by: str = ""


def show_why(scored: Scored) -> None:
    """A button that opens the explanation: the same wherever a reading is shown."""
    with st.popover("Why this score?", icon=":material/psychology:", type="tertiary"):
        explain_score(scored)


def explain_score(scored: Scored) -> None:
    """The score, its clauses with the weight of every word, TextBlob's own value, the stars."""
    reading = scored.reading
    st.markdown(headline(scored))
    told = explain(scored.text, reading)
    for clause in told.clauses[:CLAUSES_SHOWN]:
        st.markdown(weighed(clause.pieces))
        st.caption(of_clause(clause))
    if len(told.clauses) > CLAUSES_SHOWN:
        st.caption(f"And {len(told.clauses) - CLAUSES_SHOWN} more clauses.")
    st.caption(summed(told, reading))
    st.caption(
        f"TextBlob alone would say {tone(reading.textblob_polarity)}. "
        f"Read by scorer {scored.read_by or reading.scorer_version}."
    )
    if disagrees(scored.stars, reading.polarity):
        side = "praise" if reading.polarity > 0 else "a complaint"
        st.markdown(
            f":violet-badge[text and stars disagree] {scored.stars} of 5, yet the words read as "
            f"{side}."
        )


def headline(scored: Scored) -> str:
    """What counts, and whose word it is."""
    reading = scored.reading
    if reading.label is Label.abstain:
        said = "**No score**: no word in it says how they feel"
    else:
        said = f"**{reading.label.value.capitalize()}**, {tone(reading.polarity)} from −1 to 1"
    if scored.human is None:
        return said
    return f"**A person reads it as {scored.human.value}, and that counts.** The scorer: {said}"


def weighed(pieces: Sequence[Piece]) -> str:
    """A clause as Markdown: each word that counts coloured, with its weight and sign beside it."""
    return "".join(_weighed(one) for one in pieces).strip()


def _weighed(piece: Piece) -> str:
    shown = _plain(piece.text)
    if not piece.weight:
        return shown
    colour = "green" if piece.weight > 0 else "red"
    return f":{colour}-background[{shown} **{signed(piece.weight)}**]"


def of_clause(clause: ClauseHeard) -> str:
    """What a clause adds, and what it is about."""
    if not any(piece.weight for piece in clause.pieces):
        added = "adds nothing"
    else:
        added = f"adds {signed(clause.weight)}; alone it would read {tone(clause.polarity)}"
    about = f" · about {', '.join(map(escape_markdown, clause.aspects))}" if clause.aspects else ""
    return f"This part {added}{about}"


def summed(told: Explanation, reading: Reading) -> str:
    """How the score follows from the weights."""
    if not reading.contributions:
        return "Nothing was added up."
    return (
        f"All parts together {signed(told.total)}, pressed into the scale: "
        f"{tone(reading.polarity)}. Weights above 0 speak for praise, below for a complaint."
    )


def tone(polarity: float) -> str:
    return figure(Metric.sentiment, polarity)


def signed(weight: float) -> str:
    """A weight with its sign: “+1.20”, “−0.35”."""
    return f"{weight:+.2f}".replace("-", "−")


def marked(text: str, words: Sequence[Contribution]) -> str:
    """The text as Markdown, praise on green and complaint on red; shown as text all the same.

    Words that hardly matter stay unmarked. A + or − beside each says the same without the colour.
    """
    parts, end = [], 0
    telling = [word for word in words if abs(word.weight) >= MARKED_FROM]
    for word in sorted(telling, key=lambda one: one.start):
        if word.start < end:
            continue
        parts.append(_plain(text[end : word.start]))
        colour, sign = ("green", "+") if word.weight > 0 else ("red", "−")
        parts.append(f":{colour}-background[{sign}\u2009{_plain(text[word.start : word.end])}]")
        end = word.end
    parts.append(_plain(text[end:]))
    return "".join(parts)


def _plain(piece: str) -> str:
    """A piece in the middle of a line: its blanks at both ends are kept."""
    shown = escape_markdown(" ".join(f"x{piece}x".split()))
    return shown.removeprefix("x").removesuffix("x")


def why(reading: Reading) -> str:
    """The words with their weights, strongest first: they sum to the score."""
    strongest = sorted(reading.contributions, key=lambda one: -abs(one.weight))[:WORDS_LISTED]
    if not strongest:
        return "No word in it says how they feel."
    return ", ".join(f"{_plain(one.text)} {signed(one.weight)}" for one in strongest)
