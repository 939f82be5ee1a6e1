"""Yes, no and silence in the spellings that exports use."""

from casework.errors import Invalid

YES = frozenset(
    {"yes", "y", "true", "t", "1", "x", "on", "ok", "yep", "ja", "oui", "si", "sí", "✓", "✔"}
)
NO = frozenset({"no", "n", "false", "f", "0", "off", "never", "nope", "nein", "non", "✗", "✘"})
NOT_TOLD = frozenset({"", "-", "?", "n/a", "na", "none", "null", "nan", "unknown", "not set"})


def word_of(text: str) -> str:
    """The spelling that is looked up: any case, blanks and hyphens alike."""
    return text.strip(" .!").casefold().replace(" ", "_").replace("-", "_")


def read_yes_or_no(text: str, question: str) -> bool | None:
    """What a cell says to a question; None where it says nothing. Raises: Invalid."""
    if text.casefold() in NOT_TOLD:
        return None
    word = word_of(text)
    if word not in YES | NO:
        raise Invalid(f"“{text[:40]}” says neither yes nor no to “{question}”.")
    return word in YES
