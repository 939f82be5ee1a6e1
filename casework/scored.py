"""What the scorer adds to a text in a table: plain values, for a cell or as JSON."""

from collections.abc import Sequence
from typing import NamedTuple

from casework.aspect_labels import AspectLabel, aspect_labels
from casework.explanation import Explanation, explain
from casework.sentiment import Reading, read

WORDS_SHOWN = 5

Word = tuple[str, float]


class Clause(NamedTuple):
    """One clause with the sum of its weights in log-odds and the words that have one."""

    text: str
    weight: float
    words: tuple[Word, ...]


class Explained(NamedTuple):
    """TextBlob's own figures beside ours, and the clauses whose weights sum to `total`."""

    textblob: float
    subjectivity: float
    total: float
    clauses: tuple[Clause, ...]


class Heard(NamedTuple):
    """One text as heard; `words` are the strongest first."""

    polarity: float
    label: str
    offence: bool
    aspects: tuple[AspectLabel, ...]
    words: tuple[Word, ...]
    explained: Explained | None


class Wanted(NamedTuple):
    """What is asked for beyond the tone: it takes time."""

    aspects: bool = True
    explain: bool = False


def hear_many(texts: Sequence[str], wanted: Wanted) -> list[Heard]:
    """What is heard in each text, in their order."""
    return [hear(text, wanted) for text in texts]


def hear(text: str, wanted: Wanted) -> Heard:
    """What is heard in one text."""
    reading = read(text)
    return Heard(
        polarity=reading.polarity,
        label=reading.label.value,
        offence=reading.offence,
        aspects=aspect_labels(text, reading) if wanted.aspects else (),
        words=_strongest(reading),
        explained=_explained(reading, explain(text, reading)) if wanted.explain else None,
    )


def _strongest(reading: Reading) -> tuple[Word, ...]:
    found = sorted(reading.contributions, key=lambda one: -abs(one.weight))[:WORDS_SHOWN]
    return tuple((" ".join(one.text.split()), one.weight) for one in found)


def _explained(reading: Reading, why: Explanation) -> Explained:
    return Explained(
        textblob=reading.textblob_polarity,
        subjectivity=reading.subjectivity,
        total=why.total,
        clauses=tuple(
            Clause(
                text="".join(piece.text for piece in clause.pieces).strip(),
                weight=clause.weight,
                words=tuple((one.text, one.weight) for one in clause.pieces if one.weight),
            )
            for clause in why.clauses
        ),
    )
