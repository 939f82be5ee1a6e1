"""Fits the weights of casework/sentiment/lexicon.tsv to labelled feedback: same input, same bytes.

Usage: python scripts/fit_lexicon.py feedback.csv   (columns text, label -1/0/1, source)
"""

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from casework.sentiment import evidence, table  # noqa: E402 - found only after the line above
from casework.sentiment.looks import Look, unknown  # noqa: E402
from casework.sentiment.tokens import fold  # noqa: E402
from scripts.known_words import centres  # noqa: E402
from scripts.own_sentences import written  # noqa: E402

MIN_WORD, MIN_PAIR = 5, 8
RIDGE = 4.0
FIXED = 1e6
NEUTRAL_SHARE = 0.3
OURS, OUR_SHARE = "ours: ", 1.0
LEARNED = 30_000
SMALLEST = 0.3
HEADER = """\
# Words, negated words (not_) and word pairs with their weight in log-odds, positive for praise.
# Made by `make lexicon DATA=feedback.csv` (scripts/fit_lexicon.py): logistic regression on labelled
# app and game reviews, drawn by an L2 penalty towards TextBlob's polarity, towards the VADER 3.3.2
# lexicon (MIT licence, C.J. Hutto) where TextBlob is silent, and towards domain.tsv before both.
# term\tweight
"""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Feedback:
    """Labelled texts, cut into tokens; labels are -1, 0 or 1."""

    looks: list[list[Look]]
    labels: Numbers
    sources: list[str]

    def only(self, rows: NDArray[np.intp]) -> "Feedback":
        """These rows alone."""
        looks = [self.looks[row] for row in rows]
        return Feedback(looks, self.labels[rows], [self.sources[row] for row in rows])


@dataclass(frozen=True)
class Problem:
    """What is fitted: one row per text, one column per term, and where each weight starts."""

    terms: list[str]
    centre: Numbers
    counts: csr_array
    ridge: Numbers


def load(path: Path, rules: table.Table) -> Feedback:
    """Read the labelled file and our own sentences, cut as the scorer would."""
    ours = [
        {"text": one.text, "label": str(one.side), "source": f"{OURS}{one.part}"}
        for one in written()
    ]
    found = lines(path) + [line for line in ours if line["label"] != "0"]
    labels = np.array([float(line["label"]) for line in found])
    looks = [rules.cutter.looks(fold(line["text"])) for line in found]
    return Feedback(looks, labels, [line["source"] for line in found])


def lines(path: Path) -> list[dict[str, str]]:
    """The rows of the labelled file, by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rules_only() -> table.Table:
    """Phrases, modifiers and the words known beforehand, before any fitting."""
    phrases = table.weights("phrases.tsv")
    return table.build({**centres(), **phrases}, phrases, table.modifiers(), mends=False)


def vocabulary(texts: Iterable[list[Look]]) -> list[str]:
    """Words and pairs seen often enough, and those known beforehand, sorted."""
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for looks in texts:
        tokens = [look[0] for look in looks]
        words.update(set(tokens))
        pairs.update({f"{a} {b}" for a, b in pairwise(tokens)})
    silent = table.stopwords()
    phrases = set(table.weights("phrases.tsv"))
    kept = {w for w, n in words.items() if n >= MIN_WORD and worthy(w, silent, phrases)}
    kept |= {w for w in centres() if not w.startswith(table.NOT)}
    joined = {p for p, n in pairs.items() if n >= MIN_PAIR and worthy_pair(p, silent)}
    return sorted(kept | {table.NOT + word for word in kept} | joined)


def worthy(word: str, silent: set[str], phrases: set[str]) -> bool:
    """Whether a word may carry weight: not a function word, a mark, a number or a phrase."""
    plain = word.isalpha() or "'" in word or not word.isascii()
    return plain and word not in silent and word not in phrases


def worthy_pair(pair: str, silent: set[str]) -> bool:
    """Whether two words may weigh together: both words, at least one with a meaning."""
    first, *rest = pair.split(" ")
    if len(rest) != 1 or not rest[0]:
        return False
    both = [first, rest[0]]
    return all(w.replace("'", "").isalpha() for w in both) and not all(w in silent for w in both)


def pose(feedback: Feedback, terms: list[str]) -> Problem:
    """Count each term in each text with the scorer's own walk; a phrase keeps its weight."""
    phrases = table.weights("phrases.tsv")
    terms = [*terms, *phrases, *(table.NOT + phrase for phrase in phrases)]
    number = {term: float(at + 1) for at, term in enumerate(terms)}
    ids = table.build(number, phrases, table.modifiers(), mends=False)
    rows, columns, values = [], [], []
    for row, looks in enumerate(feedback.looks):
        hits = evidence.find([ids.looks.get(look[0]) or unknown(look[0]) for look in looks])
        share = evidence.evidence_share(len(hits))
        rows += [row] * len(hits)
        # A negated word without a term of its own comes as minus half its word's number.
        columns += [round(met if met > 0 else -2 * met) - 1 for _, _, met, _ in hits]
        values += [(1 if met > 0 else -0.5) * factor * share for _, _, met, factor in hits]
    counts = csr_array((values, (rows, columns)), shape=(len(feedback.looks), len(terms)))
    ridge = np.array([FIXED if fixed(term, phrases) else RIDGE for term in terms])
    return Problem(terms, start(terms), counts, ridge)


def fixed(term: str, phrases: Container[str]) -> bool:
    """Whether a term's weight is set by hand and stays."""
    return term.removeprefix(table.NOT) in phrases


def start(terms: list[str]) -> Numbers:
    """The centre of each term."""
    known = {**centres(), **table.weights("phrases.tsv")}
    return np.array([_start(term, known) for term in terms])


def _start(term: str, known: dict[str, float]) -> float:
    if term in known or not term.startswith(table.NOT):
        return known.get(term, 0.0)
    return -0.5 * known.get(term.removeprefix(table.NOT), 0.0)


def balance(labels: Numbers, sources: list[str]) -> Numbers:
    """Weights under which every source and, within it, either side counts the same."""
    keys = list(zip(sources, labels, strict=True))
    sizes = Counter(key for key in keys if not key[0].startswith(OURS))
    share = sizes.total() / (2 * len({source for source, _ in sizes}))
    return np.array([_share(key, sizes, share) for key in keys])


def _share(key: tuple[str, float], sizes: Counter[tuple[str, float]], share: float) -> float:
    if key[0].startswith(OURS):
        return OUR_SHARE
    return share / sizes[key] if key[1] else NEUTRAL_SHARE


def fit(problem: Problem, labels: Numbers, weights: Numbers) -> Numbers:
    """The terms' weights by logistic regression with the centre as the penalty's zero."""
    counts, centre, ridge = problem.counts, problem.centre, problem.ridge
    base = counts @ centre
    wanted = (labels + 1) / 2

    def loss(step: Numbers) -> tuple[float, Numbers]:
        odds = base + counts @ step
        value = (weights * (np.logaddexp(0, odds) - wanted * odds)).sum() + (
            ridge * step
        ) @ step / 2
        miss = weights * (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - wanted)
        return float(value), counts.T @ miss + ridge * step

    found = minimize(
        loss, np.zeros(len(centre)), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    )
    return np.asarray(centre + found.x)


def learn(feedback: Feedback) -> dict[str, float]:
    """Term to weight: fitted once to find the terms that matter, then again with these alone."""
    terms = vocabulary(feedback.looks)
    share = balance(feedback.labels, feedback.sources)
    problem = pose(feedback, terms)
    kept = telling(problem, fit(problem, feedback.labels, share))
    problem = pose(feedback, kept)
    found = dict(zip(problem.terms, np.round(fit(problem, feedback.labels, share), 2), strict=True))
    return {term: float(found[term]) for term in kept if found[term] or term in centres()}


def telling(problem: Problem, weights: Numbers) -> list[str]:
    """The terms that move most texts most, and those known beforehand that the data never show."""
    known, phrases = centres(), table.weights("phrases.tsv")
    value = dict(zip(problem.terms, weights, strict=True))
    met = np.sqrt(np.asarray(problem.counts.power(2).sum(axis=0)).ravel())
    ranked = []
    for term, reach in zip(problem.terms, met, strict=True):
        usual = -0.5 * value.get(term.removeprefix(table.NOT), 0.0) if table.NOT in term else 0.0
        ranked.append((-abs(value[term] - usual) * reach, term))
    best = {term for gain, term in sorted(ranked)[:LEARNED] if gain < 0}
    unseen = {term for term in known if abs(known[term]) >= SMALLEST}
    return sorted(term for term in best | unseen if not fixed(term, phrases))


def write(path: Path, weights: dict[str, float]) -> None:
    """Store the weights, sorted by term."""
    lines = [f"{term}\t{weight:g}\n" for term, weight in sorted(weights.items())]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")


def main(data: Path) -> None:
    """Fit on all rows and replace the committed table."""
    weights = learn(load(data, rules_only()))
    write(ROOT / "casework/sentiment/lexicon.tsv", weights)
    print(f"{len(weights)} terms written")
    # The weights of offences rest on the lexicon just written, so another process reads it anew.
    subprocess.run([sys.executable, "-m", "scripts.fit_offence", str(data)], check=True, cwd=ROOT)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
