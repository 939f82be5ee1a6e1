"""Hears a concern about values: faith, holidays, culture, stereotypes, cruelty, children.

Missing one is worse than raising one too many, so the bar is low; a person reviews them. The sum of
what words, pairs of words and kinds of terms weigh is taken over each two sentences that follow
each other, for the hurt is often told after its subject.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from operator import itemgetter

from casework.sentiment.hints import KIND, TERMS, WEIGHTS, base, hint, is_word, kinds
from casework.sentiment.lexicon import TABLE
from casework.sentiment.looks import Look
from casework.sentiment.terms import LONGEST_WORD

BAR = -2.0
"""The sum, in log-odds, from which on an offence is taken to be voiced.

Source: on lists by authors the weights were not fitted to, nine in ten are heard.
"""

PLAIN, PLAIN_WORDS = -1.0, 5.0
"""The sum from which an offence counts as complaint, and what the words alone must add to it.

Source: of the offences on a list not fitted to, .94 then read as complaints instead of .79; of the
labelled feedback, .0003 fewer are right.
"""

WORTH_A_LOOK = 1.5
"""What the words of two sentences add by themselves in nearly all offences."""

_FINE, _PRAISED = KIND + "fine", KIND + "praise"
_OBJECTIONS = frozenset(KIND + kind for kind in ("direct", "hurt", "harm", "objection"))

A_FAULT, PRAISE = -0.8, 0.8
"""Words of the scorer's table at least this bad or good, in log-odds, are a kind each."""

_BASE = "bias"
_ENDS = frozenset(".!?\n")
_REMEMBERED = 32_768


def voiced(tokens: Sequence[str]) -> bool:
    """Whether a text says that something offends, or that what people hold dear was hurt."""
    return voiced_at(tokens) is not None


def plainly_voiced_at(looks: Sequence[Look]) -> int | None:
    """As `voiced_at`, but only where words and sum leave little doubt; nearly free elsewhere."""
    if sum(map(_HINT_OF, looks)) < PLAIN_WORDS:
        return None
    return voiced_at([look[0] for look in looks], PLAIN, PLAIN_WORDS)


def voiced_at(tokens: Sequence[str], bar: float = BAR, worth: float = WORTH_A_LOOK) -> int | None:
    """Which token tells of it most; None where no offence is voiced above the bar."""
    best, where = bar, None
    sums = [0.0, *accumulate(map(_HINTS.__getitem__, tokens))]
    for begin, end in windows(tokens):
        if sums[end] - sums[begin] < worth:
            continue
        shown = features(tokens[begin:end])
        found = WEIGHTS[_BASE] + sum(WEIGHTS.get(one, 0.0) for one in shown)
        if found > best and not _is_praise(shown):
            best = found
            where = max(range(begin, end), key=lambda at: _HINTS[tokens[at]])
    return where


def features(tokens: Sequence[str]) -> set[str]:
    """What a piece of text shows: bases of words, pairs of them, kinds of terms."""
    found = _shown(tokens)
    return found if _FINE not in found else {_FINE, *_shown(_without_fine(tokens))}


def _is_praise(shown: set[str]) -> bool:
    """Whether something is praised and nothing objected to."""
    return _PRAISED in shown and shown.isdisjoint(_OBJECTIONS)


def _shown(tokens: Sequence[str]) -> set[str]:
    known = [_WORDS[token] for token in tokens]
    bases = [one[0] for one in known if one[0]]
    found = {*bases, *map(" ".join, pairwise(bases))}
    for at, (_, own, begins) in enumerate(known):
        found.update(own)
        if begins:
            found.update(KIND + term.name for term in TERMS.standing_at(tokens, at))
    return found


def _without_fine(tokens: Sequence[str]) -> list[str]:
    """The tokens but for the terms known to mean no harm ("no offence", "holy cow")."""
    kept: list[str] = []
    free = 0
    for at, token in enumerate(tokens):
        fine = [len(one.words) for one in TERMS.standing_at(tokens, at) if one.name == "fine"]
        free = max([free, *(at + length for length in fine)])
        if at >= free:
            kept.append(token)
    return kept


class _Words(dict[str, tuple[str, tuple[str, ...], bool]]):
    """The base of each word, its kinds, and whether a term of several words may begin with it."""

    def __missing__(self, token: str) -> tuple[str, tuple[str, ...], bool]:
        """Work out a word that is not remembered; begins anew when full."""
        shown = kinds(token)
        entry = TABLE.entries.get(token)
        if entry and entry.plain >= PRAISE:
            shown.add(KIND + "praise")
        if entry and entry.plain <= A_FAULT:
            shown.add(KIND + "fault")
        word = base(token) if is_word(token) else ""
        found = (word, tuple(sorted(shown)), TERMS.begins(token))
        if len(self) >= _REMEMBERED:
            self.clear()
        if len(token) <= LONGEST_WORD:
            self[token] = found
        return found


class _Hints(dict[str, float]):
    """What each word adds by itself; begins anew when full."""

    def __missing__(self, token: str) -> float:
        """Work out a word that is not remembered."""
        found = hint(token)
        if len(self) >= _REMEMBERED:
            self.clear()
        if len(token) <= LONGEST_WORD:
            self[token] = found
        return found


def windows(tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Every sentence with the one after it; the last by itself only where it is the only one."""
    cuts = [0, *(at + 1 for at, token in enumerate(tokens) if token in _ENDS), len(tokens)]
    said = [(begin, end) for begin, end in pairwise(cuts) if end - begin > 1]
    if len(said) == 1:
        yield said[0]
    for (begin, _), (_, end) in pairwise(said):
        yield begin, end


_WORDS, _HINTS = _Words(), _Hints()
_HINT_OF = itemgetter(5)
