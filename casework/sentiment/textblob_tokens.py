"""TextBlob's own way of cutting a text into tokens, in one pass and linear in its length.

Each step says why it may differ in form from `textblob._text.find_tokens` and not in result.
"""

import re
from functools import lru_cache

from textblob._text import ABBREVIATIONS, EOS, PUNCTUATION, RE_EMOTICONS, RE_SARCASM

_EDGES = PUNCTUATION.replace(".", "")
_TRAILING = frozenset(PUNCTUATION)
_QUOTES = re.compile("[“”‘’'\"]")
_BREAK = re.compile(r"\n{2,}")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*")
_TITLE = re.compile(r"[A-Z][bcdfghjklmnpqrstvwxz]*")
_LONGEST_ABBREVIATION = max(map(len, ABBREVIATIONS))

# Anything that an emoticon or the irony mark (!) could come from. Texts without it, most texts,
# need no sentences: only these two are sought sentence by sentence.
_NEEDS_SENTENCES = re.compile(
    r"[:;=<>*°♥]|[xX8][\s-]*[D)]|o\s*[._]\s*O|\(\s*!\s*\)|" + re.escape(EOS)
)
_ENDS = frozenset(("...", ".", "!", "?", EOS))
_CLOSERS = _ENDS | frozenset(("”", "’", ")"))

_SHORTEST_TITLE = 2

_CACHED_TEXT = 5_000
"""Tokens of longer texts are not cached, so that no text can fill the memory."""


def textblob_tokens(text: str) -> list[str]:
    """The words TextBlob assesses, in order, not yet in lower case."""
    # Of its contractions only "n't" moves a boundary: every apostrophe is set apart anyway.
    spaced = _QUOTES.sub(r" \g<0> ", text.replace("n't", " n't"))
    if "\n" in spaced:
        spaced = _BREAK.sub(f" {EOS} ", spaced.replace("\r\n", "\n"))
    cut = _cut if len(text) <= _CACHED_TEXT else _cut.__wrapped__
    tokens = [piece for word in spaced.split() for piece in cut(word)]
    if not _NEEDS_SENTENCES.search(spaced):
        return tokens
    sentences = RE_SARCASM.sub("(!)", _as_sentences(tokens))
    closed: str = RE_EMOTICONS.sub(_close_up, sentences)
    return closed.split()


def _close_up(found: re.Match[str]) -> str:
    return found[1].replace(" ", "") + found[2]


def _as_sentences(tokens: list[str]) -> str:
    """Tokens joined by spaces, sentences by line ends, which no emoticon reaches across."""
    parts = []
    ended = False
    for token in tokens:
        if ended and token not in _CLOSERS:
            parts.append("\n")
            ended = False
        ended = ended or token in _ENDS
        if token != EOS:
            parts.append(token + " ")
    return "".join(parts).replace(" \n", "\n").rstrip(" ")


@lru_cache(maxsize=32_768)
def _cut(word: str) -> tuple[str, ...]:
    """A word and the punctuation at its edges, each sign by itself."""
    if word.isalnum():
        return (word,)
    core = word.lstrip(_EDGES)
    head = word[: len(word) - len(core)]
    end, tail = _trailing(core)
    middle = (core[:end],) if end else ()
    return (*head, *middle, *reversed(tail))


def _trailing(core: str) -> tuple[int, list[str]]:
    """Where the word ends, and the signs after it from last to first."""
    end, tail = len(core), list[str]()
    initials = title = -1
    while end and core[end - 1] in _TRAILING:
        end = _without_sign(core, end, tail)
        if end and core[end - 1] == ".":
            if initials < 0:
                initials, title = _prefixes(core)
            if _abbreviates(core, end, initials, title):
                break
            tail.append(".")
            end -= 1
    return end, tail


def _without_sign(core: str, end: int, tail: list[str]) -> int:
    """Take one sign other than a full stop off the end, then an ellipsis; returns the new end."""
    if core[end - 1] != ".":
        tail.append(core[end - 1])
        end -= 1
    if core.endswith("...", 0, end):
        tail.append("...")
        end -= 3
        while end and core[end - 1] == ".":
            end -= 1
    return end


def _prefixes(core: str) -> tuple[int, int]:
    """How far the word reads as initials ("U.S.") and as a title ("Mr")."""
    initials, title = _INITIALS.match(core), _TITLE.match(core)
    return initials.end() if initials else 0, title.end() if title else 0


def _abbreviates(core: str, end: int, initials: int, title: int) -> bool:
    """Whether the first `end` characters, the last a full stop, are an abbreviation."""
    if end <= initials and end % 2 == 0:
        return True
    if title == end - 1 and end > _SHORTEST_TITLE:
        return True
    return end <= _LONGEST_ABBREVIATION and core[:end] in ABBREVIATIONS
