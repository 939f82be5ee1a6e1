"""From text to polarity: sums the evidence and squashes it into [-1, 1]."""

from collections.abc import Iterable
from math import tanh

from casework.sentiment import offence
from casework.sentiment.evidence import Hit, evidence_share, find
from casework.sentiment.exact import textblob_exact
from casework.sentiment.lexicon import TABLE
from casework.sentiment.looks import Look
from casework.sentiment.reading import Contribution, Label, Reading, contribution
from casework.sentiment.table import Table
from casework.sentiment.tokens import fold, spans

SCORER_VERSION = "1.3"
"""Changes whenever the same text could be read differently."""

NEUTRAL_BAND = 0.1
"""Polarities this close to 0 are called neutral."""

SOFTNESS = 2.0

OFFENCE = -2.5
"""What an offence that is plainly voiced adds, in log-odds, at the word that tells of it most."""


def score(text: str, *, table: Table = TABLE) -> float:
    """Polarity in [-1, 1]; exactly 0 for a text without evidence.

    `table` is the committed one unless a workspace has its own (`lexicon.extended`).
    """
    return _squash(_weights(_hits(table.cutter.looks(fold(text)))))


def weigh(text: str) -> tuple[float, tuple[Contribution, ...]]:
    """Polarity and the words that made it; no words where there is no evidence."""
    folded = fold(text)
    hits = _hits(TABLE.cutter.looks(folded))
    parts = _weights(hits)
    return _squash(parts), _explain(text, folded, hits, parts)


def read(text: str, *, table: Table = TABLE) -> Reading:
    """The text's polarity with everything needed to explain it; `table` as for `score`."""
    folded = fold(text)
    looks = table.cutter.looks(folded)
    hits = _hits(looks)
    parts = _weights(hits)
    polarity = _squash(parts)
    raw, subjectivity = textblob_exact(text)
    return Reading.model_construct(
        polarity=polarity,
        subjectivity=subjectivity,
        label=_label(polarity, hits),
        contributions=_explain(text, folded, hits, parts),
        textblob_polarity=raw,
        offence=offence.voiced([look[0] for look in looks]),
        scorer_version=SCORER_VERSION,
    )


def read_many(texts: Iterable[str], *, table: Table = TABLE) -> list[Reading]:
    """Readings in the order of the texts; `table` as for `score`."""
    return [read(text, table=table) for text in texts]


def _hits(looks: list[Look]) -> list[Hit]:
    """Everything that counts."""
    hits = find(looks)
    at = offence.plainly_voiced_at(looks)
    if at is not None:
        hits.append((at, at, OFFENCE, 1.0))
    return hits


def _weights(hits: list[Hit]) -> list[float]:
    share = evidence_share(len(hits))
    return [weight * factor * share for _, _, weight, factor in hits]


def _squash(parts: list[float]) -> float:
    return tanh(sum(parts) / SOFTNESS)


def _label(polarity: float, hits: list[Hit]) -> Label:
    if not hits:
        return Label.abstain
    if abs(polarity) < NEUTRAL_BAND:
        return Label.neutral
    return Label.positive if polarity > 0 else Label.negative


def _explain(
    text: str, folded: str, hits: list[Hit], parts: list[float]
) -> tuple[Contribution, ...]:
    """What each marked place adds; a word and the pairs shown at it count together."""
    shares: dict[int, float] = {}
    ends: dict[int, int] = {}
    for (at, last, _, _), weight in zip(hits, parts, strict=True):
        shares[at] = shares.get(at, 0.0) + weight
        ends[at] = max(last, ends.get(at, at))
    where = spans(folded) if shares else []
    found = []
    for at, weight in sorted(shares.items()):
        start, end = where[at][0], where[ends[at]][1]
        found.append(contribution(text[start:end], start, end, weight))
    return tuple(found)
