"""Hears a concern about values: faith, holidays, culture, stereotypes, cruelty, children.

Missing one is worse than raising one too many, so the terms are broad; a person reviews them.
"""

import re
from functools import cache

from casework.sentiment.table import rows


def voiced(folded: str) -> bool:
    """Whether a folded text says that something offends, or that what people hold dear was hurt."""
    clear = _pattern("fine").sub(" ", folded)
    if _pattern("direct").search(clear):
        return True
    return any(_hurts(sentence) for sentence in re.split(r"[.!?\n]", clear))


def _hurts(sentence: str) -> bool:
    pairs = (("topic", "hurt"), ("child", "harm"))
    return any(_pattern(a).search(sentence) and _pattern(b).search(sentence) for a, b in pairs)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """One alternation for all terms of a kind; a trailing * stands for any ending."""
    terms = sorted(term for its_kind, term in rows("offence.tsv") if its_kind == kind)
    return re.compile(r"\b(?:" + "|".join(map(_as_regex, terms)) + r")\b")


def _as_regex(term: str) -> str:
    return re.escape(term).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
