"""Choosing the one quote that stands for many."""

import re
from collections import Counter
from collections.abc import Sequence
from math import sqrt

from casework.report.material import Verbatim

_WORD = re.compile(r"[^\W\d_]{4,}")
"""Words of four letters or more carry the meaning; shorter ones are mostly grammar."""


def most_typical(verbatims: Sequence[Verbatim]) -> Verbatim | None:
    """The text whose words are most common among all of them; the earliest answer on a tie.

    Score: how many texts share each of its words, summed, over the root of its length, so that a
    long text does not win by length alone. None without texts.
    """
    words = [set(_WORD.findall(one.text.lower())) for one in verbatims]
    shared = Counter(word for text in words for word in text)

    def score(place: int) -> tuple[float, int]:
        total = sum(shared[word] for word in words[place])
        return total / sqrt(len(words[place]) or 1), -verbatims[place].answer_id

    best = max(range(len(verbatims)), key=score, default=None)
    return None if best is None else verbatims[best]
