"""CSV in the wild: whatever letters, separators and line ends the exporting program chose."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from charset_normalizer import from_bytes

from casework.errors import Invalid
from casework.tabular.sheet import COLUMN_LIMIT, Row

DELIMITERS = (",", ";", "\t", "|")
_LOOK_AT_LINES = 30
_LOOK_AT_BYTES = 64_000
_NO_TEXT = "This file holds no text. Choose a CSV or an .xlsx file."
_MOST_CONTROLS = 0.01
_TEXT_CONTROLS = frozenset("\t\n\r\f\v")
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman", "shift_jis", "gb18030"]


def lines_of(content: bytes) -> Callable[[], Iterator[Row]]:
    """The rows of a CSV file, read again at every call. Raises: Invalid for what is no text."""
    text = _decode(content)
    delimiter, text = _delimiter_of(text)
    return lambda: _lines(text, delimiter)


def _lines(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    last = begins = 1
    try:
        for cells in reader:
            last = begins
            # One cell beyond the limit is kept, so that a header that is too wide shows it.
            yield Row(begins, tuple(cells[: COLUMN_LIMIT + 1]))
            begins = reader.line_num + 1
        if reader.line_num > last:
            begins = last
            _require_end(text, delimiter, last)
    except csv.Error:
        raise Invalid(
            f"Line {begins} of the file cannot be read: a quotation mark is opened and never "
            "closed, or a cell is far too long. Mend the line and choose the file again."
        ) from None


def _require_end(text: str, delimiter: str, line: int) -> None:
    """Refuse a last row whose open quotation mark swallowed the rows below. Raises: csv.Error."""
    tail = islice(io.StringIO(text, newline=""), line - 1, None)
    try:
        list(csv.reader(tail, delimiter=delimiter, strict=True))
    except csv.Error as problem:
        # Strict reading also objects to much that programs write and everybody can read.
        if "unexpected end" in str(problem):
            raise


def _decode(content: bytes) -> str:
    text = _as_text(content)
    shown = text[:_LOOK_AT_BYTES]
    controls = sum(mark < " " and mark not in _TEXT_CONTROLS for mark in shown)
    if "\x00" in text or controls > _MOST_CONTROLS * len(shown):
        raise Invalid(_NO_TEXT)
    return text


def _as_text(content: bytes) -> str:
    encoding = _encoding_of(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Invalid(
            "The letters of this file cannot be read. Save it again as “CSV UTF-8”."
        ) from None


def _encoding_of(content: bytes) -> str:
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _guess_encoding(content)
    return _unmarked_utf16(content) or "utf-8"


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without its mark shows a zero in every other place of mostly English text."""
    sample = content[:_LOOK_AT_BYTES]
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > half * 0.7 else None


def _guess_encoding(content: bytes) -> str:
    """The likeliest 8-bit or Asian encoding, judged by the lines that are not plain ASCII."""
    if b"\x00" in content:
        raise Invalid(_NO_TEXT)
    telling = [line for line in content.splitlines() if not line.isascii()]
    sample = b"\n".join(telling)[:_LOOK_AT_BYTES]
    best = from_bytes(sample, cp_isolation=_LIKELY, threshold=0.5).best()
    return best.encoding if best else "cp1252"


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
