"""Which texts belong to which themes: a text may have several, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casework.sentiment.offence import voiced
from casework.sentiment.terms import TermFinder, cut
from casework.themes.theme import ThemeSet

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Assignment:
    """`member[i, j]`: text i belongs to theme j of `themes`."""

    themes: ThemeSet
    member: Mask

    def of(self, name: str) -> Mask:
        """Which texts belong to the theme."""
        found: Mask = self.member[:, self.themes.names.index(name)]
        return found

    @property
    def unmatched(self) -> NDArray[np.intp]:
        """The places of the texts that no theme claims."""
        return np.flatnonzero(~self.member.any(axis=1))


def assign(
    texts: Sequence[str], themes: ThemeSet, *, offended: Sequence[bool] | Mask | None = None
) -> Assignment:
    """Each text's themes by their terms; what sounds offended is also the first values theme's.

    `offended` tells of each text whether it voices an offence, where that is known already.
    """
    finder = TermFinder({theme.name: theme.terms for theme in themes.themes})
    column = {name: place for place, name in enumerate(themes.names)}
    values = next(place for place, theme in enumerate(themes.themes) if theme.is_values)
    member = np.zeros((len(texts), len(themes.themes)), dtype=np.bool_)
    pieces = [cut(text) for text in texts]
    for place, tokens in enumerate(pieces):
        member[place, [column[name] for name in finder.names(tokens)]] = True
    known = [voiced(tokens) for tokens in pieces] if offended is None else offended
    member[:, values] |= np.asarray(known, dtype=np.bool_)
    return Assignment(themes, member)
