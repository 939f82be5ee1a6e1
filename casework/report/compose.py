"""Writing the launch summary from its material; the same material always gives the same text."""

from casework.attempts import false_go_over
from casework.criteria import Direction, figure, percent
from casework.report import charts
from casework.report.blocks import Block, Paragraph, Quotation, Section, Summary, Table
from casework.report.decision import decision_section
from casework.report.front import front_page
from casework.report.material import Funnel, Group, Material, Verbatim
from casework.report.response import response
from casework.report.words import at, counted, sentence
from casework.verdict import CriterionResult, Crossed

NO_PROPORTION = (
    "Qualitative: {people} people support no proportion. Even if all of them agreed, more than "
    "half of all players might feel otherwise. Read this for vetoes and ideas."
)
VERBATIMS_SHOWN = 12
ALPHA = 0.05
RULE = (
    "Criteria were registered before the first answer. Each tester counts once, with their first "
    "valid answer; crashes and offence are as testers reported them. The boundaries hold at every "
    "answer, so looking every day spends nothing: a build at its limit gets a false GO in at most "
    "5 % of studies."
)
NO_RULE = (
    "A verdict rests on criteria that were registered before the first answer and are unchanged "
    "since; here there are none."
)
CROSSINGS = {Crossed.up: "shown", Crossed.down: "failed", Crossed.none: "not decided"}


def compose(material: Material) -> Summary:
    """The whole summary: page one, then what an auditor checks in ten minutes."""
    sections = (
        _why(material),
        _criteria(material),
        response(material),
        _gates(material),
        decision_section(material.decisions, material.forecasts),
        *(_group(group) for group in material.groups),
        _verbatims(material),
        *(_funnel(funnel) for funnel in material.funnels),
        _attempts(material),
        _method(material),
    )
    return Summary(
        title=f"{material.study.title}: launch summary",
        front=front_page(material),
        sections=sections,
    )


def _why(material: Material) -> Section:
    verdict = material.verdict
    lines = [
        *(reason.text for reason in verdict.reasons),
        *(f"Condition: {condition}" for condition in verdict.conditions),
        *(f"Warning: {warning}" for warning in verdict.warnings),
    ]
    change = verdict.advice or "A new build, or answers that move a criterion across its boundary."
    return Section(
        title="Why, and what would change it",
        blocks=(
            *(Paragraph(text=sentence(line)) for line in lines),
            Paragraph(text=f"What would change it: {change}"),
        ),
    )


def _criteria(material: Material) -> Section:
    results = (*material.verdict.criteria, *material.verdict.guardrails)
    if not results:
        return Section(
            title="Launch criteria",
            blocks=(Paragraph(text=sentence(material.verdict.scope)),),
        )
    chart = charts.criteria(material.verdict.criteria)
    return Section(title="Launch criteria", blocks=(chart, criteria_table(results)))


def criteria_table(results: tuple[CriterionResult, ...]) -> Table:
    """Each criterion with its limit, floor, figure, interval, answers and where it stands."""
    return Table(
        caption="Every criterion as registered, and where it stands",
        header=("Criterion", "Limit", "Floor", "Observed", "95 % interval", "Answers", "Stands"),
        rows=tuple(_criterion_row(result) for result in results),
    )


def _criterion_row(result: CriterionResult) -> tuple[str, ...]:
    side = "at most" if result.direction is Direction.AT_MOST else "at least"
    floor = "–" if result.floor is None else f"{side} {figure(result.metric, result.floor)}"
    return (
        f"{result.metric.title}, {result.segment.value}",
        f"{side} {figure(result.metric, result.threshold)}",
        floor,
        "–" if result.observed is None else figure(result.metric, result.observed),
        _interval(result),
        f"{result.answers} of {result.planned}",
        CROSSINGS[result.crossed],
    )


def _interval(result: CriterionResult) -> str:
    if result.interval is None:
        return "–"
    low, high = (figure(result.metric, bound) for bound in result.interval)
    return f"{low} to {high}"


def _gates(material: Material) -> Section:
    blocks: list[Block] = []
    for gate in material.verdict.gates:
        state = "clear" if gate.clear else "open"
        blocks.append(Paragraph(text=f"{gate.name.capitalize()}: {state}. {gate.detail}"))
    for review in material.reviews:
        change = f" Change: {review.change}" if review.change else ""
        text = f"{at(review.reviewed_at)}: {review.reviewer} reviewed {review.gate.value}."
        blocks.append(Paragraph(text=f"{text} {review.reason}{change}"))
    return Section(title="Gates and reviews", blocks=tuple(blocks))


def _group(group: Group) -> Section:
    blocks: list[Block] = [Paragraph(text=NO_PROPORTION.format(people=group.people))]
    loyal = sum(veto.loyal for veto in group.vetoes)
    vetoes = counted(len(group.vetoes), "veto", "vetoes")
    remarks = counted(group.remarks, "remark was", "remarks were")
    blocks.append(Paragraph(text=f"{remarks} noted; {vetoes}, {loyal} by loyal customers."))
    blocks += [
        Quotation(text=veto.text, source=f"{veto.segment}, in the meeting")
        for veto in group.vetoes
        if veto.text is not None
    ]
    if group.ideas:
        rows = tuple((idea.title, idea.text, idea.status.value) for idea in group.ideas)
        header = ("Idea", "In their words", "Status")
        blocks.append(Table(caption="The customers' own ideas", header=header, rows=rows))
    if group.ideas_withheld:
        more = counted(group.ideas_withheld, "idea is", "ideas are")
        blocks.append(Paragraph(text=f"{more} not printed: their owners prefer not to be quoted."))
    return Section(title=group.name, blocks=tuple(blocks))


def _verbatims(material: Material) -> Section:
    """Offence first, then the most negative, then the most positive."""
    different = {verbatim.text: verbatim for verbatim in reversed(material.verbatims)}
    ranked = sorted(different.values(), key=_rank)[:VERBATIMS_SHOWN]
    known = counted(len(material.verbatims), "answer", "answers")
    note = f"{known} may be quoted; {len(ranked)} of them here, offence first, each text once."
    quotes = tuple(Quotation(text=one.text, source=one.source) for one in ranked)
    return Section(title="What testers wrote", blocks=(Paragraph(text=note), *quotes))


def _rank(verbatim: Verbatim) -> tuple[bool, float, int]:
    strength = -abs(verbatim.polarity or 0.0)
    return not verbatim.offended, strength, verbatim.answer_id


def _funnel(funnel: Funnel) -> Section:
    return Section(title=f"{funnel.name}: who came", blocks=(charts.funnel(funnel),))


def _attempts(material: Material) -> Section:
    rows = tuple(
        (
            f"{attempt.number} of {attempt.of}",
            attempt.build,
            str(attempt.registration.version),
            at(attempt.registration.at),
            str(attempt.answers),
            attempt.registration.digest[:16],
        )
        for attempt in material.attempts
    )
    if not rows:
        none = Paragraph(text="No criteria were registered yet, so there was no attempt.")
        return Section(title="Attempts and versions", blocks=(none,))
    table = Table(
        caption="Every attempt, with the criteria it was registered under",
        header=("Attempt", "Build", "Version", "Registered", "Received", "Digest begins"),
        rows=rows,
    )
    alpha = material.criteria.alpha if material.criteria else ALPHA
    tried = counted(len(rows), "attempt", "attempts")
    chance = (
        f"Chance of a false GO over {tried}: at most {percent(false_go_over(len(rows), alpha))}."
    )
    return Section(title="Attempts and versions", blocks=(table, Paragraph(text=chance)))


def _method(material: Material) -> Section:
    verdict = material.verdict
    texts = [
        RULE if verdict.criteria else NO_RULE,
        f"Criteria digest: {verdict.registered_digest or 'none'}. "
        f"Verdict digest: {verdict.digest}.",
    ]
    if material.criteria is not None:
        criteria = material.criteria
        texts.append(
            f"Loyalty: {criteria.loyalty_policy} Scorer: {criteria.scorer_version}. "
            f"Answers planned: {criteria.answers}, closing {at(criteria.closes_at)}."
        )
    return Section(title="Method", blocks=tuple(Paragraph(text=text) for text in texts))
