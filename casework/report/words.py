"""Outcomes and dates in plain words."""

from datetime import date, datetime

from casework.criteria import Direction, Metric, figure
from casework.options import OptionKind
from casework.report.blocks import Figure
from casework.verdict import CriterionResult, Outcome

MEANING = {
    Outcome.GO: "Ship, within the scope below.",
    Outcome.GO_WITH_CONDITIONS: "Ship only if the conditions below are met.",
    Outcome.HOLD: "Do not launch yet: a named person has to review what is open.",
    Outcome.NO_GO: "Do not launch this build.",
    Outcome.NOT_ENOUGH_EVIDENCE: "Nobody can say yet: the answers do not suffice.",
    Outcome.INVALID: "No honest verdict is possible for this build.",
}
ADVISED = {
    Outcome.GO: OptionKind.SHIP,
    Outcome.GO_WITH_CONDITIONS: OptionKind.STAGE,
    Outcome.HOLD: OptionKind.POSTPONE,
    Outcome.NO_GO: OptionKind.FIX_AND_RETEST,
    Outcome.NOT_ENOUGH_EVIDENCE: OptionKind.POSTPONE,
    Outcome.INVALID: OptionKind.FIX_AND_RETEST,
}
WORDS_OF_A_QUOTE = 25


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: “1 veto”, “2 vetoes”."""
    return f"{number:,} {one if number == 1 else many}"


def sentence(text: str) -> str:
    """The text as a sentence: it begins with a capital and ends with a stop."""
    ended = text if text.endswith((".", "”", "!", "?")) else f"{text}."
    return ended[:1].upper() + ended[1:]


def in_words(text: str) -> str:
    """A sentence of the verdict with the metric it begins with named as on a page."""
    name, colon, rest = text.partition(":")
    return f"{Metric(name).title}:{rest}" if colon and name in set(Metric) else text


def on(day: date) -> str:
    """A day as people write it: 3 November 2026."""
    return f"{day.day} {day:%B %Y}"


def at(moment: datetime) -> str:
    """A moment in UTC: 3 November 2026, 14:05 UTC."""
    return f"{on(moment.date())}, {moment:%H:%M} UTC"


def shortened(text: str, words: int = WORDS_OF_A_QUOTE) -> str:
    """The first words of a longer text, an ellipsis where something is left out, quotes closed."""
    parts = text.split()
    if len(parts) <= words:
        return " ".join(parts)
    kept = f"{' '.join(parts[:words])} …"
    return f"{kept}”" if kept.count("“") > kept.count("”") else kept


def share_of_failures(result: CriterionResult) -> float:
    """How far a result is on the wrong side of its threshold; positive is wrong."""
    if result.observed is None:
        return 0.0
    gap = result.threshold - result.observed
    return -gap if result.direction is Direction.AT_MOST else gap


def is_fine(result: CriterionResult) -> bool:
    """Whether what was observed lies on the good side of its limit; nothing observed is not."""
    return result.observed is not None and share_of_failures(result) <= 0


def side(result: CriterionResult, value: float) -> str:
    """A limit with its side: “at most 5 %”."""
    which = "at most" if result.direction is Direction.AT_MOST else "at least"
    return f"{which} {figure(result.metric, value)}"


def interval(result: CriterionResult) -> str:
    """The 95 % interval in words: “19 % to 36 %”; empty where there is none."""
    if result.interval is None:
        return ""
    low, high = (figure(result.metric, bound) for bound in result.interval)
    return f"{low} to {high}"


def key_figure(result: CriterionResult) -> Figure:
    """One figure of page one."""
    known = result.observed is not None and result.interval is not None
    return Figure(
        name=result.metric.title,
        value=figure(result.metric, result.observed or 0.0) if known else "no answers yet",
        interval=interval(result) if known else "",
        n=result.answers,
        limit=side(result, result.threshold),
        fine=is_fine(result),
    )
