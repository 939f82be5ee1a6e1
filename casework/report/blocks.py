"""What a launch summary is made of; the same blocks become a screen, Markdown and HTML."""

from casework.record import Record


class Paragraph(Record):
    """Plain words of ours."""

    text: str


class Quotation(Record):
    """A participant's own words, and whose they are without naming anybody."""

    text: str
    source: str


class Table(Record):
    """Rows under a header; every cell is text, shown as it is."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(Record):
    """A Vega-Lite specification as JSON, what it shows in words, and its figures as a table."""

    spec: str
    alt: str
    table: Table


Block = Paragraph | Quotation | Table | Chart


class Section(Record):
    """A heading with what belongs to it."""

    title: str
    blocks: tuple[Block, ...]


class Summary(Record):
    """The whole launch summary: `front` is page one, at most 200 words."""

    title: str
    front: Section
    sections: tuple[Section, ...]
