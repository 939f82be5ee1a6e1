"""Letters as files for an owner's own mailer: a table, or one .eml file each."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from email.message import EmailMessage

from casework.messages import links
from casework.messages.message import Message
from casework.text import escape_cell

_COLUMNS = ("name", "e-mail", "subject", "message", "link")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def mail_merge(letters: Iterable[tuple[Message, Mapping[str, str]]]) -> str:
    """Letters with their links as CSV; cells that look like formulas are escaped."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(_COLUMNS)
    for message, filled in letters:
        cells = (
            message.name,
            message.email,
            message.subject,
            links.fill(message.body, filled),
            filled.get(links.PERSONAL, ""),
        )
        writer.writerow([escape_cell(cell) for cell in cells])
    return sheet.getvalue()


def zipped(letters: Iterable[tuple[str, EmailMessage]], table: str) -> bytes:
    """One .eml file per letter under its name, and the table beside them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, letter in letters:
            parcel.writestr(f"{_UNSAFE.sub('-', name).strip('-')}.eml", letter.as_bytes())
        parcel.writestr("letters.csv", table.encode("utf-8-sig"))
    return made.getvalue()
