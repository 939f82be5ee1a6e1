"""Everything behind a summary as CSV files in one archive, for whoever wants to count again.

Nobody is named: an answer carries its number alone. A cell that a spreadsheet would take for a
formula begins with an apostrophe.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from hashlib import sha256

from casework.report import tables
from casework.report.machine import canonical
from casework.report.material import Material
from casework.report.tables import Cell
from casework.text import escape_cell
from casework.verdict import as_json
from casework.verdict.outcome import undigested

MANIFEST = "manifest.json"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment an archive can name: files carry no time, so that bytes do not depend on it."""
READABLE = 0o644 << 16


def to_bundle(material: Material, answers: Iterable[Sequence[Cell]]) -> bytes:
    """The archive; the same material and answers give the same bytes.

    `answers` is a table whose first row is its header. The manifest names each file with its
    SHA-256; those of `criteria.json` and `verdict-digested.json` are the digests of both.
    """
    files = {f"{name}.csv": as_csv(rows) for name, rows in tables.of(material).items()}
    files["answers.csv"] = as_csv(answers)
    files["verdict.json"] = as_json(material.verdict).encode()
    if registered := _registered(material):
        files["criteria.json"] = registered.encode()
    files["verdict-digested.json"] = undigested(material.verdict).encode()
    files[MANIFEST] = _manifest(material, files).encode()
    return _archive(files)


def _registered(material: Material) -> str:
    """The text of the criteria judged by, as registered: its SHA-256 is the criteria's digest."""
    wanted = material.verdict.registered_digest
    texts = (
        one.registration.text for one in material.attempts if one.registration.digest == wanted
    )
    return next(texts, "")


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows as CSV in UTF-8; empty where nothing is known."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(
        [_safe(cell) for cell in row] for row in rows
    )
    return written.getvalue().encode()


def _safe(cell: Cell) -> Cell:
    return escape_cell(cell) if isinstance(cell, str) else cell


def _manifest(material: Material, files: dict[str, bytes]) -> str:
    verdict = material.verdict
    return canonical(
        {
            "study": verdict.study,
            "build": verdict.build,
            "outcome": verdict.outcome.value,
            "verdict_digest": verdict.digest,
            "criteria_digest": verdict.registered_digest,
            "as_of": material.as_of.isoformat() if material.as_of else None,
            "files": {name: sha256(content).hexdigest() for name, content in files.items()},
        }
    )


def _archive(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = READABLE
            archive.writestr(entry, content)
    return written.getvalue()
