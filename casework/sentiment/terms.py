"""Finds terms of an editable table in texts: words, phrases, and stems ending in * ("crash*")."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from casework.sentiment.tokens import TOKEN, fold

SHORTEST_STEM = 3
"""A shorter stem would find half of the dictionary."""

_PAIR = 2

LONGEST_WORD, _REMEMBERED = 40, 32_768
"""Longer words and further ones are looked up anew, so that no text can fill the memory."""


class Mention(NamedTuple):
    """One term met in a text: whose it is, and its offsets into the text."""

    name: str
    start: int
    end: int


class Term(NamedTuple):
    """One term of the table: whose it is, and its words; `stem` leaves the last one open."""

    name: str
    words: tuple[str, ...]
    stem: bool

    def stands_at(self, tokens: Sequence[str], at: int) -> bool:
        """Whether the tokens from here on are this term."""
        found = tuple(tokens[at : at + len(self.words)])
        if found == self.words:
            return True
        if not self.stem or len(found) != len(self.words):
            return False
        return found[:-1] == self.words[:-1] and found[-1].startswith(self.words[-1])


_Known = tuple[tuple[Term, ...], dict[str, tuple[Term, ...]], tuple[Term, ...]]
"""The one-word terms a token is; the phrases it may begin by their second word; those of two words
whose second one is open."""


class TermFinder:
    """Looks terms up word by word, so that a text is read once however many terms there are."""

    def __init__(self, terms: Mapping[str, Iterable[str]]) -> None:
        self._by_word: dict[str, list[Term]] = {}
        self._by_stem: dict[str, list[Term]] = {}
        self._remembered: dict[str, _Known] = {}
        for name, own in terms.items():
            for text in own:
                self._add(name, text)

    def _add(self, name: str, text: str) -> None:
        words = words_of(text)
        if not words:
            return
        stem = text.rstrip().endswith("*")
        alone = stem and len(words) == 1
        index, key = (
            (self._by_stem, words[0][:SHORTEST_STEM]) if alone else (self._by_word, words[0])
        )
        index.setdefault(key, []).append(Term(name, words, stem))

    def names(self, tokens: Sequence[str]) -> set[str]:
        """Whose terms stand in a text cut by `cut`."""
        return {term.name for at in range(len(tokens)) for term in self.standing_at(tokens, at)}

    def mentions(self, text: str) -> list[Mention]:
        """Every term in the text, in reading order."""
        pieces = list(TOKEN.finditer(fold(text)))
        tokens = [piece[0] for piece in pieces]
        return [
            Mention(term.name, piece.start(), pieces[at + len(term.words) - 1].end())
            for at, piece in enumerate(pieces)
            for term in self.standing_at(tokens, at)
        ]

    def standing_at(self, tokens: Sequence[str], at: int) -> Sequence[Term]:
        """The terms that begin with this token."""
        words, seconds, stems = self._remembered.get(tokens[at]) or self._known(tokens[at])
        if not seconds and not stems:
            return words
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        phrases = (*seconds.get(after, ()), *stems)
        if not phrases:
            return words
        return (*words, *(term for term in phrases if term.stands_at(tokens, at)))

    def begins(self, token: str) -> bool:
        """Whether a term of several words begins with this token."""
        return any(len(term.words) > 1 for term in self._by_word.get(token, ()))

    def _known(self, token: str) -> _Known:
        exact = self._by_word.get(token, [])
        stems = self._by_stem.get(token[:SHORTEST_STEM], [])
        words = (
            *(term for term in exact if len(term.words) == 1),
            *(term for term in stems if token.startswith(term.words[0])),
        )
        known = (words, *_phrases([term for term in exact if len(term.words) > 1]))
        if len(self._remembered) < _REMEMBERED and len(token) <= LONGEST_WORD:
            self._remembered[token] = known
        return known


def _phrases(terms: list[Term]) -> tuple[dict[str, tuple[Term, ...]], tuple[Term, ...]]:
    stems = tuple(term for term in terms if term.stem and len(term.words) == _PAIR)
    seconds: dict[str, tuple[Term, ...]] = {}
    for term in terms:
        if term not in stems:
            seconds[term.words[1]] = (*seconds.get(term.words[1], ()), term)
    return seconds, stems


def cut(text: str) -> list[str]:
    """The words and marks of a text, folded, as terms are looked up in."""
    return TOKEN.findall(fold(text))


def words_of(term: str) -> tuple[str, ...]:
    """The words a term is looked up by; none where nothing in it can be found."""
    return tuple(TOKEN.findall(fold(term.strip().removesuffix("*"))))
