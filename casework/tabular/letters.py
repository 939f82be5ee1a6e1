"""Bytes into letters: which encoding a file is in, and whether it is text at all."""

import codecs

from charset_normalizer import from_bytes

from casework.errors import Invalid

_LOOK_AT_BYTES = 64_000
_HEADER_BYTES = 400
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
_WESTERN = "cp1252"
_LIKELY = [_WESTERN, "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman", "shift_jis", "gb18030"]
_OTHER_FILES = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"PAR1", "a Parquet file"),
)


def decode(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 or UTF-32, with or without its mark, or a guessed encoding.

    Raises:
        Invalid: for what is no text, saying what it is where that can be told.
    """
    for begins, kind in _OTHER_FILES:
        if content.startswith(begins):
            raise Invalid(f"This file holds no text: it is {kind}, whatever its name says.")
    text = _as_text(content)
    shown = text[:_LOOK_AT_BYTES]
    controls = sum(mark < " " and mark not in _TEXT_CONTROLS for mark in shown)
    # A lone NUL spoils one row, which is named later; many mean that this never was text.
    if controls > max(1, _MOST_CONTROLS * len(shown)) or text.startswith("\x00"):
        raise Invalid(_NO_TEXT)
    return text


def _as_text(content: bytes) -> str:
    encoding = _encoding_of(content)
    if encoding == "utf-16" and len(content) % 2:
        raise Invalid(
            "This file breaks off in the middle of a letter, so its end is missing. Export it "
            "again, or download it again."
        )
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
    if unmarked := _unmarked_utf16(content):
        return unmarked
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _guess_encoding(content)
    return "utf-8"


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without its mark shows a zero in every other place of its header, which is English.

    Texts below may be in any script, so they do not vote.
    """
    sample = content[:_HEADER_BYTES]
    half = len(sample) // 2
    if not half or len(content) % 2:
        return None
    if sample[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > half * 0.7 else None


def _guess_encoding(content: bytes) -> str:
    """The likeliest 8-bit or Asian encoding, judged by the lines that are not plain ASCII."""
    telling = [line for line in content.splitlines() if not line.isascii()]
    sample = b"\n".join(telling)[:_LOOK_AT_BYTES]
    matches = from_bytes(sample, cp_isolation=_LIKELY, threshold=0.5)
    best = matches.best()
    western = next((one for one in matches if _WESTERN in one.could_be_from_charset), None)
    if best is None or western is None:
        return best.encoding if best else _WESTERN
    # A few letters fit several encodings equally well; most exports with such are Windows-1252.
    as_good = western.chaos <= best.chaos and western.coherence >= best.coherence
    return _WESTERN if as_good else best.encoding
