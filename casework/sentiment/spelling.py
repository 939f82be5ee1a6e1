"""Reads a word the table does not know as the one that was meant: "amizing", "refunds"."""

from collections.abc import Callable, Iterator, Mapping

from textblob.en import spelling as _english

Mender = Callable[[str], str]
"""From a token to the token to look up; the same one where nothing better is known."""

SHORTEST, LONGEST = 5, 25
"""Letters of a word that is mended: shorter ones have too many neighbours."""

TELLING = 0.5
"""Only words with at least this weight are worth a guess."""

SHORTEST_BASE = 4
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "y", "ness")
_AFTER_AN_E = ("ed", "er", "ing")


def mender(weights: Mapping[str, float]) -> Mender:
    """A mender towards the words of a table, by their weight.

    An ending is taken off first; then one slip of the pen is allowed (a letter added, left out,
    changed, or two swapped), the first letter being right and all likely words of one side.

    Source: leave one source out, half a point of accuracy and .002 of AUC.
    """
    telling = {w: v for w, v in weights.items() if _mendable(w, SHORTEST_BASE) and _tells(v)}
    slips = _slips(telling)

    def mend(token: str) -> str:
        if token in weights or not _mendable(token, SHORTEST):
            return token
        bases = list(_bases(token))
        known = [base for base in bases if base in telling]
        if known or any(word in _ENGLISH for word in (token, *bases)):
            return known[0] if known else token
        return _meant(token, slips, telling)

    return mend


def _mendable(word: str, shortest: int) -> bool:
    return word.isascii() and word.isalpha() and shortest <= len(word) <= LONGEST


def _tells(weight: float) -> bool:
    return abs(weight) >= TELLING


def _bases(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= SHORTEST_BASE:
            yield base
        if ending in _AFTER_AN_E and base != word and len(base) >= SHORTEST_BASE - 1:
            yield base + "e"


def _slips(words: Mapping[str, float]) -> dict[str, list[str]]:
    """Each word by itself and by what is left when one letter is gone."""
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        if len(word) >= SHORTEST:
            for short in _shortened(word):
                found.setdefault(short, []).append(word)
    return found


def _shortened(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _meant(token: str, slips: Mapping[str, list[str]], weights: Mapping[str, float]) -> str:
    likely = {
        word for short in _shortened(token) for word in slips.get(short, ()) if word[0] == token[0]
    }
    if len({weights[word] > 0 for word in likely}) != 1:
        return token
    return min(likely, key=lambda word: (-abs(weights[word]), word))


def _english_words() -> frozenset[str]:
    """TextBlob's list of English words: what stands there is no slip."""
    if not dict.__len__(_english):
        _english.load()
    return frozenset(dict.keys(_english))


_ENGLISH = _english_words()
