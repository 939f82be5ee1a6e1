"""The marks that stand for links in a letter until the moment it leaves.

A letter is kept for years, and who holds a personal link is let in; so the text is kept with marks
and the links are put in when it leaves.
"""

import re
from collections.abc import Mapping

PERSONAL = "⟦personal link⟧"
OPT_OUT = "⟦opt-out link⟧"
_MARK = re.compile(r"⟦[a-z -]+⟧")
_BRACKETS = str.maketrans({"⟦": "[", "⟧": "]"})


def without_marks(text: str) -> str:
    """What somebody typed, so that it can never become a link of ours."""
    return text.translate(_BRACKETS)


def needs(text: str, mark: str) -> bool:
    """Whether a letter's text waits for this link."""
    return mark in text


def fill(text: str, links: Mapping[str, str]) -> str:
    """The text with its links; a mark without a link stays, for a preview shows it so."""
    return _MARK.sub(lambda found: links.get(found[0], found[0]), text)
