"""Hears a concern about values: faith, holidays, culture, stereotypes, cruelty, children.

Missing one is worse than raising one too many, so the terms are broad; a person reviews them.
"""

from typing import NamedTuple

from casework.sentiment.lexicon import TABLE
from casework.sentiment.table import rows
from casework.sentiment.tokens import TOKEN

_ENDS = frozenset(".!?\n")
_STEM = 3
"""Stems ("disrespect*") are looked up by their first letters."""

_TOGETHER = (
    frozenset(("topic", "hurt")),
    frozenset(("child", "harm")),
    frozenset(("dear", "objection")),
)

_COMPLAINT, _PRAISE = -0.8, 0.3
"""Words of the scorer's table at least this bad or good, in log-odds.

Beside what is held dear, the first object to it; without the second its mere mention counts, for
hardly any player brings it up for nothing.
"""


class _Term(NamedTuple):
    kind: str
    words: tuple[str, ...]
    stem: bool

    def stands_at(self, tokens: list[str], at: int) -> bool:
        """Whether the tokens from here on are this term; only its last word may be a stem."""
        found = tokens[at : at + len(self.words)]
        if not self.stem:
            return tuple(found) == self.words
        *before, last = self.words
        return len(found) == len(self.words) and found[:-1] == before and found[-1].startswith(last)


def voiced(tokens: list[str]) -> bool:
    """Whether a text says that something offends, or that what people hold dear was hurt."""
    heard: set[str] = set()
    free = 0
    for at, token in enumerate(tokens):
        if token in _ENDS:
            if _is_mentioned(heard):
                return True
            heard.clear()
        if at < free:
            continue
        terms = [term for term in _starting_with(token) if term.stands_at(tokens, at)]
        fine = [len(term.words) for term in terms if term.kind == "fine"]
        if fine:
            free = at + max(fine)
            continue
        heard.update(_kinds(token, terms))
        if "direct" in heard or any(pair <= heard for pair in _TOGETHER):
            return True
    return _is_mentioned(heard)


def _is_mentioned(heard: set[str]) -> bool:
    return "dear" in heard and "praise" not in heard


def _kinds(token: str, terms: list[_Term]) -> list[str]:
    """What a token stands for; what is dear does not object to itself, however sad the word."""
    kinds = [term.kind for term in terms]
    weight = _weight(token)
    if weight >= _PRAISE:
        kinds.append("praise")
    elif weight <= _COMPLAINT and "dear" not in kinds:
        kinds.append("objection")
    return kinds


def _weight(token: str) -> float:
    entry = TABLE.entries.get(token)
    return entry.plain if entry else 0.0


def _starting_with(token: str) -> tuple[_Term, ...]:
    return (*_BY_WORD.get(token, ()), *_BY_STEM.get(token[:_STEM], ()))


def _terms() -> tuple[dict[str, list[_Term]], dict[str, list[_Term]]]:
    """Terms by their first word, and one-word stems by their first letters."""
    by_word: dict[str, list[_Term]] = {}
    by_stem: dict[str, list[_Term]] = {}
    for kind, text in rows("offence.tsv"):
        words = tuple(TOKEN.findall(text.removesuffix("*")))
        term = _Term(kind, words, stem=text.endswith("*"))
        one_stem = term.stem and len(words) == 1
        index, key = (by_stem, words[0][:_STEM]) if one_stem else (by_word, words[0])
        index.setdefault(key, []).append(term)
    return by_word, by_stem


_BY_WORD, _BY_STEM = _terms()
