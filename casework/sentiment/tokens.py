"""Text into the pieces that can carry weight: words, marks, emoticons, emoji."""

import re
from collections.abc import Callable, Container
from itertools import chain

from casework.sentiment.looks import BEGIN, END, ENDS, Look
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
_ADDRESS = re.compile(r"(?:\b[a-z]{3,6}://|\bwww\.)[^\s\"'<>)\]]*", re.IGNORECASE)
_RUN = re.compile(r"([^\W\d_])\1{2,}|♥♥")
_REMEMBERED = 32_768
_CACHED_TEXT = 5_000
"""Words of longer texts are not remembered, so that no text can fill the memory."""

Looker = Callable[[str], tuple[Look, ...]]
"""From a stretch without spaces to its tokens, each with what it means."""


class Memory(dict[str, tuple[Look, ...]]):
    """Stretches looked at before; begins anew when full."""

    def __init__(self, look: Looker) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, stretch: str) -> tuple[Look, ...]:
        """Look at a stretch that is not remembered."""
        looks = self._look(stretch)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[stretch] = looks
        return looks


class Cutter:
    """Cuts folded texts into tokens and looks each of them up; remembers those of short texts."""

    def __init__(
        self,
        known: Container[str],
        mend: Mender,
        look: Callable[[str], Look],
        hint: Callable[[str], float],
    ) -> None:
        self._known, self._mend, self._look, self._hint = known, mend, look, hint
        self._memory = Memory(self._stretch).__getitem__
        self._seen: dict[str, Look] = {}
        self._start = look(BEGIN)

    def looks(self, folded: str) -> list[Look]:
        """The tokens in order between the start and the end; a line's end is a full stop."""
        look = self._memory if len(folded) <= _CACHED_TEXT else self._stretch
        found = [self._start]
        found.extend(chain.from_iterable(map(look, folded.replace("\n", " . ").split())))
        found.append(END)
        return found

    def _stretch(self, stretch: str) -> tuple[Look, ...]:
        return tuple(map(self._hinting, self._tokens(stretch)))

    def _hinting(self, token: str) -> Look:
        """One look for each token: what lies together in memory is read faster."""
        found = self._seen.get(token)
        if found is None:
            found = (*self._look(token)[:5], self._hint(token))
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[token] = found
        return found

    def _tokens(self, stretch: str) -> list[str]:
        """A word nobody knows is read as the one that was meant, "sooo" as the usual form."""
        pieces = [stretch] if stretch.isalnum() else TOKEN.findall(stretch)
        if _RUN.search(stretch):
            pieces = [_usual_form(piece, self._known) for piece in pieces]
        found: list[str] = []
        for piece in pieces:
            found += [piece, BEGIN] if piece in ENDS else [self._mend(piece)]
        return found


def fold(text: str) -> str:
    """The text in lower case with plain apostrophes; of the same length, so that offsets hold.

    Addresses of the web become blanks: their words are nobody's opinion.
    """
    if "://" in text or "www." in text:
        text = _ADDRESS.sub(lambda address: " " * len(address[0]), text)
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'")


def spans(folded: str) -> list[tuple[int, int]]:
    """Where the tokens of `Cutter.looks` stand in the text; a begin is as long as nothing."""
    found = [(0, 0)]
    for piece in TOKEN.finditer(folded):
        found.append(piece.span())
        if piece[0] in ENDS:
            found.append((piece.end(), piece.end()))
    return found


def _usual_form(piece: str, known: Container[str]) -> str:
    if piece.startswith("♥♥"):
        return "♥♥"
    if not _RUN.search(piece):
        return piece
    twice = _RUN.sub(r"\1\1", piece)
    once = _RUN.sub(r"\1", piece)
    return twice if twice in known or once not in known else once
