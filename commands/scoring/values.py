"""What was heard, and what the table held, as cells of a CSV and as JSON."""

import json
import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from pydantic import JsonValue

from casework.scored import Explained, Heard, Word
from casework.text import escape_cell

DECIMALS = 4
_NUMBER = re.compile(r"[+-]?\d[\d.,]*")


class Format(StrEnum):
    """How the result is written."""

    csv = "csv"
    jsonl = "jsonl"


def cell(value: JsonValue) -> str:
    """A value as a spreadsheet shows it; text never becomes a formula."""
    if isinstance(value, str):
        safe = escape_cell(value)
        # A number with a sign is no formula either.
        return value if safe is not value and _NUMBER.fullmatch(value) else safe
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _words(words: Sequence[Word]) -> str:
    return "; ".join([f"{text} {weight:+.2f}" for text, weight in words])


def _aspects(heard: Heard) -> str:
    return "; ".join([f"{aspect}: {label}" for aspect, label in heard.aspects])


def _explanation(heard: Heard) -> str:
    """Clause by clause, each with its sum and the words in it; the sums make the total."""
    why = _why(heard)
    said = [
        f"{' '.join(clause.text.split())} {clause.weight:+.2f}"
        + (f" ({_words(clause.words)})" if clause.words else "")
        for clause in why.clauses
    ]
    return " | ".join([*said, f"total {why.total:+.2f}, polarity {heard.polarity:+.2f}"])


def _why(heard: Heard) -> Explained:
    return heard.explained or Explained(0.0, 0.0, 0.0, ())


AS_CELL: dict[str, Callable[[Heard], str]] = {
    "polarity": lambda heard: f"{heard.polarity:.4f}",
    "label": lambda heard: heard.label,
    "offence": lambda heard: "yes" if heard.offence else "no",
    "aspects": _aspects,
    "words": lambda heard: escape_cell(_words(heard.words)),
    "textblob": lambda heard: f"{_why(heard).textblob:.4f}",
    "subjectivity": lambda heard: f"{_why(heard).subjectivity:.4f}",
    "explanation": lambda heard: escape_cell(_explanation(heard)),
}


def _json_words(words: Sequence[Word]) -> JsonValue:
    return [{"text": text, "weight": round(weight, DECIMALS)} for text, weight in words]


def _json_clauses(heard: Heard) -> JsonValue:
    why = _why(heard)
    clauses: list[JsonValue] = [
        {
            "text": clause.text,
            "weight": round(clause.weight, DECIMALS),
            "words": _json_words(clause.words),
        }
        for clause in why.clauses
    ]
    return {"total": round(why.total, DECIMALS), "clauses": clauses}


AS_JSON: dict[str, Callable[[Heard], JsonValue]] = {
    "polarity": lambda heard: round(heard.polarity, DECIMALS),
    "label": lambda heard: heard.label,
    "offence": lambda heard: heard.offence,
    "aspects": lambda heard: [{"aspect": name, "label": label} for name, label in heard.aspects],
    "words": lambda heard: _json_words(heard.words),
    "textblob": lambda heard: round(_why(heard).textblob, DECIMALS),
    "subjectivity": lambda heard: round(_why(heard).subjectivity, DECIMALS),
    "explanation": _json_clauses,
}
