"""The lines of a text, counted, none of them without end, each readable in its encoding."""

import io
import re
from collections.abc import Iterator

from casework.errors import Invalid
from casework.streaming.stream import LONGEST_LINE

_NO_LETTERS = re.compile(r"[\ud800-\udfff]")


class Lines:
    """Goes through a text by line; `since` holds the lines read since `forget` was called.

    `problem` says whether one of these has letters that are not of the encoding.
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text
        self.read = 0
        self.since: list[str] = []
        self.problem = ""
        self._length = 0

    def forget(self) -> None:
        """Begin a new row."""
        self.since.clear()
        self.problem = ""
        self._length = 0

    @property
    def begins(self) -> int:
        """The line where the row read last begins."""
        return self.read - len(self.since) + 1

    def __iter__(self) -> Iterator[str]:
        """Raises: Invalid for a row without end, and where the encoding is altogether wrong."""
        while line := self._next():
            self.read += 1
            self.since.append(line)
            self._length += len(line)
            if not line.isascii() and _NO_LETTERS.search(line):
                self.problem = f"it has letters that are not {self.text.encoding}"
            if self._length >= LONGEST_LINE:
                raise Invalid(
                    f"The row that begins at line {self.begins:,} does not end: a quotation mark "
                    "is opened and never closed, or a line is far too long."
                )
            yield line

    def _next(self) -> str:
        try:
            return self.text.readline(LONGEST_LINE)
        except UnicodeDecodeError:
            raise Invalid(
                f"After line {self.read:,} come letters that are not {self.text.encoding}. Give "
                "the encoding by --encoding, or save the file as UTF-8."
            ) from None
