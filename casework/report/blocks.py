"""What a launch summary is made of; the same blocks become a screen, Markdown and HTML."""

from casework.record import Moment, Record
from casework.verdict import Outcome


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


class Figure(Record):
    """One figure with its 95 % interval and how many answers stand behind it.

    `fine` tells on which side of its limit it lies; `limit` is that limit in words.
    """

    name: str
    value: str
    interval: str
    n: int
    limit: str
    fine: bool

    @property
    def text(self) -> str:
        """The figure in a sentence: “Upset or offended 26 % (19 % to 36 %, n = 95)”."""
        if not self.interval:
            return f"{self.name}: {self.value}"
        return f"{self.name} {self.value} ({self.interval}, n = {self.n})"


class Figures(Record):
    """The figures of page one, the worst against its limit first."""

    figures: tuple[Figure, ...]

    @property
    def text(self) -> str:
        """All of them in a line."""
        return f"{'; '.join(one.text for one in self.figures)}. Intervals are 95 %."


Block = Paragraph | Quotation | Table | Chart | Figures


class Section(Record):
    """A heading with what belongs to it."""

    title: str
    blocks: tuple[Block, ...]


class Summary(Record):
    """The whole launch summary: `front` is page one, at most 200 words.

    `as_of` is when what it tells last changed; the time of printing is nowhere in it.
    """

    title: str
    study: str
    build: str
    outcome: Outcome
    as_of: Moment | None
    digest: str
    front: Section
    sections: tuple[Section, ...]
