"""Why a text got its score: its clauses, the words in each, and what each word added."""

from math import tanh

from casework.record import Record
from casework.sentiment import Contribution, Reading
from casework.sentiment.aspects import aspects
from casework.sentiment.clauses import clauses

SOFTNESS = 2.0
"""As in the scorer: half of the sum is squashed."""


class Piece(Record):
    """A stretch of the customer's text; `weight` in log-odds where it moved the score, else 0."""

    text: str
    weight: float = 0.0


class ClauseHeard(Record):
    """One clause: its text in pieces, the sum of its weights, and what it is about."""

    pieces: tuple[Piece, ...]
    weight: float
    aspects: tuple[str, ...]

    @property
    def polarity(self) -> float:
        """What these words alone would make, in [-1, 1]."""
        return tanh(self.weight / SOFTNESS)


class Explanation(Record):
    """The clauses in reading order; their weights sum to `total`, squashed into the polarity."""

    clauses: tuple[ClauseHeard, ...]
    total: float


def explain(text: str, reading: Reading) -> Explanation:
    """Why this text was read so, from the reading as it is stored."""
    about = aspects(text)
    cut = clauses(text)
    starts = [0, *(start for start, _ in cut[1:])]
    ends = [*starts[1:], len(text)]
    heard = tuple(
        ClauseHeard(
            pieces=_pieces(text, start, end, words),
            weight=sum(one.weight for one in words),
            aspects=tuple(
                dict.fromkeys(one.aspect for one in about if one.start < end and one.end > start)
            ),
        )
        for start, end in zip(starts, ends, strict=True)
        for words in [_within(reading, start, end)]
        if text[start:end].strip()
    )
    return Explanation(clauses=heard, total=sum(one.weight for one in reading.contributions))


def _within(reading: Reading, start: int, end: int) -> list[Contribution]:
    """The words that begin in a stretch, so that each belongs to one clause."""
    found = [one for one in reading.contributions if start <= one.start < end]
    return sorted(found, key=lambda one: one.start)


def _pieces(text: str, start: int, end: int, words: list[Contribution]) -> tuple[Piece, ...]:
    """The stretch cut at its words; of words that overlap the later one is shown joined."""
    found: list[Piece] = []
    at = start
    for word in words:
        begin, stop = max(word.start, at), min(word.end, end)
        found += [Piece(text=text[at:begin])] if begin > at else []
        found.append(Piece(text=text[begin : max(begin, stop)], weight=word.weight))
        at = max(at, stop)
    return (*found, *([Piece(text=text[at:end])] if at < end else []))
