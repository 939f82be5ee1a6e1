"""Noun chunks: what a text is about, in its own words ("steep learning curve")."""

import warnings

from textblob.en import parse

from casework.sentiment.tokens import fold

LONGEST_TEXT = 400
"""Characters read for chunks; what a text is about is said early, and tagging is slow."""

_NOUNS = ("NN", "NNS")
_KEPT = (*_NOUNS, "JJ", "VBG")


def noun_chunks(text: str) -> list[str]:
    """Chunks of two or more words ending in a noun, in lower case, in reading order."""
    found: list[str] = []
    chunk: list[tuple[str, str]] = []
    for word, tag in (*_tagged(fold(text[:LONGEST_TEXT])), ("", "")):
        if tag in _KEPT and word.isalpha():
            chunk.append((word, tag))
            continue
        found += _ended(chunk)
        chunk = []
    return found


def _tagged(text: str) -> list[tuple[str, str]]:
    """Words with their part of speech; TextBlob writes them as word/TAG."""
    pieces = str(parse(text, chunks=False, lemmata=False)).split()
    return [(fields[0], fields[1]) for piece in pieces if len(fields := piece.split("/")) > 1]


def _ended(chunk: list[tuple[str, str]]) -> list[str]:
    while chunk and chunk[-1][1] not in _NOUNS:
        chunk = chunk[:-1]
    return [" ".join(word for word, _ in chunk)] if len(chunk) > 1 else []


# TextBlob reads its lists at the first call and leaves closing the files to the collector.
with warnings.catch_warnings():
    warnings.simplefilter("ignore", ResourceWarning)
    parse("warm")
