"""Words that people's labels speak for or against, otherwise than the scorer's table does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import atanh
from typing import NamedTuple

from casework.corrections.correction import HUMAN_VALUE
from casework.record import Record
from casework.sentiment import Label, Table, score
from casework.sentiment.table import stopwords
from casework.sentiment.tokens import TOKEN, fold

TEXTS_AT_LEAST = 3
"""One or two texts may be chance."""

ONE_SIDED = 0.75
"""At least this share of the labels has the same side: of four texts one may differ."""

SHORTEST, SHOWN, EXAMPLES = 3, 20, 3
CERTAIN = 0.999
KNOWN_FROM = 0.1
"""A weight smaller than this, in log-odds, says nothing."""

Texts = Mapping[str, Sequence[tuple[str, Label]]]


class Proposal(Record):
    """A word or pair of words that people hear otherwise than the table.

    `weight` is proposed, `present` is the table's, both in log-odds; `mean` in [-1, 1] is that of
    the labels of its `texts`; `for_it` of them lie on its side.
    """

    term: str
    weight: float
    present: float
    mean: float
    texts: int
    for_it: int
    examples: tuple[str, ...]

    @property
    def because(self) -> str:
        """Whence it comes, in a line."""
        side = "positive" if self.mean > 0 else "negative"
        weight = f"{self.present:+.2f}".replace("-", "−")
        known = f"the table gives {weight}" if self.present else "the table is silent"
        return f"{self.for_it} of {self.texts} labelled texts with it are {side}; {known}"


def propose(
    labelled: Sequence[tuple[str, Label]], table: Table, *, refused: frozenset[str] = frozenset()
) -> tuple[Proposal, ...]:
    """Terms for an owner to accept, the most often seen first; none that was refused before.

    A term is proposed when three or more labelled texts hold it, three quarters of them have the
    same side, and the table gives it the other side or none. Its weight is the one with which it
    alone would read as the mean label of these texts and of one neutral text more, so that few
    texts move little. A pair is left out when one of its words is proposed already.
    """
    found = [
        proposal
        for term, texts in _by_term(labelled).items()
        if term not in refused and (proposal := _proposal(term, texts, _present(table, term)))
    ]
    words = {one.term for one in found if " " not in one.term}
    kept = [one for one in found if " " not in one.term or words.isdisjoint(one.term.split(" "))]
    return tuple(sorted(kept, key=lambda one: (-one.for_it, one.term))[:SHOWN])


def _by_term(labelled: Iterable[tuple[str, Label]]) -> Texts:
    found: dict[str, list[tuple[str, Label]]] = defaultdict(list)
    for text, label in labelled:
        for term in terms_in(text):
            found[term].append((text, label))
    return found


def terms_in(text: str) -> frozenset[str]:
    """The telling words of a text and the pairs of neighbours among them."""
    silent = stopwords()
    words = [piece if piece[0].isalpha() else "" for piece in TOKEN.findall(fold(text))]
    telling = [word if len(word) >= SHORTEST and word not in silent else "" for word in words]
    pairs = {f"{one} {two}" for one, two in pairwise(telling) if one and two}
    return frozenset(pairs | set(telling) - {""})


class _Sides(NamedTuple):
    mean: float
    for_it: int


def _sides(labels: Sequence[Label]) -> _Sides:
    values = [HUMAN_VALUE[label] for label in labels]
    mean = sum(values) / len(values)
    return _Sides(mean, sum(value * mean > 0 for value in values))


def _proposal(term: str, texts: Sequence[tuple[str, Label]], present: float) -> Proposal | None:
    sides = _sides([label for _, label in texts])
    rare = len(texts) < TEXTS_AT_LEAST
    if rare or sides.for_it < ONE_SIDED * len(texts) or present * sides.mean > 0:
        return None
    shrunk = sides.mean * len(texts) / (len(texts) + 1)
    return Proposal(
        term=term,
        weight=round(atanh(shrunk), 2),
        present=present,
        mean=sides.mean,
        texts=len(texts),
        for_it=sides.for_it,
        examples=tuple(text for text, _ in texts[:EXAMPLES]),
    )


def _present(table: Table, term: str) -> float:
    """What the table gives a term that stands alone, 0 where it hardly matters."""
    polarity = score(term, table=table)
    weight = round(atanh(max(-CERTAIN, min(CERTAIN, polarity))), 2)
    return weight if abs(weight) >= KNOWN_FROM else 0.0
