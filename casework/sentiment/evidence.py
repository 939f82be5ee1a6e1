"""Finds what in a list of tokens speaks for or against, and how strongly."""

from math import sqrt

from casework.sentiment.table import Look, Phrase, Table

BEFORE_BUT = 0.6
"""What stands before a "but" counts less than what follows it."""

A_FAULT = -0.4
"""A word at least this bad beside an ironic opening ("thanks for …") makes its praise irony."""

IRONIC_PRAISE = -0.5
"""What is left of praise that is meant ironically."""

_TURNING = frozenset(("but", "irony"))

Hit = tuple[int, float, float]
"""A table entry met in the text: the token it stands at, its weight, the factor on it.

A plain tuple, for a named one takes half of the scorer's time to build.
"""


def evidence_share(hits: int) -> float:
    """What each of so many hits counts: a long text is not surer only because it is long.

    Source: leave-one-source-out fits with powers 0, .25, .35, .5 and .7; the root did best.
    """
    return 2.0 / sqrt(hits) if hits else 0.0


def join_phrases(tokens: list[str], table: Table) -> tuple[list[str], dict[int, int]]:
    """Fixed phrases as one token each, blanks after it, and where each joined token ends."""
    places = [
        (at, seconds[tokens[at + 1]])
        for at, seconds in enumerate(map(table.phrases.get, tokens[:-1]))
        if seconds and tokens[at + 1] in seconds
    ]
    return _joined(tokens, places) if places else (tokens, {})


def _joined(
    tokens: list[str], places: list[tuple[int, list[Phrase]]]
) -> tuple[list[str], dict[int, int]]:
    joined, ends, free = list(tokens), dict[int, int](), 0
    for at, phrases in places:
        for words, length, text in phrases:
            if at >= free and tokens[at : at + length] == words:
                free = at + length
                joined[at:free] = [text] + [""] * (length - 1)
                ends[at] = free - 1
                break
    return joined, ends


def find(tokens: list[str], looks: dict[str, Look]) -> list[Hit]:
    """All hits in reading order: words, negated words, word pairs, with intensity as factor."""
    found: list[Hit] = []
    add = found.append
    marks: list[tuple[str, int]] = []
    negated_to = boosted = -1
    boost = 1.0
    for at, look in enumerate(map(looks.get, tokens)):
        if look is None:
            continue
        plain, negated, pairs, rule = look
        if pairs and (pair := pairs.get(tokens[at - 1])) and at:
            add((at + pair[0], pair[1], 1.0))
        if weight := negated if at <= negated_to else plain:
            add((at, weight, boost if at == boosted else 1.0))
        if rule:
            scope, boost, mark = rule
            boosted = at + 1
            negated_to = negated_to if scope is None else at + scope
            marks.append((mark, len(found)))
    return found if _TURNING.isdisjoint([mark for mark, _ in marks]) else _turned(found, marks)


def _turned(found: list[Hit], marks: list[tuple[str, int]]) -> list[Hit]:
    """Apply contrast and irony sentence by sentence."""
    begin = turn = 0
    ironic = False
    for mark, at in [*marks, (".", len(found))]:
        if mark == "but":
            turn = at
        elif mark == "irony":
            ironic = True
        elif mark == ".":
            _scale(found, begin, turn, BEFORE_BUT)
            if ironic and _worst(found, begin, at) <= A_FAULT:
                _scale(found, begin, at, IRONIC_PRAISE, only_praise=True)
            begin, turn, ironic = at, at, False
    return found


def _scale(found: list[Hit], begin: int, end: int, by: float, *, only_praise: bool = False) -> None:
    for place in range(begin, end):
        at, weight, factor = found[place]
        if not only_praise or weight > 0:
            found[place] = (at, weight, factor * by)


def _worst(found: list[Hit], begin: int, end: int) -> float:
    return min((weight for _, weight, _ in found[begin:end]), default=0.0)
