"""Text into the pieces that can carry weight: words, marks, emoticons, emoji."""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from itertools import chain

from casework.sentiment.spelling import Mender

# Words with their apostrophes first, then emoticons, runs of hearts (how Steam censors swearing),
# and every other sign by itself. No piece reaches across a space.
TOKEN = re.compile(
    r"\w+(?:'\w+)*"
    r"|[:;=]['^-]?[()\[\]dpo3/\\|*](?!\w)"
    r"|<3+"
    r"|♥+"
    r"|[^\w\s]"
    r"|\n"
)
_RUN = re.compile(r"([^\W\d_])\1{2,}|♥♥")
_REMEMBERED = 32_768
_CACHED_TEXT = 5_000
"""Words of longer texts are not remembered, so that no text can fill the memory."""


class Memory(dict[str, tuple[str, ...]]):
    """Stretches cut before; begins anew when full."""

    def __init__(self, cut: "Cut") -> None:
        super().__init__()
        self._cut = cut

    def __missing__(self, stretch: str) -> tuple[str, ...]:
        """Cut a stretch that is not remembered."""
        pieces = self._cut(stretch)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[stretch] = pieces
        return pieces


Cut = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True)
class Cutter:
    """Cuts a stretch without spaces into pieces; `remembering` keeps those of short texts."""

    plain: Cut
    remembering: Cut


def fold(text: str) -> str:
    """The text in lower case with plain apostrophes; of the same length, so that offsets hold."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'")


def split(folded: str, cutter: Cutter) -> list[str]:
    """The pieces of a folded text, in order; a line's end counts as a full stop."""
    cut = cutter.remembering if len(folded) <= _CACHED_TEXT else cutter.plain
    spaced = folded.replace("\n", " . ")
    return list(chain.from_iterable(map(cut, spaced.split())))


def spans(folded: str) -> list[tuple[int, int]]:
    """Where the pieces of `split` stand, as offsets into the text."""
    return [piece.span() for piece in TOKEN.finditer(folded)]


def cutter_for(known: Container[str], mend: Mender) -> Cutter:
    """A cutter that reads stretched words ("sooo") as the usual ones among those known.

    Every other word is passed through `mend`.
    """

    def cut(stretch: str) -> tuple[str, ...]:
        pieces = (stretch,) if stretch.isalnum() else tuple(TOKEN.findall(stretch))
        if _RUN.search(stretch):
            pieces = tuple(_usual_form(piece, known) for piece in pieces)
        return tuple(map(mend, pieces))

    return Cutter(cut, Memory(cut).__getitem__)


def _usual_form(piece: str, known: Container[str]) -> str:
    if piece.startswith("♥♥"):
        return "♥♥"
    if not _RUN.search(piece):
        return piece
    twice = _RUN.sub(r"\1\1", piece)
    once = _RUN.sub(r"\1", piece)
    return twice if twice in known or once not in known else once
