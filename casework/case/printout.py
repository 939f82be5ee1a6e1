"""The whole exercise as one Markdown document, to print or to keep."""

from collections.abc import Iterable, Mapping, Sequence

from casework.case.checks import Check
from casework.case.exercise import Exercise, PlannedActivity, Prediction, Recommendation
from casework.case.story import Fact, fact
from casework.case.suggestions import Comparison, ShareCompared, SuggestionSeen
from casework.text import escape_markdown

_BLANK = "(left blank)"


def as_markdown(
    exercise: Exercise,
    *,
    student: str = "",
    answers: Mapping[int, str] | None = None,
    checks: Sequence[Check] = (),
    comparison: Comparison | None = None,
    reflection: str = "",
) -> str:
    """The exercise as it stands, with the student's and the customers' words shown as text.

    `answers` holds the words of cited answers by id. `comparison` gives the suggested answers away,
    so it comes only with work that is handed in.
    """
    sections = [
        _title(exercise, student),
        _facts(exercise.facts),
        *(_activity(number, each) for number, each in enumerate(exercise.activities, start=1)),
        _prediction(exercise.prediction),
        _recommendation(exercise.recommendation, answers or {}),
        _checks(checks),
        _comparison(comparison),
        f"## What I take from it\n\n{_quote(reflection)}" if reflection else "",
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _title(exercise: Exercise, student: str) -> str:
    by = f" by {_line(student)}" if student else ""
    state = "Handed in." if exercise.submitted else "A draft, not handed in yet."
    return f"# The BoomerGames case: my advice to Nate\n\nWork{by}. {state}"


def _facts(keys: Iterable[str]) -> str:
    picked = _fact_list(keys)
    return f"## Facts I picked\n\n{picked}" if picked else ""


def _fact_list(keys: Iterable[str]) -> str:
    known = [found for key in keys if (found := fact(key))]
    return "\n".join(f"- {_fact_line(each)}" for each in known)


def _fact_line(each: Fact) -> str:
    return f"**{each.key} {each.title}**: {each.text}"


def _activity(number: int, activity: PlannedActivity) -> str:
    who = f"{_line(activity.who)} ({activity.how_many:,})"
    answers = ", ".join(activity.facts) or _BLANK
    return "\n\n".join(
        [
            f"## Activity {number}: {_line(activity.name)}",
            f"**Who and how many:** {who}",
            f"**When:** {when(activity.weeks_before_release)}",
            f"**The question it answers:**\n\n{_quote(activity.learns)}",
            f"**Facts it answers:** {answers}",
            f"**Why these facts:**\n\n{_quote(activity.because)}",
            f"**Rule for the launch:**\n\n{_quote(activity.rule)}",
        ]
    )


def when(weeks: float) -> str:
    """The time of an activity, told from the release; negative weeks lie after it."""
    if weeks == 0:
        return "on the day of the release"
    unit = "week" if abs(weeks) == 1 else "weeks"
    return f"{abs(weeks):g} {unit} {'before' if weeks > 0 else 'after'} the release"


def _prediction(prediction: Prediction | None) -> str:
    if prediction is None:
        return ""
    return (
        "## What I expected of Santa Run\n\n"
        f"- Offended by something: {percent(prediction.share_offended)}\n"
        f"- Satisfied: {percent(prediction.share_satisfied)}\n"
        f"- Verdict: {prediction.outcome.value if prediction.outcome else _BLANK}"
    )


def _recommendation(recommendation: Recommendation | None, answers: Mapping[int, str]) -> str:
    if recommendation is None:
        return ""
    cited = [f"Answer {each}:\n\n{_quote(answers.get(each, ''))}" for each in recommendation.cited]
    return "\n\n".join(
        [
            f"## My recommendation: {_decision(recommendation)}",
            f"**Why:**\n\n{_quote(recommendation.reason)}",
            f"**What should change in the game:**\n\n{_quote(recommendation.change)}",
            f"**Answers it rests on:** {len(cited) or _BLANK}",
            *cited,
        ]
    )


def _decision(recommendation: Recommendation) -> str:
    return recommendation.decision.label if recommendation.decision else _BLANK


def _checks(checks: Sequence[Check]) -> str:
    if not checks:
        return ""
    lines = [f"- {'Done' if each.passed else 'To do'}: {_line(each.text)}" for each in checks]
    return "## Checks (not a grade)\n\n" + "\n".join(lines)


def _comparison(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    rows = [_share_row(each) for each in comparison.shares]
    guess = comparison.guess.value if comparison.guess else _BLANK
    table = [
        "| | I expected | The study found | Difference |",
        "|---|---|---|---|",
        *rows,
        f"| Verdict | {guess} | {_line(comparison.outcome)} | {_agreement(comparison)} |",
    ]
    ideas = [f"- Your own idea: {_line(each)}" for each in comparison.own_ideas]
    suggested = [_suggestion_line(each) for each in comparison.suggestions]
    return "\n\n".join(
        [
            "## Beside the suggested answers",
            "\n".join([*suggested, *ideas]),
            comparison.note,
            "## Beside the Santa Run study",
            "\n".join(table),
        ]
    )


def _suggestion_line(seen: SuggestionSeen) -> str:
    also = "you planned it too" if seen.planned else "not in your plan"
    facts = ", ".join(seen.suggestion.facts)
    each = seen.suggestion
    return f"- **{each.method.label}** ({also}): {each.text} {each.why} ({facts})"


def _share_row(share: ShareCompared) -> str:
    cells = [
        share.of.capitalize(),
        percent(share.predicted),
        percent(share.observed, "not known"),
        points(share.points_off),
    ]
    return f"| {' | '.join(cells)} |"


def points(off: int | None) -> str:
    """A difference in percentage points, in words."""
    if off is None:
        return "–"
    return f"{abs(off)} points {'more' if off > 0 else 'fewer'}" if off else "none"


def _agreement(comparison: Comparison) -> str:
    if comparison.guess is None:
        return "–"
    return "none" if comparison.guessed_right else "another verdict"


def percent(share: float | None, unknown: str = _BLANK) -> str:
    """A share in [0, 1] as a whole percentage, or what to say without one."""
    return unknown if share is None else f"{round(100 * share)} %"


def _line(text: str) -> str:
    """Typed text where Markdown wants a single line."""
    return escape_markdown(" ".join(text.split())) or _BLANK


def _quote(text: str) -> str:
    """Typed text as a quotation, its line breaks kept."""
    lines = escape_markdown(text).split("\n") if text.strip() else [_BLANK]
    return "\n".join(f"> {line}".rstrip() for line in lines)
