"""What the scorer meets when it walks over a text: one look for every word and mark."""

from collections.abc import Iterable, Sequence

Rule = tuple[int | None, float, str, bool]
"""For how many words a negation holds, if any; the factor on the next word; the mark; turning.

A mark notes a contrast ("but"), an ironic opening ("irony") or a sentence's end ("."); only the
first two turn what stands beside them.
"""

Look = tuple[str, float, float, "Nexts | None", Rule | None, float]
"""A token with its weight, its weight when negated, what may follow it, its rule if any, and how
much it hints at an offence.

A plain tuple, which Python takes apart several times faster than a named one.
"""

Next = tuple[float, int, "Begun | None", bool]
"""What a token makes together with the next: a pair's weight, at which of the two it is shown
(0 or 1), the phrases that begin so, and whether some of them may end or gape after the two."""

Begun = dict[str, "list[Phrase]"]
"""Phrases that begin with the same two tokens, by their third, the longest first; those of two
tokens under nothing."""

Nexts = dict[str, Next]

Phrase = tuple[tuple[str, ...], int, Look]
"""A fixed phrase: its tokens, how many, and what it does as a whole."""

BEGIN = "^"
"""A token without a sign in the text: a sentence begins here."""

GAP = "*"
"""In a phrase: up to `WIDEST` tokens of any kind but the end of the sentence."""

WIDEST = 2

ENDS = frozenset((".", "!", "?", "\n"))

END: Look = ("", 0.0, 0.0, None, None, 0.0)


def unknown(token: str) -> Look:
    """A look at a token that means nothing."""
    return (token, 0.0, 0.0, None, None, 0.0) if token else END


def phrase_at(looks: list[Look], at: int, begun: Begun) -> tuple[int, Look] | None:
    """The longest of the phrases that stands here: where its last token is, and its look."""
    third = looks[at + 2][0] if at + 2 < len(looks) else ""
    for key in (third, GAP, "") if third else ("",):
        if (phrases := begun.get(key)) and (found := _first(looks, at, phrases)):
            return found
    return None


def _first(looks: list[Look], at: int, phrases: Iterable[Phrase]) -> tuple[int, Look] | None:
    for tokens, length, look in phrases:
        if length:
            if tokens == tuple([one[0] for one in looks[at : at + length]]):
                return at + length - 1, look
        elif last := _stretched(looks, at, tokens):
            return last, look
    return None


def _stretched(looks: list[Look], at: int, pattern: Sequence[str]) -> int:
    """Where a phrase with gaps ends; 0 where it does not stand."""
    for number, wanted in enumerate(pattern):
        if wanted == GAP:
            return _beyond_gap(looks, at, pattern[number + 1 :])
        if looks[at][0] != wanted:
            return 0
        at += 1
    return at - 1


def _beyond_gap(looks: list[Look], at: int, rest: Sequence[str]) -> int:
    for skipped in range(WIDEST + 1):
        if found := _stretched(looks, at + skipped, rest):
            return found
        if looks[at + skipped][0] in ENDS or looks[at + skipped] is END:
            return 0
    return 0
