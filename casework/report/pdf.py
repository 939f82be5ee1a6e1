"""The launch summary as a tagged PDF; what people typed reaches the typesetter only as data."""

import json
import math
import re
import unicodedata
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import typst

from casework.report.blocks import Block, Chart, Figures, Section, Summary, Table
from casework.report.page import drawing
from casework.report.words import at

Style = Literal["pdf", "png"]
STANDARD: Final = "ua-1"
"""PDF/UA-1: a screen reader finds title, language, headings, tables and descriptions."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_WORD, PIECE = 30, 12
TRIES = 4
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MISSING = re.compile(r"the text `\"(.*?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def to_pdf(summary: Summary) -> bytes:
    """The whole summary, page one first; the same summary gives the same bytes."""
    (made,) = typeset(summary, "pdf")
    return made


def typeset(summary: Summary, style: Style = "pdf", ppi: float = 96.0) -> tuple[bytes, ...]:
    """The summary as one PDF, or as one picture a page for `png`.

    A sign that none of the typefaces has is told by its name: "[Father christmas]".
    """
    told = json.dumps(_told(summary), ensure_ascii=False)
    for _ in range(TRIES):
        try:
            return _compiled(summary, told, style, ppi)
        except typst.TypstError as fault:
            missing = _missing(fault.diagnostic)
            if not missing:
                raise
        told = "".join(_named(sign) if sign in missing else sign for sign in told)
    return _compiled(summary, told, style, ppi, checked=False)


def _compiled(
    summary: Summary, told: str, style: Style, ppi: float, *, checked: bool = True
) -> tuple[bytes, ...]:
    made = typst.Compiler(_template(), font_paths=_fonts(), sys_inputs={"summary": told}).compile(
        format=style,
        ppi=ppi,
        pdf_standards=[STANDARD] if checked and style == "pdf" else [],
        timestamp=(summary.as_of or EPOCH).replace(microsecond=0),
    )
    return tuple(made) if isinstance(made, list) else (made or b"",)


@cache
def _template() -> bytes:
    return files("casework.report").joinpath("templates/summary.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Those that come with the typesetter, then the machine's for scripts they lack."""
    return typst.Fonts()


def _missing(diagnostic: str) -> frozenset[str]:
    """The signs that could not be displayed, as the typesetter lists them."""
    found = "".join(_MISSING.findall(diagnostic))
    return frozenset(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), found))


def _named(sign: str) -> str:
    """The name of a picture in brackets, an empty box for a letter, nothing for a control sign."""
    category = unicodedata.category(sign)
    if category.startswith(("C", "M")):
        return ""
    if category.startswith("S"):
        return f"[{unicodedata.name(sign, 'sign').capitalize()}]"
    return "▯"


def _told(summary: Summary) -> dict[str, object]:
    moment = summary.as_of
    stand = f"As of {at(moment)} · " if moment else ""
    return {
        "title": _line(summary.title),
        "outcome": summary.outcome.value,
        "at": _parts(moment) if moment else None,
        "stand": f"{stand}verdict {summary.digest[:16]}",
        "front": _section(summary.front),
        "sections": [_section(section) for section in summary.sections],
    }


def _parts(moment: datetime) -> dict[str, int]:
    names = ("year", "month", "day", "hour", "minute", "second")
    return {name: getattr(moment, name) for name in names}


def _section(section: Section) -> dict[str, object]:
    return {
        "title": _line(section.title),
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> dict[str, object]:
    facts: dict[str, object] = {"kind": type(block).__name__}
    match block:
        case Table():
            return facts | _table(block)
        case Chart():
            table = _table(block.table)
            return facts | {
                "svg": drawing(block, "Libertinus Serif"),
                "alt": block.alt,
                "table": table,
            }
        case Figures():
            figures = [
                one.model_dump() | {"said": _said(one.interval, one.n, one.limit)}
                for one in block.figures
            ]
            return facts | {"figures": figures}
        case _:
            return facts | {name: _line(value) for name, value in block.model_dump().items()}


def _said(interval: str, n: int, limit: str) -> list[str]:
    """What stands below a figure, line by line."""
    known = [f"95 % interval {interval}, n\u00a0=\u00a0{n:,}"] if interval else []
    return [*known, f"{limit} required"]


def _table(table: Table) -> dict[str, object]:
    rows = [[_line(cell) for cell in row] for row in table.rows]
    return {
        "caption": _line(table.caption),
        "header": list(table.header),
        "rows": rows,
        "widths": [_width(column) for column in zip(table.header, *table.rows, strict=True)],
    }


def _width(column: tuple[str, ...]) -> float:
    """A column's share of the line: more for longer texts, yet never much more."""
    longest = max(len(cell) for cell in column)
    return round(math.pow(min(max(longest, 6), 64), 0.66), 3)


def _line(text: str) -> str:
    """One line whose overlong words may be broken."""
    return " ".join(_breakable(word) for word in text.split())


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD or _DIGEST.search(word):
        return word
    pieces = (word[start : start + PIECE] for start in range(0, len(word), PIECE))
    return "\u200b".join(pieces)
