"""Which kind of file this is, told from its bytes rather than its name."""

from casework.errors import Invalid
from casework.tabular import delimited, documents, workbook
from casework.tabular.letters import decode
from casework.tabular.sheet import FILE_LIMIT_BYTES, Sheet, sheet_of

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")


def read_sheet(content: bytes) -> Sheet:
    """The table in a CSV, XLSX, JSON Lines or plain JSON list file of up to 100 MB.

    Raises:
        Invalid: saying what is wrong with the file and what to do about it.
    """
    require_readable(content)
    if is_workbook(content):
        return sheet_of(workbook.lines_of(content))
    text = decode(content)
    if documents.is_lines(text):
        return documents.sheet_of_lines(text)
    if documents.is_list(text):
        return documents.sheet_of_records(lambda: documents.records_of_list(text, ""))
    return sheet_of(delimited.lines_of(text))


def require_readable(content: bytes) -> None:
    """Refuse what is empty, too large or from before 2007. Raises: Invalid."""
    if not content.strip():
        raise Invalid("The file is empty. Choose one with a header line and one row per record.")
    if len(content) > FILE_LIMIT_BYTES:
        most = FILE_LIMIT_BYTES // 2**20
        raise Invalid(f"The file is larger than {most} MB. Split it and import each part.")
    if content.startswith(_OLD_EXCEL):
        raise Invalid("This is an old Excel file. Save it as .xlsx or as CSV and choose that one.")


def is_workbook(content: bytes) -> bool:
    """Whether it is a zip, as .xlsx files are."""
    return content.startswith(_ZIP)
