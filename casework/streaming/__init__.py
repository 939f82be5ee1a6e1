"""Tables of any length from a file or a pipe, read once and never held as a whole."""

from casework.streaming.opening import open_stream
from casework.streaming.stream import Fields, Stream, StreamRow, numbered_apart
from casework.streaming.texts import text_column

__all__ = ["Fields", "Stream", "StreamRow", "numbered_apart", "open_stream", "text_column"]
