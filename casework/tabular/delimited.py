"""CSV in the wild: whatever letters, separators and line ends the exporting program chose."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from casework.errors import Invalid
from casework.tabular.sheet import COLUMN_LIMIT, FILE_LIMIT_BYTES, Row

# A giant cell is one row's fault, which is named where the row is read; it stops no file.
csv.field_size_limit(FILE_LIMIT_BYTES)

DELIMITERS = (",", ";", "\t", "|")
_LOOK_AT_LINES = 30


def lines_of(text: str) -> Callable[[], Iterator[Row]]:
    """The rows of a CSV file, read again at every call."""
    delimiter, text = _delimiter_of(text)
    return lambda: _lines(text, delimiter)


def _lines(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    last = begins = 1
    # One cell beyond the limit is kept, so that a header that is too wide shows it.
    for cells in reader:
        last = begins
        yield Row(begins, tuple(cells[: COLUMN_LIMIT + 1]))
        begins = reader.line_num + 1
    if text:
        _require_end(text, delimiter, last)


def _require_end(text: str, delimiter: str, line: int) -> None:
    """Refuse a last row whose open quotation mark swallowed the rest. Raises: Invalid."""
    tail = islice(io.StringIO(text, newline=""), line - 1, None)
    try:
        list(csv.reader(tail, delimiter=delimiter, strict=True))
    except csv.Error as problem:
        # Strict reading also objects to much that programs write and everybody can read.
        if "unexpected end" in str(problem):
            raise Invalid(
                f"Line {line} of the file cannot be read: a quotation mark is opened and never "
                "closed. Mend the line and choose the file again."
            ) from None


def _delimiter_of(text: str) -> tuple[str, str]:
    """The separator that cuts the first lines most evenly, and the text that it cuts."""
    first, _, rest = text.partition("\n")
    announced = first.strip().lower()
    if announced.startswith("sep=") and len(announced) == len("sep=;"):
        # Excel's own announcement; an empty line in its place keeps the line numbers right.
        return announced[-1], "\n" + rest
    return max(DELIMITERS, key=lambda mark: _evenness(text, mark)), text


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    try:
        widths = [len(row.cells) for row in islice(_lines(text, delimiter), _LOOK_AT_LINES)]
    except Invalid:
        return 0, 0
    cut = [width for width in widths if width > 1]
    if not cut:
        return 0, 0
    width, times = Counter(cut).most_common(1)[0]
    return times / len(widths), width
