"""The launch summary as Markdown; what people typed shows as text and never as markup."""

from casework.report.blocks import (
    Block,
    Chart,
    Figures,
    Paragraph,
    Quotation,
    Section,
    Summary,
    Table,
)
from casework.text import escape_markdown


def to_markdown(summary: Summary) -> str:
    """The whole summary, page one first."""
    parts = [f"# {_line(summary.title)}", *_section(summary.front)]
    for section in summary.sections:
        parts += _section(section)
    return "\n\n".join(parts) + "\n"


def front_to_markdown(summary: Summary) -> str:
    """Page one alone."""
    return "\n\n".join([f"# {_line(summary.title)}", *_section(summary.front)]) + "\n"


def _section(section: Section) -> list[str]:
    return [f"## {_line(section.title)}", *(_block(block) for block in section.blocks)]


def _block(block: Block) -> str:
    match block:
        case Paragraph() | Figures():
            return _line(block.text)
        case Quotation():
            return f"> “{_line(block.text)}”\n>\n> — {_line(block.source)}"
        case Chart():
            return _table(block.table)
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    head = f"| {' | '.join(map(_line, table.header))} |"
    rule = f"|{' --- |' * len(table.header)}"
    rows = [f"| {' | '.join(map(_line, row))} |" for row in table.rows]
    return "\n".join([f"**{_line(table.caption)}**", "", head, rule, *rows])


def _line(text: str) -> str:
    return escape_markdown(" ".join(text.split()))
