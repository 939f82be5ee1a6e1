"""Words in a customer's text that moved its reading, marked where they stand."""

from collections.abc import Sequence

from casework.sentiment import Contribution, Reading
from casework.text import escape_markdown

WORDS_LISTED = 8
MARKED_FROM = 0.6
"""Weight in log-odds, of either sign, from which a word is marked. Source: in the demonstration's
texts lighter ones are mostly grammar, such as “the last” or “let me”."""


def marked(text: str, words: Sequence[Contribution]) -> str:
    """The text as Markdown, praise on green and complaint on red; shown as text all the same.

    Words that hardly matter stay unmarked.
    """
    parts, end = [], 0
    telling = [word for word in words if abs(word.weight) >= MARKED_FROM]
    for word in sorted(telling, key=lambda one: one.start):
        if word.start < end:
            continue
        parts.append(_plain(text[end : word.start]))
        colour = "green" if word.weight > 0 else "red"
        parts.append(f":{colour}-background[{_plain(text[word.start : word.end])}]")
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
    return ", ".join(f"{_plain(one.text)} {one.weight:+.2f}".replace("-", "−") for one in strongest)
