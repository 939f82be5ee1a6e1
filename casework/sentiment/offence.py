"""Hears a concern about values: faith, holidays, culture, stereotypes, cruelty, children.

Missing one is worse than raising one too many, so the terms are broad; a person reviews them.
"""

from collections.abc import Iterator, Sequence

from casework.sentiment.lexicon import TABLE
from casework.sentiment.table import rows
from casework.sentiment.terms import Term, TermFinder

_ENDS = frozenset(".!?\n")
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


def voiced(tokens: list[str]) -> bool:
    """Whether a text says that something offends, or that what people hold dear was hurt."""
    return any(_offends(sentence) for sentence in _sentences(tokens))


def _sentences(tokens: list[str]) -> Iterator[list[str]]:
    begin = 0
    for at, token in enumerate(tokens):
        if token in _ENDS:
            yield tokens[begin:at]
            begin = at + 1
    yield tokens[begin:]


def _offends(sentence: list[str]) -> bool:
    heard: set[str] = set()
    free = 0
    for at, token in enumerate(sentence):
        terms = _TERMS.standing_at(sentence, at) if at >= free else ()
        if terms or (at >= free and token in _WEIGHTY):
            free = max(free, at + _allowed(terms))
            if free <= at and _adds(heard, _kinds(token, terms)):
                return True
    return _is_mentioned(heard)


def _adds(heard: set[str], kinds: list[str]) -> bool:
    """Whether these kinds, with those heard before in the sentence, make an offence."""
    if heard.issuperset(kinds):
        return False
    heard.update(kinds)
    return "direct" in heard or any(pair <= heard for pair in _TOGETHER)


def _allowed(terms: Sequence[Term]) -> int:
    """How many words from here on are known to mean no harm."""
    return max([len(term.words) for term in terms if term.name == "fine"], default=0)


def _is_mentioned(heard: set[str]) -> bool:
    return "dear" in heard and "praise" not in heard


def _kinds(token: str, terms: Sequence[Term]) -> list[str]:
    """What a token stands for; what is dear does not object to itself, however sad the word."""
    kinds = [term.name for term in terms]
    weight = _weight(token)
    if weight >= _PRAISE:
        kinds.append("praise")
    elif weight <= _COMPLAINT and "dear" not in kinds:
        kinds.append("objection")
    return kinds


def _weight(token: str) -> float:
    entry = TABLE.entries.get(token)
    return entry.plain if entry else 0.0


def _by_kind() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, text in rows("offence.tsv"):
        found.setdefault(kind, []).append(text)
    return found


_TERMS = TermFinder(_by_kind())
_WEIGHTY = frozenset(
    token
    for token, entry in TABLE.entries.items()
    if entry.plain >= _PRAISE or entry.plain <= _COMPLAINT
)
