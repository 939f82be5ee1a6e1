"""Tables as people export them, CSV and XLSX, read into plain rows of text."""

from casework.tabular.reading import read_sheet
from casework.tabular.sheet import FILE_LIMIT_BYTES, ROW_LIMIT, Row, Sheet, write_csv

__all__ = ["FILE_LIMIT_BYTES", "ROW_LIMIT", "Row", "Sheet", "read_sheet", "write_csv"]
