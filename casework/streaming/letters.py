"""Which encoding a stream of bytes is in, found without holding more than a part of it."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager

from charset_normalizer import from_bytes

from casework.errors import Invalid

_CHUNK = 2**20
_SAMPLE = 64_000
_HEADER = 400
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman", "shift_jis", "gb18030"]
_MOSTLY_ZEROS = 0.7
_MOST_CONTROLS = 0.01


def encoding_of(source: io.BufferedReader) -> str:
    """The encoding, by its mark, as UTF-8, or guessed; the source stands at its beginning again.

    What can be gone through twice is looked at as a whole, a pipe only at its beginning.
    """
    head = source.peek()
    for mark, encoding in _MARKED:
        if head.startswith(mark):
            return encoding
    if unmarked := _unmarked_utf16(head[:_HEADER]):
        return unmarked
    broken = _not_utf8(source) if source.seekable() else _not_utf8_in(head)
    telling = [line for line in broken.splitlines() if not line.isascii()]
    # A few broken lines among many that are UTF-8 are those rows' problem.
    stray = sum(_not_utf8_in(line) != b"" for line in telling)
    return _guessed(telling) if stray * 2 > len(telling) else "utf-8"


@contextmanager
def text_of(source: io.BufferedReader, encoding: str | None) -> Iterator[io.TextIOWrapper]:
    """The source as text with its line ends as they are; it stays open afterwards.

    Bytes that are no letters of the encoding become lone surrogates, so that their row is known.

    Raises:
        Invalid: for what is no text.
    """
    chosen = encoding or encoding_of(source)
    try:
        shown = source.peek().decode(chosen, errors="ignore")[:_SAMPLE]
    except LookupError:
        raise Invalid(f"“{chosen}” is no encoding. Try utf-8, cp1252 or utf-16.") from None
    controls = sum(mark < " " and mark not in "\t\n\r\f\v" for mark in shown)
    if controls > _MOST_CONTROLS * len(shown):
        raise Invalid("This file holds no text. Choose a CSV, TSV, JSONL, .xlsx or Parquet file.")
    text = io.TextIOWrapper(source, encoding=chosen, errors="surrogateescape", newline="")
    try:
        yield text
    finally:
        text.detach()


def _unmarked_utf16(header: bytes) -> str | None:
    """UTF-16 without its mark shows a zero in every other place of an English header."""
    half = len(header) // 2
    if header[1::2].count(0) > half * _MOSTLY_ZEROS:
        return "utf-16-le"
    return "utf-16-be" if header[0::2].count(0) > half * _MOSTLY_ZEROS else None


def _not_utf8(source: io.BufferedReader) -> bytes:
    """The first part that is no UTF-8; nothing where all of it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := source.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as problem:
        return bytes(problem.object)
    finally:
        source.seek(0)
    return b""


def _not_utf8_in(head: bytes) -> bytes:
    """These bytes unless they are UTF-8, perhaps cut off within a letter."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return head
    return b""


def _guessed(telling: list[bytes]) -> str:
    """The likeliest 8-bit or Asian encoding, judged by the lines that are not plain ASCII."""
    sample = b"\n".join(telling)[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_LIKELY, threshold=0.5).best()
    return best.encoding if best else "cp1252"
