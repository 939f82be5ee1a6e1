"""A kept verdict beside the one of now: "Upset or offended 22 % → 25 %; outcome unchanged"."""

from casework.criteria import Metric, Segment, figure
from casework.report.blocks import Table
from casework.verdict import Export, Verdict
from casework.verdict.since import Moved

NOBODY = "–"


def moves(kept: Export, verdict: Verdict) -> tuple[Moved, ...]:
    """How each criterion of now stood in the kept verdict, in the order of now."""
    earlier = {(one.metric, one.segment): one for one in kept.criteria}
    found = []
    for result in verdict.criteria:
        before = earlier.get((result.metric, result.segment))
        found.append(
            Moved(
                metric=result.metric,
                segment=result.segment,
                answers_then=before.answers if before else 0,
                answers_now=result.answers,
                then=before.observed if before else None,
                now=result.observed,
            )
        )
    return tuple(found)


def sentence_of(kept: Export, verdict: Verdict) -> str:
    """What has changed since, in a sentence; empty where the verdicts are one."""
    if kept.digest == verdict.digest:
        return ""
    changed = [
        f"{_name(one)} {_shown(one.metric, one.then)} → {_shown(one.metric, one.now)}"
        for one in moves(kept, verdict)
        if one.then != one.now
    ]
    same = kept.outcome is verdict.outcome
    outcome = (
        f"the outcome is unchanged, {verdict.outcome.value}"
        if same
        else f"the outcome {kept.outcome.value} → {verdict.outcome.value}"
    )
    return f"Since then: {'; '.join([*changed, outcome])}."


def table_of(kept: Export, verdict: Verdict) -> Table:
    """Every criterion then and now, with the answers behind it."""
    return Table(
        caption="The verdict decided on, beside the verdict of now",
        header=("Criterion", "Then", "Answers then", "Now", "Answers now"),
        rows=tuple(
            (
                _name(one),
                _shown(one.metric, one.then),
                f"{one.answers_then:,}",
                _shown(one.metric, one.now),
                f"{one.answers_now:,}",
            )
            for one in moves(kept, verdict)
        ),
    )


def _name(one: Moved) -> str:
    among = ", loyal" if one.segment is Segment.loyal else ""
    return f"{one.metric.title}{among}"


def _shown(metric: Metric, value: float | None) -> str:
    return NOBODY if value is None else figure(metric, value)
