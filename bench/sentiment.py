"""How fast and how right the scorer is, beside TextBlob and VADER.

With data, each source of texts is scored by a table fitted to the other sources only.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, roc_auc_score
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from bench.sentiment_sentences import print_sentences
from casework.sentiment import read, score, table, textblob_exact
from scripts import fit_lexicon

Scorer = Callable[[str], float]
Numbers = NDArray[np.float64]
Rows = NDArray[np.intp]

EXAMPLES = (
    "It is offensive to us to see the Grinch catching Santa Claus as it ruined our "
    "Christmas spirit.",
    "Great little game, but it crashes whenever I open the third level on my tablet.",
    "No lag, no ads, no crashes. My kids and I play it every evening and we love the music!",
    "I wanted to like it. The snow looks lovely; the controls, sadly, do not work with gloves on.",
)
ROUNDS = 250


def main(data: Path | None) -> None:
    """Print speed ratios and, with data, leave-one-source-out figures."""
    _print_speed(_texts(data))
    if data is not None:
        _print_quality(data)


def _texts(data: Path | None) -> list[str]:
    if data is None:
        return list(EXAMPLES) * ROUNDS
    return [line["text"] for line in fit_lexicon.lines(data)][:2000]


def _print_speed(texts: list[str]) -> None:
    base = _seconds(lambda text: TextBlob(text).sentiment, texts)
    print(f"{'speed':28}{'µs a text':>12}{'× TextBlob':>12}")
    print(f"{'TextBlob':28}{base / len(texts) * 1e6:12.1f}{1:12.1f}")
    for name, call in (("score", score), ("read", read), ("textblob_exact", textblob_exact)):
        taken = _seconds(call, texts)
        print(f"{name:28}{taken / len(texts) * 1e6:12.1f}{base / taken:12.1f}")


def _seconds(call: Callable[[str], object], texts: list[str]) -> float:
    """Processor time of the best of three passes."""
    passes = []
    for _ in range(3):
        began = process_time()
        for text in texts:
            call(text)
        passes.append(process_time() - began)
    return min(passes)


def _print_quality(data: Path) -> None:
    feedback = fit_lexicon.load(data, fit_lexicon.rules_only())
    texts = np.array([line["text"] for line in fit_lexicon.lines(data)])
    vader = SentimentIntensityAnalyzer()
    others: dict[str, Scorer] = {
        "TextBlob": lambda text: textblob_exact(text)[0],
        "VADER": lambda text: float(vader.polarity_scores(text)["compound"]),
    }
    print(f"\n{'leave one source out':28}{'scorer':>10}{'accuracy':>10}{'macro-F1':>10}{'AUC':>8}")
    figures: dict[str, list[Numbers]] = {}
    for source, held, ours in _folds(feedback):
        for name, call in {"Casework": ours, **others}.items():
            row = _measure(feedback.labels[held], [call(text) for text in texts[held]])
            figures.setdefault(name, []).append(row)
            _print_row(source, name, row)
    for name, rows in figures.items():
        _print_row("mean", name, np.mean(rows, axis=0))
    print_sentences(feedback, list(texts))


def _folds(feedback: fit_lexicon.Feedback) -> Iterator[tuple[str, Rows, Scorer]]:
    """Each source with its rows and a scorer that never saw it."""
    sources = np.array(feedback.sources)
    phrases = table.weights("phrases.tsv")
    for source in sorted({one for one in sources if not one.startswith(fit_lexicon.OURS)}):
        terms = fit_lexicon.learn(feedback.only(np.flatnonzero(sources != source)))
        built = table.build({**terms, **phrases}, phrases, table.modifiers())
        yield source, np.flatnonzero(sources == source), _scorer(built)


def _scorer(built: table.Table) -> Scorer:
    return lambda text: score(text, table=built)


def _measure(labels: Numbers, scores: list[float]) -> Numbers:
    """Accuracy, macro-F1 and AUC on the texts that take a side; a score of 0 counts as wrong."""
    taken = labels != 0
    truth, found = labels[taken], np.array(scores)[taken]
    sides = np.sign(found)
    f1 = f1_score(truth, sides, labels=[-1, 1], average="macro")
    return np.array([np.mean(sides == truth), f1, roc_auc_score(truth, found)])


def _print_row(source: str, name: str, row: Numbers) -> None:
    print(f"{source[:27]:28}{name:>10}{row[0]:10.3f}{row[1]:10.3f}{row[2]:8.3f}", flush=True)


if __name__ == "__main__":
    main(None)
