"""Which kind of file this is, told from its bytes rather than its name."""

from casework.errors import Invalid
from casework.tabular import delimited, workbook
from casework.tabular.sheet import FILE_LIMIT_BYTES, Sheet, sheet_of

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")


def read_sheet(content: bytes) -> Sheet:
    """The table in a CSV or XLSX file of up to 100 MB.

    Raises:
        Invalid: saying what is wrong with the file and what to do about it.
    """
    if not content.strip():
        raise Invalid("The file is empty. Choose one with a header line and one row per record.")
    if len(content) > FILE_LIMIT_BYTES:
        most = FILE_LIMIT_BYTES // 2**20
        raise Invalid(f"The file is larger than {most} MB. Split it and import each part.")
    if content.startswith(_OLD_EXCEL):
        raise Invalid("This is an old Excel file. Save it as .xlsx or as CSV and choose that one.")
    if content.startswith(_ZIP):
        return sheet_of(workbook.lines_of(content))
    return sheet_of(delimited.lines_of(content))
