"""What was decided, by whom and how it went, as a section of the launch summary."""

from collections.abc import Sequence

from casework.criteria import percent
from casework.decisions import Decided, DecisionRecord, LaunchResult, changes_afterwards, in_force
from casework.forecasts import COIN, Brier
from casework.report.blocks import Block, Paragraph, Section, Table
from casework.report.then_and_now import sentence_of, table_of
from casework.report.words import at, on
from casework.verdict import Verdict
from casework.verdict.kept import require_intact

TITLE = "The decision"
NONE_YET = "No decision has been recorded yet."


def decision_section(
    decisions: Sequence[Decided], score: Brier | None = None, verdict: Verdict | None = None
) -> Section:
    """The decision in force with its sign-offs and outcome, and every one it replaced.

    `decisions` are those on one build, oldest first; `score` is that of all past forecasts;
    `verdict` the one of now, to be set beside the one decided on.
    """
    current = in_force(decisions)
    blocks: list[Block] = [Paragraph(text=NONE_YET)]
    if current is not None:
        record = current.record
        blocks = [*_in_force(record), *_sign_offs(current), *_since(record, verdict)]
        blocks += _outcome(current)
    blocks = [*(Paragraph(text=line) for line in _changes(decisions)), *blocks]
    if len(decisions) > 1:
        blocks.append(_history(decisions))
    if score is not None:
        blocks.append(Paragraph(text=_score(score)))
    return Section(title=TITLE, blocks=tuple(blocks))


def _changes(decisions: Sequence[Decided]) -> list[str]:
    """What is not as it was recorded, of any decision: it comes before everything else."""
    return [
        f"Warning, the decision of {at(one.record.decided_at)}: {fault}"
        for one in decisions
        for fault in changes_afterwards(one.record)
    ]


def _in_force(record: DecisionRecord) -> list[Block]:
    lines = [
        f"{record.decision.label}: decided by {record.decider} on {at(record.decided_at)} for "
        f"build {record.build}, when the verdict was {record.outcome.value}."
    ]
    if record.differs:
        lines.append(f"This differs from the verdict. Reason given: {record.reason}")
    elif record.reason:
        lines.append(f"Reason given: {record.reason}")
    if record.risk_acceptor:
        lines.append(f"{record.risk_acceptor} accepts the risk.")
    if record.halt_trigger:
        lines.append(f"Halt the release or roll it back when: {record.halt_trigger}")
    lines.append(f"To be looked at again on {on(record.recheck_on)}.")
    if record.forecast is not None:
        chance = percent(record.forecast)
        lines.append(f"Stated chance that the launch goes well: {chance}.")
    lines.append(f"Digest of the verdict decided on: {record.verdict_digest}.")
    return [Paragraph(text=line) for line in lines]


def _since(record: DecisionRecord, verdict: Verdict | None) -> list[Block]:
    """What has changed since the verdict decided on; nothing where that was not kept."""
    if verdict is None or not record.verdict_text or changes_afterwards(record):
        return []
    kept = require_intact(record.verdict_text, record.verdict_digest)
    told = sentence_of(kept, verdict)
    return [Paragraph(text=told), table_of(kept, verdict)] if told else []


def _sign_offs(decided: Decided) -> list[Block]:
    if not decided.sign_offs:
        return [Paragraph(text="Nobody has signed off yet.")]
    rows = tuple((one.name, one.role, at(one.at)) for one in decided.sign_offs)
    return [Table(caption="Signed off by", header=("Name", "Role", "When"), rows=rows)]


def _outcome(decided: Decided) -> list[Block]:
    return [
        Paragraph(text=f"{'Corrected: ' if place else ''}{_went(one)}")
        for place, one in enumerate(decided.results)
    ]


def _went(result: LaunchResult) -> str:
    how = "The launch went well" if result.went_well else "The launch did not go well"
    return f"{how}, entered by {result.entered_by} on {at(result.at)}: {result.what_happened}"


def _history(decisions: Sequence[Decided]) -> Table:
    rows = tuple(
        (
            at(one.record.decided_at),
            one.record.build,
            one.record.decision.label,
            one.record.outcome.value,
            one.record.decider,
            "in force" if one.in_force else "replaced",
        )
        for one in decisions
    )
    return Table(
        caption="Every decision; none is edited, a later one replaces it",
        header=("When", "Build", "Decision", "Verdict then", "By", "State"),
        rows=rows,
    )


def _score(score: Brier) -> str:
    launches = "1 judged launch" if score.n == 1 else f"{score.n:,} judged launches"
    return (
        f"Forecasts so far: a Brier score of {score.score:.2f} over {launches}; 0 is perfect, "
        f"{COIN:.2f} is what always saying fifty-fifty scores."
    )
