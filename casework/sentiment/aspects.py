"""What a text is about and how each of these things feels, clause by clause."""

from collections import deque
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from casework.record import Record
from casework.sentiment.clauses import clauses
from casework.sentiment.offence import voiced
from casework.sentiment.reading import Contribution
from casework.sentiment.scorer import weigh
from casework.sentiment.tablefile import rows
from casework.sentiment.terms import Mention, TermFinder, cut

VALUES = "values and offence"
"""The aspect that is also heard where no term names it, in whatever sounds offended."""

AspectTerms = Mapping[str, tuple[str, ...]]
"""Aspect to the terms that name it; a term ending in * stands for any ending."""


class AspectReading(Record):
    """One aspect in one clause: `start` and `end` are the clause's offsets into the text.

    `polarity` in [-1, 1] is the clause's, or the whole text's where the clause holds no evidence;
    None where the text holds none either. `words` made it; `terms` named the aspect.
    """

    aspect: str
    start: int
    end: int
    polarity: float | None
    words: tuple[Contribution, ...]
    terms: tuple[str, ...]


def aspects(text: str, table: AspectTerms | None = None) -> tuple[AspectReading, ...]:
    """Every aspect of every clause, in reading order; by the committed table unless told other."""
    finder = _finder() if table is None else TermFinder(table)
    mentions = deque(finder.mentions(text))
    found: list[AspectReading] = []
    whole: tuple[float | None, tuple[Contribution, ...]] | None = None
    for start, end in clauses(text):
        named = _named(text, start, end, mentions)
        if not named:
            continue
        felt = _felt(text, start, end)
        if felt[0] is None:
            whole = whole or _felt(text, 0, len(text))
            felt = whole
        found += [_reading(aspect, start, end, felt, terms) for aspect, terms in named.items()]
    return (*found, *_missed_offence(text, found))


def _named(text: str, start: int, end: int, mentions: deque[Mention]) -> dict[str, tuple[str, ...]]:
    """The aspects of a clause with their terms. Mentions before `end` are used up."""
    named: dict[str, tuple[str, ...]] = {}
    while mentions and mentions[0].start < end:
        one = mentions.popleft()
        if one.start >= start:
            named[one.name] = (*named.get(one.name, ()), text[one.start : one.end])
    if VALUES not in named and _offends(text[start:end]):
        named[VALUES] = ()
    return named


def _offends(text: str) -> bool:
    return voiced(cut(text))


def _felt(text: str, start: int, end: int) -> tuple[float | None, tuple[Contribution, ...]]:
    polarity, words = weigh(text[start:end])
    moved = tuple(
        word.model_copy(update={"start": word.start + start, "end": word.end + start})
        for word in words
    )
    return (polarity if words else None), moved


def _reading(
    aspect: str,
    start: int,
    end: int,
    felt: tuple[float | None, tuple[Contribution, ...]],
    terms: tuple[str, ...],
) -> AspectReading:
    return AspectReading.model_construct(
        aspect=aspect, start=start, end=end, polarity=felt[0], words=felt[1], terms=terms
    )


def _missed_offence(text: str, found: list[AspectReading]) -> tuple[AspectReading, ...]:
    """An offence that no clause voices by itself, only the text as a whole."""
    if any(one.aspect == VALUES for one in found) or not _offends(text):
        return ()
    return (_reading(VALUES, 0, len(text), _felt(text, 0, len(text)), ()),)


@cache
def aspect_terms() -> AspectTerms:
    """The committed table, values and offence first."""
    terms: dict[str, tuple[str, ...]] = {}
    for aspect, term in rows("aspects.tsv"):
        terms[aspect] = (*terms.get(aspect, ()), term)
    return MappingProxyType(terms)


@cache
def _finder() -> TermFinder:
    return TermFinder(aspect_terms())
