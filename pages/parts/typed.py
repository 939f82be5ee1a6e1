"""What people typed, shown and never obeyed."""

from casework.text import escape_markdown


def as_typed(text: str) -> str:
    """A text with its line breaks, as Markdown that shows it and obeys none of it."""
    return escape_markdown(text).replace("\n", "  \n")
