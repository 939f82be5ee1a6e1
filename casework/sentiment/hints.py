"""What single words tell of an offence: their weights, by base and by kind of term."""

from casework.sentiment.tablefile import rows
from casework.sentiment.terms import TermFinder

KIND = "="
"""Marks a feature that stands for all terms of a kind: `=dear`."""

_ENDINGS = ("ing", "ed", "es", "s", "'s")
_SHORTEST_BASE = 3


def base(word: str) -> str:
    """The word without its ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_BASE:
            return word.removesuffix(ending)
    return word


def is_word(token: str) -> bool:
    """Whether a token is a word, not a mark or a number."""
    return token.replace("'", "").isalpha()


def kinds(token: str) -> set[str]:
    """The kinds of terms the word is by itself."""
    return {KIND + term.name for term in TERMS.standing_at((token,), 0)}


def hint(token: str) -> float:
    """What a word by itself adds to the sum from which an offence is heard."""
    return sum(WEIGHTS.get(one, 0.0) for one in (base(token), *kinds(token)))


def _by_kind() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, text in rows("offence.tsv"):
        found.setdefault(kind, []).append(text)
    return found


TERMS = TermFinder(_by_kind())
WEIGHTS = {"bias": 0.0, **{term: float(weight) for term, weight in rows("offence_weights.tsv")}}
