"""Hears a concern about values: faith, holidays, culture, stereotypes, cruelty, children.

Missing one is worse than raising one too many, so the bar is low; a person reviews them. The sum of
what words, pairs of words and kinds of terms weigh is taken over each two sentences that follow
each other, for the hurt is often told after its subject.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from casework.sentiment.lexicon import TABLE
from casework.sentiment.table import rows
from casework.sentiment.terms import LONGEST_WORD, TermFinder

BAR = -2.0
"""The sum, in log-odds, from which on an offence is taken to be voiced.

Source: on lists by authors the weights were not fitted to, nine in ten are heard.
"""

WORTH_A_LOOK = 0.5
"""What the words of two sentences add by themselves in nearly all offences."""

KIND = "="
"""Marks a feature that stands for all terms of a kind: `=dear`."""

_FINE, _PRAISED = KIND + "fine", KIND + "praise"
_OBJECTIONS = frozenset(KIND + kind for kind in ("direct", "hurt", "harm", "objection", "fault"))

A_FAULT, PRAISE = -0.8, 0.8
"""Words of the scorer's table at least this bad or good, in log-odds, are a kind each."""

_BASE = "bias"
_ENDS = frozenset(".!?\n")
_ENDINGS = ("ing", "ed", "es", "s", "'s")
_SHORTEST_BASE = 3
_REMEMBERED = 32_768


def voiced(tokens: Sequence[str]) -> bool:
    """Whether a text says that something offends, or that what people hold dear was hurt."""
    return voiced_at(tokens) is not None


def voiced_at(tokens: Sequence[str]) -> int | None:
    """Which token tells of it most; None where no offence is voiced."""
    best, where = BAR, None
    sums = [0.0, *accumulate(map(_HINTS.__getitem__, tokens))]
    for begin, end in windows(tokens):
        if sums[end] - sums[begin] < WORTH_A_LOOK:
            continue
        shown = features(tokens[begin:end])
        found = _WEIGHTS[_BASE] + sum(_WEIGHTS.get(one, 0.0) for one in shown)
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
    for at, (_, kinds, begins) in enumerate(known):
        found.update(kinds)
        if begins:
            found.update(KIND + term.name for term in _TERMS.standing_at(tokens, at))
    return found


def _without_fine(tokens: Sequence[str]) -> list[str]:
    """The tokens but for the terms known to mean no harm ("no offence", "holy cow")."""
    kept: list[str] = []
    free = 0
    for at, token in enumerate(tokens):
        fine = [len(one.words) for one in _TERMS.standing_at(tokens, at) if one.name == "fine"]
        free = max([free, *(at + length for length in fine)])
        if at >= free:
            kept.append(token)
    return kept


def base(word: str) -> str:
    """The word without its ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_BASE:
            return word.removesuffix(ending)
    return word


class _Words(dict[str, tuple[str, tuple[str, ...], bool]]):
    """The base of each word, its kinds, and whether a term of several words may begin with it."""

    def __missing__(self, token: str) -> tuple[str, tuple[str, ...], bool]:
        """Work out a word that is not remembered; begins anew when full."""
        kinds = {KIND + term.name for term in _TERMS.standing_at((token,), 0)}
        entry = TABLE.entries.get(token)
        if entry and entry.plain >= PRAISE:
            kinds.add(KIND + "praise")
        if entry and entry.plain <= A_FAULT:
            kinds.add(KIND + "fault")
        word = base(token) if token.replace("'", "").isalpha() else ""
        found = (word, tuple(sorted(kinds)), _TERMS.begins(token))
        if len(self) >= _REMEMBERED:
            self.clear()
        if len(token) <= LONGEST_WORD:
            self[token] = found
        return found


class _Hints(dict[str, float]):
    """What each word adds by itself; begins anew when full."""

    def __missing__(self, token: str) -> float:
        """Work out a word that is not remembered."""
        word, kinds, _ = _WORDS[token]
        found = sum(_WEIGHTS.get(one, 0.0) for one in (word, *kinds))
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


def _by_kind() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, text in rows("offence.tsv"):
        found.setdefault(kind, []).append(text)
    return found


_TERMS = TermFinder(_by_kind())
_WEIGHTS = {_BASE: 0.0, **{term: float(weight) for term, weight in rows("offence_weights.tsv")}}
_WORDS, _HINTS = _Words(), _Hints()
