"""Finds what in a list of tokens speaks for or against, and how strongly."""

from math import sqrt

from casework.sentiment.table import Entry, Table

BEFORE_BUT = 0.6
"""What stands before a "but" counts less than what follows it."""

A_FAULT = -0.4
"""A word at least this bad beside an ironic opening ("thanks for …") makes its praise irony."""

IRONIC_PRAISE = -0.5
"""What is left of praise that is meant ironically."""


Hit = tuple[int, int, float, float]
"""A table entry met in the text: first token, last token, its weight, the factor on it.

A plain tuple, for a named one takes half of the scorer's time to build.
"""


def evidence_share(hits: int) -> float:
    """What each of so many hits counts: a long text is not surer only because it is long.

    Source: leave-one-source-out fits with powers 0, .25, .35, .5 and .7; the root did best.
    """
    return 2.0 / sqrt(hits) if hits else 0.0


def join_phrases(tokens: list[str], table: Table) -> tuple[list[str], dict[int, int]]:
    """Fixed phrases as one token each, blanks after it, and where each joined token ends."""
    starts = table.phrases
    places = [at for at, token in enumerate(tokens[:-1]) if token in starts]
    ends: dict[int, int] = {}
    free = 0
    for at in places:
        candidates = starts[tokens[at]].get(tokens[at + 1])
        if candidates is not None and at >= free:
            length = _phrase_at(tokens, at, candidates)
            free = at + length
            if length:
                ends[at] = free - 1
    return (_joined(tokens, ends) if ends else tokens), ends


def _phrase_at(tokens: list[str], at: int, candidates: list[list[str]]) -> int:
    for words in candidates:
        if tokens[at : at + len(words)] == words:
            return len(words)
    return 0


def _joined(tokens: list[str], ends: dict[int, int]) -> list[str]:
    joined = list(tokens)
    for at, last in ends.items():
        joined[at : last + 1] = [" ".join(tokens[at : last + 1])] + [""] * (last - at)
    return joined


def find(tokens: list[str], entries: dict[str, Entry]) -> list[Hit]:
    """All hits in reading order: words, negated words, word pairs, with intensity as factor."""
    found: list[Hit] = []
    marks: list[tuple[str, int]] = []
    left, boost, before = 0, 1.0, ""
    look = entries.get
    for at, token in enumerate(tokens):
        entry = look(token)
        if entry is None:
            left, boost, before = left - 1, 1.0, token
            continue
        plain, negated, pairs, scope, next_boost, mark = entry
        if pairs is not None and before in pairs:
            found.append((at - 1, at, pairs[before], 1.0))
        weight = negated if left > 0 else plain
        if weight:
            found.append((at, at, weight, boost))
        if mark:
            marks.append((mark, len(found)))
        left = left - 1 if scope is None else scope
        boost, before = next_boost, token
    return _turned(found, marks) if marks else found


def _turned(found: list[Hit], marks: list[tuple[str, int]]) -> list[Hit]:
    """Apply contrast and irony sentence by sentence."""
    begin = turn = 0
    ironic = False
    for mark, at in [*marks, (".", len(found))]:
        if mark == "but":
            turn = at
        elif mark == "irony":
            ironic = True
        else:
            _scale(found, begin, turn, BEFORE_BUT)
            if ironic and _worst(found, begin, at) <= A_FAULT:
                _scale(found, begin, at, IRONIC_PRAISE, only_praise=True)
            begin, turn, ironic = at, at, False
    return found


def _scale(found: list[Hit], begin: int, end: int, by: float, *, only_praise: bool = False) -> None:
    for place in range(begin, end):
        first, last, weight, factor = found[place]
        if not only_praise or weight > 0:
            found[place] = (first, last, weight, factor * by)


def _worst(found: list[Hit], begin: int, end: int) -> float:
    return min((weight for _, _, weight, _ in found[begin:end]), default=0.0)
