"""What a person does to themes: each gives a new set, the next version, and leaves the old one."""

from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from casework.errors import Invalid
from casework.themes.theme import Theme, ThemeSet, cleaned


def rename(themes: ThemeSet, name: str, to: str) -> ThemeSet:
    """Call a theme something else; its texts stay. Raises: Invalid."""
    old = themes.get(name)
    if to.strip() == name:
        raise Invalid("That is its name already. Type another one.")
    return _with(themes, {name: [_theme(to, old.terms, is_values=old.is_values)]})


def merge(themes: ThemeSet, names: Sequence[str], into: str) -> ThemeSet:
    """Make one theme of several, where the first of them stands; no text is lost.

    Raises:
        Invalid: for fewer than two themes.
    """
    parts = [theme for theme in themes.themes if theme.name in set(names)]
    for name in names:
        themes.get(name)
    if len(parts) <= 1:
        raise Invalid("Choose at least two themes to merge.")
    terms = [term for theme in parts for term in theme.terms]
    merged = _theme(into, terms, is_values=any(theme.is_values for theme in parts))
    rest: dict[str, list[Theme]] = {theme.name: [] for theme in parts[1:]}
    return _with(themes, {parts[0].name: [merged], **rest})


def split(themes: ThemeSet, name: str, to: str, terms: Iterable[str]) -> ThemeSet:
    """Move some of a theme's terms to a new theme beside it, of the same kind.

    Raises:
        Invalid: for terms that are not the theme's, and where either part would have none.
    """
    old = themes.get(name)
    moved = set(_own(old, terms))
    staying = [term for term in old.terms if term not in moved]
    if not moved or not staying:
        raise Invalid("Each part needs at least one term. Choose some of them, not all.")
    parts = [
        _theme(old.name, staying, is_values=old.is_values),
        _theme(to, [term for term in old.terms if term in moved], is_values=old.is_values),
    ]
    return _with(themes, {name: parts})


def add_terms(themes: ThemeSet, name: str, terms: Iterable[str]) -> ThemeSet:
    """Let a theme find more. Raises: Invalid, also where every term is there already."""
    old = themes.get(name)
    new = [term for term in cleaned(terms) if term not in old.terms]
    if not new:
        raise Invalid("Type at least one term that the theme does not have yet.")
    return _with(themes, {name: [_theme(name, (*old.terms, *new), is_values=old.is_values)]})


def drop_terms(themes: ThemeSet, name: str, terms: Iterable[str]) -> ThemeSet:
    """Take terms out of a theme. Raises: Invalid, also where none would be left."""
    old = themes.get(name)
    gone = set(_own(old, terms))
    if not gone:
        raise Invalid("Choose the terms to take out.")
    staying = [term for term in old.terms if term not in gone]
    return _with(themes, {name: [_theme(name, staying, is_values=old.is_values)]})


def adopt(themes: ThemeSet, name: str, terms: Iterable[str]) -> ThemeSet:
    """Add a theme at the end. Raises: Invalid."""
    return _made(themes, (*themes.themes, _theme(name, terms, is_values=False)))


def restored(themes: ThemeSet, old: ThemeSet) -> ThemeSet:
    """The themes as they were in an older version. Raises: Invalid where nothing would change."""
    if old.themes == themes.themes:
        raise Invalid(f"Version {old.version} is what is in force now.")
    return _made(themes, old.themes)


def _own(theme: Theme, terms: Iterable[str]) -> list[str]:
    chosen = list(terms)
    if strange := [term for term in chosen if term not in theme.terms]:
        raise Invalid(f"“{strange[0]}” is not a term of “{theme.name}”.")
    return chosen


def _theme(name: str, terms: Iterable[str], *, is_values: bool) -> Theme:
    found = cleaned(terms)
    if not found and not is_values:
        raise Invalid("A theme needs at least one term.")
    try:
        return Theme(name=name, terms=found, is_values=is_values)
    except ValidationError as wrong:
        raise Invalid("Give the theme a name of 1 to 200 characters.") from wrong


def _with(themes: ThemeSet, instead: dict[str, list[Theme]]) -> ThemeSet:
    """The set with some themes replaced in place by none, one or several."""
    return _made(themes, [new for old in themes.themes for new in instead.get(old.name, [old])])


def _made(themes: ThemeSet, after: Iterable[Theme]) -> ThemeSet:
    try:
        return ThemeSet(version=themes.version + 1, themes=tuple(after))
    except ValidationError as wrong:
        raise Invalid(
            "Two themes cannot have the same name, and there can be 60 at most. Choose another."
        ) from wrong
