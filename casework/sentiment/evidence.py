"""Finds what in a text speaks for or against, and how strongly, in one walk over its tokens."""

from collections.abc import Callable, Iterator
from math import sqrt

from casework.sentiment.looks import Look, Next, Rule, phrase_at

BEFORE_BUT = 0.6
"""What stands before a "but" counts less than what follows it."""

A_FAULT = -0.4
"""A word at least this bad beside an ironic opening ("thanks for …") makes its praise irony."""

IRONIC_PRAISE = -0.5
"""What is left of praise that is meant ironically."""

Hit = tuple[int, int, float, float]
"""A table entry met in the text: its first and last token, its weight, the factor on it.

A plain tuple, for a named one takes half of the scorer's time to build.
"""


def evidence_share(hits: int) -> float:
    """What each of so many hits counts: a long text is not surer only because it is long.

    Source: leave-one-source-out fits with powers 0, .25, .35, .5 and .7; the root did best.
    """
    return 2.0 / sqrt(hits) if hits else 0.0


def find(looks: list[Look]) -> list[Hit]:  # noqa: C901 - calls would take half of the time
    """All hits in reading order: words, negated words, word pairs, with intensity as factor."""
    found: list[Hit] = []
    add = found.append
    marks: list[tuple[str, int]] = []
    negated_to = boosted = -1
    boost, turning = 1.0, False
    walk = iter(enumerate(looks))
    for at, (_, plain, negated, nexts, rule, _) in walk:
        last = at
        if nexts and (after := nexts.get(looks[at + 1][0])):
            weight, shown, begun, always = after
            if begun and (always or looks[at + 2][0] in begun):
                last, plain, negated, rule = _ahead(looks, at, after, walk, add)
            elif weight:
                add((at + shown, at + shown, weight, 1.0))
        if weight := negated if at <= negated_to else plain:
            add((at, last, weight, boost if at == boosted else 1.0))
        if rule:
            scope, boost, mark, turns = rule
            boosted = last + 1
            negated_to = negated_to if scope is None else last + scope
            marks.append((mark, len(found)))
            turning = turning or turns
    return _turned(found, marks) if turning else found


def _ahead(
    looks: list[Look],
    at: int,
    after: Next,
    walk: Iterator[object],
    add: Callable[[Hit], None],
) -> tuple[int, float, float, Rule | None]:
    """What counts here: a phrase that begins, its tokens used up, or the token with its pair."""
    weight, shown, begun, _ = after
    if begun and (found := phrase_at(looks, at, begun)):
        last, (_, plain, negated, _, rule, _) = found
        for _ in range(at, last):
            next(walk)
        return last, plain, negated, rule
    if weight:
        add((at + shown, at + shown, weight, 1.0))
    _, plain, negated, _, rule, _ = looks[at]
    return at, plain, negated, rule


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
        at, last, weight, factor = found[place]
        if not only_praise or weight > 0:
            found[place] = (at, last, weight, factor * by)


def _worst(found: list[Hit], begin: int, end: int) -> float:
    return min((weight for _, _, weight, _ in found[begin:end]), default=0.0)
