"""XLSX: the first sheet with anything in it, without formulas and without surprises in the zip."""

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, time

from openpyxl import load_workbook

from casework.errors import Invalid
from casework.tabular.sheet import COLUMN_LIMIT, Row

UNPACKED_LIMIT_BYTES = 400 * 2**20
_PARTS_LIMIT = 10_000
_BROKEN = "This .xlsx file cannot be read. Open it in a spreadsheet program and save it again."


def lines_of(content: bytes) -> Callable[[], Iterator[Row]]:
    """The rows of a workbook's first sheet, read again at every call.

    Formulas are never computed: a cell shows the result its program stored, or nothing.
    Raises: Invalid for a zip that is no workbook or unpacks to more than 400 MB.
    """
    _check_zip(content)
    return lambda: _lines(content)


def _check_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Invalid(_BROKEN) from None
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Invalid("This is an archive, not a table. Unpack it and choose the CSV or .xlsx.")
    # zipfile never yields more than the size declared here, so a false declaration gains nothing.
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _PARTS_LIMIT or unpacked > UNPACKED_LIMIT_BYTES:
        raise Invalid("This .xlsx file unpacks to far too much data. Save the table as CSV.")


def _lines(content: bytes) -> Iterator[Row]:
    try:
        yield from _open_and_read(content)
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - a broken workbook raises anything, from KeyError to XML's own
        raise Invalid(_BROKEN) from None


def _open_and_read(content: bytes) -> Iterator[Row]:
    with warnings.catch_warnings():
        # openpyxl warns of styles and extensions it drops; we want the values only.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    with closing(book):
        for sheet in book.worksheets:
            # The stated size is often wrong, and a giant one would be filled with empty cells.
            sheet.reset_dimensions()
            rows = enumerate(sheet.iter_rows(max_col=COLUMN_LIMIT + 1, values_only=True), start=1)
            found = (Row(line, tuple(map(_as_text, cells))) for line, cells in rows)
            first = next((row for row in found if any(row.cells)), None)
            if first is not None:
                yield first
                yield from found
                return


def _as_text(value: object) -> str:
    """A cell as a person reads it: whole numbers without a point, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "")
