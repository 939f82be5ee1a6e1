"""What people typed, made safe to place in Markdown, HTML or a spreadsheet: shown, never obeyed."""

import html
import re

_MARKS = re.compile(r"[\\`*_{}\[\]#|~$]|:(?=\S)")
_LINE_START = re.compile(r"^(\d*)([-+=.)])")
_IN_AN_ADDRESS = re.compile(r"(?<=[a-z])(?=://)|(?<=www)(?=\.)|(?<=\S)(?=@\S)", re.IGNORECASE)
JOINER = "\u2060"
"""Invisible and without width. Renderers link a bare address even when it is escaped; not this."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def escape_html(text: str) -> str:
    """The text as HTML shows it, in an element or a quoted attribute."""
    return html.escape(text, quote=True)


def escape_markdown(text: str) -> str:
    """The text as Markdown shows it: no emphasis, link, heading, list, formula or tag comes of it.

    Line breaks stay and leading blanks go; a caller who needs one line (a table, a heading) joins
    the lines first.
    """
    return "\n".join(_escape_line(line) for line in text.splitlines())


def _escape_line(line: str) -> str:
    unlinked = _IN_AN_ADDRESS.sub(JOINER, _CONTROLS.sub("", line).strip())
    tagless = html.escape(unlinked, quote=False)
    return _LINE_START.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", tagless))


def escape_cell(text: str) -> str:
    """The text as a spreadsheet shows it: what would begin a formula gets a leading apostrophe.

    Source: OWASP, CSV injection.
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
