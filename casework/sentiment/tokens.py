"""Text into the pieces that can carry weight: words, numbers, marks, emoticons, emoji."""

import re
from collections.abc import Container

# Emoticons before marks, words with their apostrophes, ratings such as 10/10 in one piece,
# runs of hearts (how Steam censors swearing), and every other sign by itself.
TOKEN = re.compile(
    r"[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|\d+(?:[./]\d+)*"
    r"|[:;=]['^-]?[()\[\]dpo3/\\|*](?!\w)"
    r"|<3+"
    r"|♥+"
    r"|[^\w\s]"
    r"|\n"
)
_LONG = re.compile(r"([^\W\d_])\1\1")
_RUN = re.compile(r"(.)\1{2,}")


def fold(text: str) -> str:
    """The text in lower case and with plain apostrophes, of the same length so that offsets hold."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'")


def split(folded: str, known: Container[str]) -> list[str]:
    """The pieces of a folded text, in order; "sooo goood" becomes "so good" where that is known."""
    pieces = TOKEN.findall(folded)
    if "♥♥" in folded:
        pieces = ["♥♥" if piece.startswith("♥♥") else piece for piece in pieces]
    if _LONG.search(folded):
        pieces = [_shorten(piece, known) for piece in pieces]
    return pieces


def spans(folded: str) -> list[tuple[int, int]]:
    """Where the pieces of `split` stand, as offsets into the text."""
    return [piece.span() for piece in TOKEN.finditer(folded)]


def _shorten(piece: str, known: Container[str]) -> str:
    if not _LONG.search(piece):
        return piece
    twice = _RUN.sub(r"\1\1", piece)
    once = _RUN.sub(r"\1", piece)
    return twice if twice in known or once not in known else once
