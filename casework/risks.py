"""What may still go wrong, who watches it and what they do about it."""

from casework.record import Line, Record


class Risk(Record):
    """Something that may go wrong, who watches it and what they do about it."""

    text: Line
    owner: Line
    action: Line
