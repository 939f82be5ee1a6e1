"""Themes for what no theme claims: groups of texts with words in common, for a person to adopt."""

import re
import warnings
from collections import Counter
from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

from casework.record import Record
from casework.sentiment import textblob_exact
from casework.sentiment.chunks import noun_chunks
from casework.sentiment.tokens import fold

FEWEST_TEXTS = 3
"""A group of fewer texts is chance."""

MOST_GROUPS = 8
TEXTS_ROOT = 1.5
"""Groups looked for: the root of the number of texts over this."""

TERMS_SHOWN = 6
NAMED_AFTER = 30
"""Texts of a group whose noun chunks are looked at for its name."""

_WORD = r"(?u)\b[^\W\d_]{3,}\b"
_SAYS_NOTHING = re.compile(
    r"games?|apps?|play(s|ed|ing|ers?)?|real(ly)?|just|like|can|get|got|getting|let|lets|feels?|ma[dk]e|makes|much"
    r"|lots?|things?|one|wants?|very|even|also|still|please|times?|way"
    r"|(do|does|did|is|was|are|would|could|should|have|has)n|won|ain"
)
Numbers = NDArray[np.float64]


class Suggestion(Record):
    """A theme to adopt: `texts` are the places of the texts it would begin with."""

    name: str
    terms: tuple[str, ...]
    texts: tuple[int, ...]


def suggest(texts: Sequence[str], *, most: int = MOST_GROUPS) -> tuple[Suggestion, ...]:
    """Groups among the texts, the largest first; the same texts always give the same groups.

    TF-IDF of words and pairs of words, cut into parts by non-negative matrix factorisation.
    Source: Lee and Seung, "Learning the parts of objects by NMF" (1999).
    """
    found = _weighted(texts)
    if found is None:
        return ()
    weights, words = found
    loads, parts = _factors(weights, min(most, max(1, round(sqrt(len(texts)) / TEXTS_ROOT))))
    best = loads.argmax(axis=1)
    groups = [
        _suggestion(texts, np.flatnonzero((best == part) & (loads[:, part] > 0)), row, words)
        for part, row in enumerate(parts)
    ]
    large = [group for group in groups if len(group.texts) >= FEWEST_TEXTS and group.terms]
    return tuple(sorted(_named_apart(large), key=lambda group: (-len(group.texts), group.name)))


def _weighted(texts: Sequence[str]) -> tuple[Numbers, Sequence[str]] | None:
    """Each text's words weighed; None where too few texts share a word."""
    if len(texts) < FEWEST_TEXTS:
        return None
    vectors = TfidfVectorizer(
        token_pattern=_WORD,
        stop_words=sorted(ENGLISH_STOP_WORDS | _say_nothing(texts)),
        ngram_range=(1, 2),
        min_df=FEWEST_TEXTS,
        max_features=1_500,
        sublinear_tf=True,
    )
    try:
        weights = vectors.fit_transform(texts)
    except ValueError:  # it finds no word that enough texts share
        return None
    return weights, list(vectors.get_feature_names_out())


def _say_nothing(texts: Sequence[str]) -> set[str]:
    """Words that tell how something is ("great") or nothing, rather than what it is."""
    words = {word for text in texts for word in re.findall(_WORD, text.lower())}
    return {word for word in words if _SAYS_NOTHING.fullmatch(word) or textblob_exact(word)[0]}


def _factors(weights: Numbers, groups: int) -> tuple[Numbers, Numbers]:
    groups = min(groups, *weights.shape)
    model = NMF(n_components=groups, init="nndsvd", random_state=0, max_iter=80, tol=1e-3)
    with warnings.catch_warnings():
        # A group is a hint for a person: the last digits of its weights do not matter.
        warnings.simplefilter("ignore", ConvergenceWarning)
        loads: Numbers = model.fit_transform(weights)
    return loads, model.components_


def _suggestion(
    texts: Sequence[str], places: NDArray[np.intp], row: Numbers, words: Sequence[str]
) -> Suggestion:
    strongest = [words[at] for at in np.argsort(-row, kind="stable") if row[at] > 0]
    shown = [texts[place] for place in places[:NAMED_AFTER]]
    # Pairs of words are counted without the small words between them: keep those really said.
    said = " ".join(fold(text) for text in shown)
    terms = [term for term in strongest[: 3 * TERMS_SHOWN] if term in said][:TERMS_SHOWN]
    return Suggestion(
        name=_name(terms, shown) if terms else "",
        terms=tuple(terms),
        texts=tuple(int(place) for place in places),
    )


def _name(terms: Sequence[str], texts: Sequence[str]) -> str:
    """The noun chunk most of the texts share that holds a strong term, else the terms."""
    chunks = Counter(chunk for text in texts for chunk in set(noun_chunks(text)))
    fitting = [
        (times, chunk)
        for chunk, times in chunks.items()
        if times > 1 and set(chunk.split()) & set(terms[:2])
    ]
    chosen = min(fitting, key=lambda one: (-one[0], one[1]))[1] if fitting else ", ".join(terms[:2])
    return chosen.capitalize()


def _named_apart(groups: Sequence[Suggestion]) -> list[Suggestion]:
    """No two of the same name: the second is named by its terms."""
    seen: set[str] = set()
    apart = []
    for group in groups:
        name = group.name if group.name not in seen else ", ".join(group.terms[:3]).capitalize()
        seen.add(name)
        apart.append(group.model_copy(update={"name": name}))
    return apart
