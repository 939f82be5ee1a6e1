"""The themes every study begins with."""

from casework.sentiment.aspects import VALUES, aspect_terms
from casework.themes.theme import Theme, ThemeSet


def first_themes() -> ThemeSet:
    """Values and offence, then the usual aspects of a game, each with the table's terms."""
    return ThemeSet(
        version=1,
        themes=tuple(
            Theme(name=aspect.capitalize(), terms=terms, is_values=aspect == VALUES)
            for aspect, terms in aspect_terms().items()
        ),
    )
