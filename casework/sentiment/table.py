"""The weights and rules the scorer works with, one entry for every word that means something."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import NamedTuple

from casework.sentiment.tokens import Cutter, cutter_for

NOT = "not_"
"""Marks a table term that applies within three words after a negation: `not_good`."""


class Entry(NamedTuple):
    """What one token does: weigh, pair with the one before, or change how the next ones count.

    `scope` is for how many following words a negation holds (None: leaves it as it is);
    `boost` multiplies the next word; `mark` notes a contrast ("but"),
    an ironic opening or the end of a sentence (".").
    """

    plain: float = 0.0
    negated: float = 0.0
    pairs: dict[str, float] | None = None
    scope: int | None = None
    boost: float = 1.0
    mark: str = ""


class Table(NamedTuple):
    """All entries by token; fixed phrases by their first and second word; how text is cut."""

    entries: dict[str, Entry]
    phrases: dict[str, dict[str, list[list[str]]]]
    cutter: Cutter


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a table file of this package, comments left out."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def weights(name: str) -> dict[str, float]:
    """Term to weight, from a file with these two columns first."""
    return {fields[0]: float(fields[1]) for fields in rows(name)}


def modifiers() -> dict[str, Entry]:
    """Negations, intensifiers, contrasts, ironic openings and sentence marks."""
    found = {}
    for token, scope, boost, mark in rows("modifiers.tsv"):
        token = token.replace("\\n", "\n")
        found[token] = Entry(
            scope=int(scope) if scope else None, boost=float(boost or 1), mark=mark
        )
    return found


def build(terms: dict[str, float], phrases: Iterable[str], rules: dict[str, Entry]) -> Table:
    """Arrange weights for one look-up per token.

    A word without a `not_` weight of its own counts minus half when negated, as in TextBlob.
    """
    entries = dict(rules)
    known = set(phrases)
    for term, weight in sorted(terms.items()):
        if term.startswith(NOT) or (" " in term and term not in known):
            continue
        negated = terms.get(NOT + term, -0.5 * weight)
        entries[term] = entries.get(term, Entry())._replace(plain=weight, negated=negated)
    for term, weight in sorted(terms.items()):
        _add_derived(entries, known, term, weight)
    return Table(entries, _by_first_words(known), cutter_for(entries))


def _add_derived(entries: dict[str, Entry], known: set[str], term: str, weight: float) -> None:
    if term.startswith(NOT):
        word = term.removeprefix(NOT)
        entries[word] = entries.get(word, Entry())._replace(negated=weight)
    elif " " in term and term not in known:
        before, word = term.split(" ")
        entry = entries.get(word, Entry())
        entries[word] = entry._replace(pairs={**(entry.pairs or {}), before: weight})


def _by_first_words(phrases: set[str]) -> dict[str, dict[str, list[list[str]]]]:
    """Longest first, so that "would be better if" is found before "would be"."""
    found: dict[str, dict[str, list[list[str]]]] = {}
    for phrase in sorted(phrases, key=lambda p: (-p.count(" "), p)):
        words = phrase.split(" ")
        found.setdefault(words[0], {}).setdefault(words[1], []).append(words)
    return found
