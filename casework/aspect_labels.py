"""The aspects of many texts as labels alone: what `aspects` finds, without the words behind it."""

from collections import deque
from collections.abc import Iterator
from functools import cache
from math import fsum

from casework.sentiment import Label, Reading, score
from casework.sentiment.aspects import VALUES, aspect_terms
from casework.sentiment.clauses import clauses
from casework.sentiment.offence import voiced
from casework.sentiment.scorer import NEUTRAL_BAND, weigh
from casework.sentiment.terms import Mention, TermFinder, cut

AspectLabel = tuple[str, str]


def aspect_labels(text: str, reading: Reading) -> tuple[AspectLabel, ...]:
    """Each aspect once, in reading order, with the side its clauses take on the whole.

    An offence is among them where the reading heard one, or a term names it.
    """
    felt: dict[str, list[float]] = {}
    for aspect, polarity in _clause_by_clause(text, reading):
        known = felt.setdefault(aspect, [])
        if polarity is not None:
            known.append(polarity)
    return tuple((aspect, _side(known).value) for aspect, known in felt.items())


def _clause_by_clause(text: str, reading: Reading) -> Iterator[tuple[str, float | None]]:
    whole = reading.polarity if reading.contributions else None
    mentions = deque(_finder().mentions(text))
    offended = False
    if mentions or reading.offence:
        for start, end in clauses(text):
            clause = text[start:end]
            named = _named(mentions, start, end)
            if reading.offence and VALUES not in named and voiced(cut(clause)):
                named.append(VALUES)
            offended = offended or VALUES in named
            polarity = _felt(clause) if named else None
            yield from ((aspect, whole if polarity is None else polarity) for aspect in named)
    if reading.offence and not offended:
        yield VALUES, whole


def _named(mentions: deque[Mention], start: int, end: int) -> list[str]:
    """The aspects named in a clause. Mentions before its end are used up."""
    named: dict[str, None] = {}
    while mentions and mentions[0].start < end:
        one = mentions.popleft()
        if one.start >= start:
            named[one.name] = None
    return list(named)


def _felt(clause: str) -> float | None:
    """Polarity of a clause; None without evidence, which a score of 0 only hints at."""
    polarity = score(clause)
    return polarity if polarity or weigh(clause)[1] else None


def _side(known: list[float]) -> Label:
    if not known:
        return Label.abstain
    mean = fsum(known) / len(known)
    if abs(mean) < NEUTRAL_BAND:
        return Label.neutral
    return Label.positive if mean > 0 else Label.negative


@cache
def _finder() -> TermFinder:
    return TermFinder(aspect_terms())
