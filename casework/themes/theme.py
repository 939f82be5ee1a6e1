"""Themes: what customers talk about, named and edited by a person, kept in versions."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field, model_validator

from casework.errors import Invalid
from casework.record import Line, Record
from casework.sentiment.terms import SHORTEST_STEM, words_of

LONGEST_TERM = 60


class Theme(Record):
    """One theme and the terms that put a text into it; a term ending in * stands for any ending.

    A text about values or an offence is never missed for want of a term: the first theme with
    `is_values` also takes whatever sounds offended. Only such a theme may have no terms.
    """

    name: Line
    terms: tuple[Line, ...] = ()
    is_values: bool = False


class ThemeSet(Record):
    """A study's themes in the order shown; every change makes the next version."""

    version: int = Field(ge=1)
    themes: tuple[Theme, ...] = Field(max_length=60)

    @model_validator(mode="after")
    def _check(self) -> Self:
        names = [theme.name.casefold() for theme in self.themes]
        if len(set(names)) < len(names):
            raise ValueError("Two themes have the same name.")
        if not any(theme.is_values for theme in self.themes):
            raise ValueError("One theme must be about values and offence.")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The themes' names in their order."""
        return tuple(theme.name for theme in self.themes)

    def get(self, name: str) -> Theme:
        """The theme of this name. Raises: Invalid."""
        for theme in self.themes:
            if theme.name == name:
                return theme
        raise Invalid(f"There is no theme “{name}” any more. Load the page again.")


def cleaned(terms: Iterable[str]) -> tuple[str, ...]:
    """Terms as they are looked up: lower case, one space between words, each once.

    Raises:
        Invalid: for a term without a word, one too long, or a stem of fewer than 3 letters.
    """
    found = dict.fromkeys(" ".join(term.lower().split()) for term in terms if term.strip())
    for term in found:
        _require_findable(term)
    return tuple(found)


def _require_findable(term: str) -> None:
    words = words_of(term)
    if not any(word.isalnum() for word in words) or len(term) > LONGEST_TERM:
        raise Invalid(f"“{term}” cannot be looked up. Use a word or a short phrase.")
    if term.endswith("*") and len(words[-1]) < SHORTEST_STEM:
        raise Invalid(f"“{term}” would match too much. Give at least 3 letters before the *.")
