"""Which column holds the texts: the one named, or the one that obviously does."""

import re

from casework.errors import Invalid
from casework.streaming.stream import Stream

_CALLED = re.compile(
    r"(texts?|(review|comment)(s|text)?|feedback|verbatims?|message|body|content|answer|tweet|opinion)"
)
_WORDS_OF_A_TEXT = 3
_MOST = 0.5
"""Share of the filled cells that must look like sentences."""


def text_column(stream: Stream, wanted: str | None) -> str:
    """The column of this name, in any case, or the only one that looks like texts.

    Raises:
        Invalid: naming the columns, where there is none of this name or no obvious one.
    """
    if wanted is not None:
        return _named(stream.columns, wanted)
    if len(stream.columns) == 1:
        return stream.columns[0]
    written = [name for name in stream.columns if _is_prose(stream, name)]
    called = [name for name in written or stream.columns if _CALLED.fullmatch(_squeezed(name))]
    for found in (called, written):
        if len(found) == 1:
            return found[0]
    raise Invalid(
        f"Which column holds the texts? Say --text NAME. The file has {_listed(stream.columns)}."
    )


def _named(columns: tuple[str, ...], wanted: str) -> str:
    for name in columns:
        if name.casefold() == wanted.strip().casefold():
            return name
    raise Invalid(f"The file has no column “{wanted}”. It has {_listed(columns)}.")


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(f"“{name}”" for name in columns)


def _is_prose(stream: Stream, name: str) -> bool:
    cells = [told for row in stream.head if (told := row.fields.get(name)) not in (None, "")]
    long = sum(isinstance(one, str) and one.count(" ") >= _WORDS_OF_A_TEXT - 1 for one in cells)
    return bool(cells) and long >= _MOST * len(cells)


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
