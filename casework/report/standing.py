"""Where the criteria and the gates stand, and what would change the verdict."""

from casework.criteria import figure
from casework.gates import GateName
from casework.report import charts
from casework.report.blocks import Block, Paragraph, Section, Table
from casework.report.material import Material
from casework.report.words import at, in_words, interval, sentence, side
from casework.verdict import CriterionResult, Crossed

CROSSINGS = {Crossed.up: "shown", Crossed.down: "failed", Crossed.none: "not decided"}
USUAL_CHANGE = "A new build, or answers that move a criterion across its boundary."
OVER_ALL = (
    "Values concerns are counted over everything this study heard, all builds and meetings, until "
    "a person has reviewed them; the share of the upset among the criteria is of this build alone."
)
NOTHING_RAISED = "Nothing to review."


def criteria(material: Material) -> Section:
    """Every criterion with its limit and where it stands, and the way it has come."""
    results = (*material.verdict.criteria, *material.verdict.guardrails)
    blocks: list[Block] = [Paragraph(text=sentence(material.verdict.scope))]
    if results:
        chart = charts.criteria(material.verdict.criteria)
        blocks = [chart.model_copy(update={"table": criteria_table(results)})]
        blocks += [charts.course(course) for course in material.courses]
    return Section(title="Launch criteria", blocks=tuple(blocks))


def criteria_table(results: tuple[CriterionResult, ...]) -> Table:
    """Each criterion with its limit, floor, figure, interval, answers and where it stands."""
    return Table(
        caption="Every criterion as registered, and where it stands",
        header=("Criterion", "Limit", "Floor", "Observed", "95 % interval", "Answers", "Stands"),
        rows=tuple(_row(result) for result in results),
    )


def _row(result: CriterionResult) -> tuple[str, ...]:
    return (
        f"{result.metric.title}, {result.segment.value}",
        side(result, result.threshold),
        "–" if result.floor is None else side(result, result.floor),
        "–" if result.observed is None else figure(result.metric, result.observed),
        interval(result) or "–",
        f"{result.answers} of {result.planned}",
        CROSSINGS[result.crossed],
    )


def what_would_change(material: Material) -> Section:
    """The reasons and conditions in full, and what would lead to another outcome."""
    verdict = material.verdict
    lines = [
        *(reason.text for reason in verdict.reasons),
        *(f"Condition: {in_words(condition)}" for condition in verdict.conditions),
        f"What would change it: {verdict.advice or USUAL_CHANGE}",
    ]
    return Section(
        title="Why, and what would change it",
        blocks=tuple(Paragraph(text=sentence(in_words(line))) for line in lines),
    )


def gates(material: Material) -> Section:
    """What a person has to look at or has looked at; nothing where nothing was raised."""
    lines = [
        f"{gate.name.capitalize()}: {'clear' if gate.clear else 'open'}. {gate.detail}"
        for gate in material.verdict.gates
        if gate.detail != NOTHING_RAISED
    ]
    if any(gate.name == GateName.VALUES and not gate.clear for gate in material.verdict.gates):
        lines.append(OVER_ALL)
    for review in material.reviews:
        change = f" Change: {review.change}" if review.change else ""
        who = f"{at(review.reviewed_at)}: {review.reviewer} reviewed {review.gate.value}."
        lines.append(f"{who} {review.reason}{change}")
    return Section(title="Gates and reviews", blocks=tuple(Paragraph(text=line) for line in lines))
