"""The weights and rules the scorer works with, one entry for every word that means something."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from casework.sentiment.hints import hint
from casework.sentiment.looks import BEGIN, END, GAP, Begun, Look, Next, Nexts, unknown
from casework.sentiment.spelling import Mender, mender
from casework.sentiment.tablefile import rows
from casework.sentiment.tokens import Cutter

NOT = "not_"
"""Marks a table term that applies within three words after a negation: `not_good`."""

CLASS = "@"
"""Marks a phrase's place for any word of a class: `^ @nice , another`."""


TURNING = frozenset(("but", "irony"))
"""The marks that change what stands beside them."""


_NOTHING: Next = (0.0, 1, None, False)


class Entry(NamedTuple):
    """What one token or phrase does: weigh, or change how the next ones count.

    `scope` is for how many following words a negation holds (None: leaves it as it is);
    `boost` multiplies the next word; `mark` notes a contrast ("but"),
    an ironic opening or the end of a sentence (".").
    """

    plain: float = 0.0
    negated: float = 0.0
    scope: int | None = None
    boost: float = 1.0
    mark: str = ""


class Table(NamedTuple):
    """All entries, the looks at those that are met in texts, how words are mended and texts cut."""

    entries: Mapping[str, Entry]
    looks: Mapping[str, Look]
    mend: Mender
    cutter: Cutter


def weights(name: str) -> dict[str, float]:
    """Term to weight, from a file with these two columns first; classes written out."""
    classes = _classes()
    return {
        term: float(fields[1]) for fields in rows(name) for term in _written_out(fields[0], classes)
    }


def _classes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, word in rows("classes.tsv"):
        found.setdefault(CLASS + name, []).append(word)
    return found


def _written_out(term: str, classes: Mapping[str, list[str]]) -> list[str]:
    """The term once for each word of the classes it names."""
    if CLASS not in term or term == CLASS:
        return [term]
    found = [""]
    for part in term.split(" "):
        found = [f"{begun} {word}".strip() for begun in found for word in classes.get(part, [part])]
    return found


def modifiers() -> dict[str, Entry]:
    """Negations, intensifiers, contrasts, ironic openings and sentence marks."""
    found, classes = {}, _classes()
    for term, scope, boost, mark in rows("modifiers.tsv"):
        entry = Entry(scope=int(scope) if scope else None, boost=float(boost or 1), mark=mark)
        for token in _written_out(term.replace("\\n", "\n"), classes):
            found[token] = entry
    return found


def stopwords() -> set[str]:
    """Words of grammar and of the trade, which get no weight alone."""
    return {fields[0] for fields in rows("stopwords.tsv")} | set(modifiers())


def build(
    terms: Mapping[str, float],
    phrases: Iterable[str],
    rules: Mapping[str, Entry],
    *,
    mends: bool = True,
) -> Table:
    """Arrange weights for one look-up per token; `mends` reads misspelt words as those known.

    A word without a `not_` weight of its own counts minus half when negated, as in TextBlob.
    """
    known = {*phrases, *(rule for rule in rules if " " in rule)}
    entries = dict(rules)
    pairs: dict[str, float] = {}
    for term, weight in sorted(terms.items()):
        if term.startswith(NOT):
            continue
        if " " in term and term not in known:
            pairs[term] = weight
        else:
            negated = terms.get(NOT + term, -0.5 * weight)
            entries[term] = entries.get(term, Entry())._replace(plain=weight, negated=negated)
    for term, weight in sorted(terms.items()):
        if term.startswith(NOT) and (word := term.removeprefix(NOT)) not in terms:
            entries[word] = entries.get(word, Entry())._replace(negated=weight)
    mend = mender(_known_words(terms, known, entries)) if mends else str
    looks = _arranged(entries, _nexts(entries, pairs, known))
    return Table(entries, looks, mend, Cutter(looks, mend, _looker(looks), hint))


def overlaid(base: Table, own: Mapping[str, float]) -> Table:
    """The table with these words and phrases above its own; a negated one counts minus half."""
    changed = {
        term: base.entries.get(term, Entry())._replace(plain=weight, negated=-0.5 * weight)
        for term, weight in own.items()
    }
    looks = dict(base.looks)
    for term, entry in changed.items():
        looks[term] = _look(term, entry, looks.get(term, END)[3])
    for first, nexts in _nexts(changed, {}, {term for term in own if " " in term}).items():
        token, plain, negated, before, rule, told = looks.get(first) or unknown(first)
        looks[first] = (token, plain, negated, _merged(before or {}, nexts), rule, told)
    words = {word for term in own for word in term.split(" ")}

    def mend(token: str) -> str:
        return token if token in words else base.mend(token)

    known = looks.keys() | words
    return Table(
        {**base.entries, **changed}, looks, mend, Cutter(known, mend, _looker(looks), hint)
    )


def _merged(base: Nexts, own: Nexts) -> Nexts:
    """The workspace's phrases before the committed ones, the longest first."""
    found = dict(base)
    for second, (_, _, begun, _) in own.items():
        weight, shown, others, _ = base.get(second, _NOTHING)
        both = _both(begun or {}, others or {})
        found[second] = (weight, shown, both, _always(both))
    return found


def _always(begun: Begun) -> bool:
    return "" in begun or GAP in begun


def _both(own: Begun, base: Begun) -> Begun:
    return {
        third: sorted([*own.get(third, ()), *base.get(third, ())], key=lambda one: -len(one[0]))
        for third in own.keys() | base.keys()
    }


def _looker(looks: Mapping[str, Look]) -> Callable[[str], Look]:
    return lambda token: looks.get(token) or unknown(token)


def _look(token: str, entry: Entry, nexts: Nexts | None) -> Look:
    plain, negated, scope, boost, mark = entry
    turns = mark in TURNING
    rule = (scope, boost, mark, turns) if scope is not None or boost != 1 or mark else None
    return (token, plain, negated, nexts, rule, 0.0)


def _arranged(entries: Mapping[str, Entry], nexts: Mapping[str, Nexts]) -> dict[str, Look]:
    single = {token: entry for token, entry in entries.items() if " " not in token}
    return {
        token: _look(token, single.get(token, Entry()), nexts.get(token))
        for token in single.keys() | nexts.keys()
    }


def _nexts(
    entries: Mapping[str, Entry], pairs: Mapping[str, float], phrases: set[str]
) -> dict[str, Nexts]:
    """By the first token: what it makes with the next, equal ones as one object each."""
    silent = stopwords() if pairs else set()
    same: dict[tuple[float, int], Next] = {}
    found: dict[str, Nexts] = {}
    for pair, weight in pairs.items():
        first, second = pair.split(" ")
        shown = 0 if second in silent else 1
        one = same.setdefault((weight, shown), (weight, shown, None, False))
        found.setdefault(first, {})[second] = one
    for (first, second), begun in _by_two_tokens(entries, phrases).items():
        nexts = found.setdefault(first, {})
        weight, shown, _, _ = nexts.get(second, _NOTHING)
        nexts[second] = (weight, shown, begun, _always(begun))
    return found


def _by_two_tokens(entries: Mapping[str, Entry], phrases: set[str]) -> dict[tuple[str, str], Begun]:
    """Longest first, so that "would be better if" is found before "would be"."""
    found: dict[tuple[str, str], Begun] = {}
    for phrase in sorted(phrases, key=lambda one: (-one.count(" "), one)):
        tokens = tuple(phrase.split(" "))
        length = 0 if GAP in tokens[2:] else len(tokens)
        one = (tokens, length, _look(phrase, entries[phrase], None))
        first, second, *rest = tokens
        begun = found.setdefault((first, second), {})
        begun.setdefault(rest[0] if rest else "", []).append(one)
    return found


def _known_words(
    terms: Iterable[str], phrases: Iterable[str], entries: Mapping[str, Entry]
) -> dict[str, float]:
    """Every word that some table looks for, with the weight it has alone."""
    offence = (term.removesuffix("*") for _, term in rows("offence.tsv"))
    said = " ".join((*terms, *phrases, *offence)).replace(NOT, "").split(" ")
    plain = {token: entry.plain for token, entry in entries.items()}
    return {**dict.fromkeys(said, 0.0), **plain, BEGIN: 0.0}
