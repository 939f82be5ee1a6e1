"""Sentences of our own in bench/hard: hard ones with their side, and offences among harmless ones.

`label TAB kind TAB sentence` in the lists of authors, `1 or 0 TAB sentence` in those of offences.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[1] / "bench/hard"
_PLAIN = 2


class Sentence(NamedTuple):
    """One sentence: its list, its kind, its side (-1, 0 or 1), and whether it voices an offence."""

    text: str
    part: str
    kind: str
    side: int
    offends: bool


def written(folder: Path = FOLDER) -> Iterator[Sentence]:
    """All sentences in the order of the lists."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            yield (
                _offence(path.stem, *fields) if len(fields) == _PLAIN else _hard(path.stem, *fields)
            )


def _offence(part: str, label: str, text: str) -> Sentence:
    offends = label == "1"
    return Sentence(text, part, "offence" if offends else "harmless", -int(offends), offends)


def _hard(part: str, side: str, kind: str, text: str) -> Sentence:
    return Sentence(text, part, kind, int(side), kind == "values" and side == "-1")
