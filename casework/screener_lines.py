"""A question's answers as an author types them: one per line, with a sign for what it means."""

from collections.abc import Sequence

from pydantic import ValidationError

from casework.customers import Attribute
from casework.errors import Invalid
from casework.screener import AnswerKind, Fit, Option, Question, first_problem

_SIGNS = {"+": Fit.QUALIFIES, "-": Fit.RULES_OUT, "–": Fit.RULES_OUT}
_SIGN_OF = {Fit.QUALIFIES: "+ ", Fit.RULES_OUT: "- ", Fit.NEUTRAL: ""}


def options_from(lines: str) -> tuple[Option, ...]:
    """One answer per line: “+” before one that fits, “-” before one that rules out."""
    typed = (line.strip() for line in lines.splitlines())
    return tuple(_option(line) for line in typed if line)


def _option(line: str) -> Option:
    fit = _SIGNS.get(line[0])
    text = line[1:].strip() if fit else line
    return Option(text=text, fit=fit or Fit.NEUTRAL)


def lines_of(options: Sequence[Option]) -> str:
    """The same the other way round."""
    return "\n".join(f"{_SIGN_OF[option.fit]}{option.text}" for option in options)


def question_from(
    *,
    text: str,
    kind: AnswerKind,
    lines: str,
    least: float | None,
    most: float | None,
    attribute: Attribute | None,
    purpose: str,
    required: bool,
) -> Question:
    """A question from what somebody typed. Raises: Invalid saying what to mend."""
    choosing = kind in (AnswerKind.SINGLE, AnswerKind.MULTIPLE)
    numeric = kind is AnswerKind.NUMBER
    try:
        return Question(
            text=text,
            kind=kind,
            options=options_from(lines) if choosing else (),
            least=least if numeric else None,
            most=most if numeric else None,
            attribute=attribute if kind is AnswerKind.SINGLE else None,
            purpose=purpose,
            required=required,
        )
    except ValidationError as wrong:
        raise Invalid(first_problem(wrong)) from wrong
