"""The weights and rules the scorer works with, one entry for every word that means something."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import NamedTuple

from casework.sentiment.spelling import Mender, mender
from casework.sentiment.tokens import Cutter, cutter_for

NOT = "not_"
"""Marks a table term that applies within three words after a negation: `not_good`."""


Pairs = dict[str, tuple[int, float]]
"""By the word before: where the pair is shown, 0 at this word and -1 at the one before; its weight.

A pair is shown at its telling word: "is fine" at "fine", "waste of" at "waste".
"""

Phrase = tuple[list[str], int, str]
"""A fixed phrase: its words, how many, and all of them as one token."""

Look = tuple[float, float, Pairs | None, tuple[int | None, float, str] | None]
"""An entry as the scorer walks over it: plain, negated, pairs, and (scope, boost, mark) if any.

A plain tuple, which Python takes apart several times faster than a named one.
"""


class Entry(NamedTuple):
    """What one token does: weigh, pair with the one before, or change how the next ones count.

    `scope` is for how many following words a negation holds (None: leaves it as it is);
    `boost` multiplies the next word; `mark` notes a contrast ("but"),
    an ironic opening or the end of a sentence (".").
    """

    plain: float = 0.0
    negated: float = 0.0
    pairs: Pairs | None = None
    scope: int | None = None
    boost: float = 1.0
    mark: str = ""


Phrases = dict[str, dict[str, list[Phrase]]]
"""Fixed phrases by their first and second word, longest first."""


class Table(NamedTuple):
    """All entries by token, the fixed phrases, and how text is cut and its words mended."""

    entries: dict[str, Entry]
    looks: dict[str, Look]
    phrases: Phrases
    cutter: Cutter
    mend: Mender


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


def stopwords() -> set[str]:
    """Words of grammar and of the trade, which get no weight alone."""
    return {fields[0] for fields in rows("stopwords.tsv")} | set(modifiers())


def build(
    terms: dict[str, float],
    phrases: Iterable[str],
    rules: dict[str, Entry],
    *,
    mends: bool = True,
) -> Table:
    """Arrange weights for one look-up per token; `mends` reads misspelt words as those known.

    A word without a `not_` weight of its own counts minus half when negated, as in TextBlob.
    """
    entries = dict(rules)
    known = set(phrases)
    for term, weight in sorted(terms.items()):
        if term.startswith(NOT) or (" " in term and term not in known):
            continue
        negated = terms.get(NOT + term, -0.5 * weight)
        entries[term] = entries.get(term, Entry())._replace(plain=weight, negated=negated)
    silent = stopwords()
    for term, weight in sorted(terms.items()):
        if term.startswith(NOT):
            word = term.removeprefix(NOT)
            entries[word] = entries.get(word, Entry())._replace(negated=weight)
        elif " " in term and term not in known:
            _add_pair(entries, silent, term, weight)
    mend = mender(_known_words(terms, known, entries)) if mends else str
    looks = _looks(entries)
    return Table(entries, looks, _by_first_words(known), cutter_for(entries, mend), mend)


def overlaid(base: Table, own: dict[str, float]) -> Table:
    """The table with these words and phrases above its own; a negated one counts minus half."""
    changed = {
        term: base.entries.get(term, Entry())._replace(plain=weight, negated=-0.5 * weight)
        for term, weight in own.items()
    }
    known = {word for term in own for word in term.split(" ")}
    phrases = dict(base.phrases)
    for first, seconds in _by_first_words({term for term in own if " " in term}).items():
        phrases[first] = _merged(base.phrases.get(first, {}), seconds)
    entries = {**base.entries, **changed}

    def mend(token: str) -> str:
        return token if token in known else base.mend(token)

    looks = {**base.looks, **_looks(changed)}
    return Table(entries, looks, phrases, cutter_for(entries.keys() | known, mend), mend)


def _merged(base: dict[str, list[Phrase]], own: dict[str, list[Phrase]]) -> dict[str, list[Phrase]]:
    """Phrases of one first word; of two equal ones either stands for both."""
    seconds = {second: [*own.get(second, ()), *phrases] for second, phrases in base.items()}
    merged = {**own, **seconds}
    return {second: sorted(found, key=lambda one: -one[1]) for second, found in merged.items()}


def _looks(entries: dict[str, Entry]) -> dict[str, Look]:
    """Equal weights as one object each: what lies close together in memory is read faster."""
    weight: dict[float, float] = {}
    pair: dict[tuple[int, float], tuple[int, float]] = {}
    found: dict[str, Look] = {}
    for token, (plain, negated, pairs, scope, boost, mark) in entries.items():
        rules = scope is not None or boost != 1 or mark
        found[token] = (
            weight.setdefault(plain, plain),
            weight.setdefault(negated, negated),
            {before: pair.setdefault(one, one) for before, one in pairs.items()} if pairs else None,
            (scope, boost, mark) if rules else None,
        )
    return found


def _known_words(
    terms: Iterable[str], phrases: Iterable[str], entries: dict[str, Entry]
) -> dict[str, float]:
    """Every word that some table looks for, with the weight it has alone."""
    offence = (term.removesuffix("*") for _, term in rows("offence.tsv"))
    said = " ".join((*terms, *phrases, *offence)).replace(NOT, "").split(" ")
    plain = {token: entry.plain for token, entry in entries.items()}
    return {**dict.fromkeys(said, 0.0), **plain}


def _add_pair(entries: dict[str, Entry], silent: set[str], term: str, weight: float) -> None:
    before, word = term.split(" ")
    entry = entries.get(word, Entry())
    shown = -1 if word in silent else 0
    entries[word] = entry._replace(pairs={**(entry.pairs or {}), before: (shown, weight)})


def _by_first_words(phrases: set[str]) -> Phrases:
    """Longest first, so that "would be better if" is found before "would be"."""
    found: Phrases = {}
    for phrase in sorted(phrases, key=lambda p: (-p.count(" "), p)):
        words = phrase.split(" ")
        seconds = found.setdefault(words[0], {})
        seconds.setdefault(words[1], []).append((words, len(words), phrase))
    return found
