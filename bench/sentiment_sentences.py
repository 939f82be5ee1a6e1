"""How our own hard sentences and offences are read by tables that never saw their author."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from casework.sentiment import table
from casework.sentiment.evidence import find
from casework.sentiment.offence import BAR, features, windows
from casework.sentiment.terms import cut
from casework.sentiment.tokens import fold
from scripts import fit_lexicon, fit_offence
from scripts.own_sentences import Sentence, written

AUTHORS = (("author1", "offence_1"), ("author2", "offence_2"))
"""The hard sentences and the offences that one author wrote."""


def print_sentences(feedback: fit_lexicon.Feedback, texts: Iterable[str]) -> None:
    """Fit without each author in turn and read what this author wrote."""
    usual = fit_offence.usual(texts)
    print(f"\n{'leave one author out':28}{'kind':>20}{'sentences':>11}{'right':>8}")
    for parts in AUTHORS:
        held = [one for one in written() if one.part in parts]
        for kind, right in _right(feedback, held, parts).items():
            print(f"{parts[0]:28}{kind:>20}{len(right):11}{np.mean(right):8.3f}", flush=True)
    print(f"\n{'leave one author out':28}{'recall':>10}{'precision':>11}")
    for parts in AUTHORS:
        recall, precision = _offences(usual, parts)
        print(f"{parts[1]:28}{recall:10.3f}{precision:11.3f}", flush=True)


def _right(
    feedback: fit_lexicon.Feedback, held: list[Sentence], parts: tuple[str, str]
) -> dict[str, list[bool]]:
    """Kind to whether each sentence that takes a side is read right."""
    hidden = [fit_lexicon.OURS + part for part in parts]
    terms = fit_lexicon.learn(feedback.only(np.flatnonzero(~np.isin(feedback.sources, hidden))))
    phrases = table.weights("phrases.tsv")
    built = table.build({**terms, **phrases}, phrases, table.modifiers())
    found: dict[str, list[bool]] = defaultdict(list)
    for one in held:
        if one.side:
            right = _felt(one.text, built) * one.side > 0
            for kind in _counted(one):
                found[kind].append(right)
    return found


def _felt(text: str, built: table.Table) -> float:
    """The sum without what a plainly voiced offence adds, for its weights know every author."""
    return sum(weight * factor for *_, weight, factor in find(built.cutter.looks(fold(text))))


def _counted(one: Sentence) -> Iterator[str]:
    yield one.kind
    if one.kind != "offence":
        yield "all hard sentences"


def _offences(usual: list[fit_offence.Example], parts: tuple[str, str]) -> tuple[float, float]:
    """Recall and precision of the flag on the author's list."""
    known = [one for one in written() if one.part not in parts]
    weights = fit_offence.learn(fit_offence.own(known) + usual)
    held = [one for one in written() if one.part == parts[1]]
    flags = np.array([_highest(one.text, weights) > BAR for one in held])
    truth = np.array([one.offends for one in held])
    return float(flags[truth].mean()), float(truth[flags].mean())


def _highest(text: str, weights: dict[str, float]) -> float:
    tokens = cut(text)
    sums = [
        weights["bias"] + sum(weights.get(one, 0.0) for one in features(tokens[begin:end]))
        for begin, end in windows(tokens)
    ]
    return max(sums, default=weights["bias"])
