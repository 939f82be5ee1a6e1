"""Cuts a text where one thing ends and another begins: at sentences and at contrast."""

import re

# A sentence ends at its marks before a blank, so that "1.5" stays whole; a contrast word begins
# the clause that follows. Finer cuts (commas, "and") read worse: clauses lose their evidence.
_CUT = re.compile(
    r"[.!?…]+(?=\s|$)|[;\n\r]+|\b(?=(?:but|although|though|however|whereas|yet)\b)",
    re.IGNORECASE,
)


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses stand, in reading order, without the blanks and marks around them."""
    found, begin = [], 0
    for cut in _CUT.finditer(text):
        found.append((begin, cut.start()))
        begin = cut.end()
    found.append((begin, len(text)))
    return [trimmed for one in found if (trimmed := _trim(text, *one))]


def _trim(text: str, begin: int, end: int) -> tuple[int, int] | None:
    piece = text[begin:end]
    start = begin + len(piece) - len(piece.lstrip())
    stop = start + len(piece.strip())
    return (start, stop) if start < stop else None
