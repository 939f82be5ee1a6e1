"""Fits casework/sentiment/offence_weights.tsv to our own sentences: same input, same bytes.

The sentences stand in bench/hard; labelled feedback only shows what usual complaints look like.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from casework.sentiment.hints import KIND
from casework.sentiment.offence import features, windows
from casework.sentiment.terms import cut
from scripts.own_sentences import Sentence, written

ROOT = Path(__file__).resolve().parents[1]
LEAST = 2
USUAL, USUAL_WEIGHT = 12_000, 0.2
STRENGTH = 1.0
DOUBTFUL = re.compile(
    r"offend|offence|offense|offensive|insult|disrespect|racis|christ|muslim|relig|censor"
    r"|politic|trump|libera|conserv|nazi|left|biden|hate speech|antisem|jew|god|children|kid"
)
"""Feedback with these may well voice an offence and is not shown as usual."""

HEADER = """\
# What bases of words, pairs of them and kinds of terms (=, see offence.tsv) add to the sum from
# which an offence is heard, in log-odds. Made by `make lexicon DATA=feedback.csv`
# (scripts/fit_offence.py): logistic regression on our own sentences in bench/hard.
# feature\tweight
"""

Numbers = NDArray[np.float64]


class Example(NamedTuple):
    """A sentence, whether it voices an offence, and how much it counts."""

    text: str
    offends: bool
    weight: float = 1.0


def own(sentences: Iterable[Sentence]) -> list[Example]:
    """Our own sentences, offences among harmless ones."""
    return [Example(one.text, one.offends) for one in sentences]


def usual(texts: Iterable[str]) -> list[Example]:
    """Two sentences at a time of feedback that hardly voices an offence."""
    pieces = [piece for text in texts if not DOUBTFUL.search(text.lower()) for piece in _cut(text)]
    step = max(1, len(pieces) // USUAL)
    return [Example(piece, offends=False, weight=USUAL_WEIGHT) for piece in pieces[::step]]


def _cut(text: str) -> Iterator[str]:
    tokens = cut(text)
    return (" ".join(tokens[begin:end]) for begin, end in windows(tokens))


def learn(examples: list[Example]) -> dict[str, float]:
    """Feature to weight, in log-odds."""
    shown = [features(cut(one.text)) for one in examples]
    ours = Counter(
        f for one, found in zip(examples, shown, strict=True) if one.weight == 1 for f in found
    )
    terms = ["bias", *sorted(f for f, n in ours.items() if n >= LEAST or f.startswith(KIND))]
    number = {term: at for at, term in enumerate(terms)}
    rows, columns = [], []
    for row, found in enumerate(shown):
        known = [number[f] for f in found if f in number]
        rows += [row] * (len(known) + 1)
        columns += [0, *sorted(known)]
    counts = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(examples), len(terms)))
    found_weights = _fit(
        counts,
        np.array([one.offends for one in examples], dtype=float),
        np.array([one.weight for one in examples]),
    )
    weights = dict(zip(terms, np.round(found_weights, 2), strict=True))
    return {term: float(weight) for term, weight in weights.items() if weight}


def _fit(counts: csr_array, wanted: Numbers, weights: Numbers) -> Numbers:
    ridge = np.array([0.0] + [1 / STRENGTH] * (counts.shape[1] - 1))

    def loss(at: Numbers) -> tuple[float, Numbers]:
        odds = counts @ at
        value = (weights * (np.logaddexp(0, odds) - wanted * odds)).sum() + (ridge * at) @ at / 2
        miss = weights * (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - wanted)
        return float(value), counts.T @ miss + ridge * at

    start = np.zeros(counts.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(found.x)


def write(texts: Iterable[str]) -> int:
    """Fit on all our sentences beside the usual feedback and replace the committed weights."""
    weights = learn(own(written()) + usual(texts))
    lines = [f"{term}\t{weight:g}\n" for term, weight in sorted(weights.items())]
    path = ROOT / "casework/sentiment/offence_weights.tsv"
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return len(weights)


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        print(f"{write(line['text'] for line in csv.DictReader(file))} features written")
