"""The tables of a bundle: each has its header as the first row, in the words of the record."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from casework.criteria import LaunchCriteria, Metric
from casework.decisions import Decided
from casework.report.material import Material
from casework.verdict import CriterionResult, Evidence, sample_of

Cell = str | int | float | bool | None
Rows = list[Sequence[Cell]]


def of(material: Material) -> dict[str, Rows]:
    """Every table but that of the answers, by the name of its file."""
    return {
        "criteria": _criteria(material),
        "results": _results(material),
        "themes": _themes(material),
        "verbatims": _verbatims(material),
        "funnel": _funnel(material),
        "gates": _gates(material),
        "decisions": _decisions(material),
        "sign_offs": _sign_offs(material),
        "issues": _issues(material),
    }


def answers(criteria: LaunchCriteria | None, evidence: Evidence, ids: NDArray[np.int64]) -> Rows:
    """The counted answers in order of receipt: each metric's value, and the criteria it entered.

    `ids` are the answers' numbers, the first as many as count.
    """
    n = ids.size
    entered = _entered(criteria, evidence, n)
    names = [metric.value for metric in Metric if metric in evidence.values]
    columns = [evidence.values[Metric(name)][:n].tolist() for name in names]
    attributes = {name: column[:n].tolist() for name, column in evidence.attributes.items()}
    header = ("place", "answer", "loyal", *attributes, *names, "entered")
    lines = zip(
        range(1, n + 1),
        ids.tolist(),
        evidence.loyal[:n].tolist(),
        *attributes.values(),
        *([None if math.isnan(value) else value for value in column] for column in columns),
        entered,
        strict=True,
    )
    return [header, *lines]


def _entered(criteria: LaunchCriteria | None, evidence: Evidence, n: int) -> list[str]:
    """For each counted answer the registered criteria whose figure it is part of."""
    found: list[list[str]] = [[] for _ in range(n)]
    for criterion in criteria.criteria if criteria else ():
        for row in sample_of(criteria, criterion, evidence).rows if criteria else ():
            found[int(row)].append(f"{criterion.metric.value}/{criterion.segment.value}")
    return [" ".join(names) for names in found]


def _criteria(material: Material) -> Rows:
    header = ("metric", "segment", "threshold", "floor", "answers", "version", "digest")
    verdict, plan = material.verdict, material.criteria
    found = plan.criteria if plan else ()
    sealed = verdict.registered_version, verdict.registered_digest
    return [
        header,
        *(
            (c.metric.value, c.segment.value, c.threshold, c.floor, c.answers, *sealed)
            for c in found
        ),
    ]


def _results(material: Material) -> Rows:
    header = (
        *("kind", "metric", "segment", "direction", "threshold", "answers", "missing", "planned"),
        *("observed", "low", "high", "weighted", "crossed", "crossed_up_at", "crossed_down_at"),
    )
    verdict = material.verdict
    return [
        header,
        *(_result("criterion", result) for result in verdict.criteria),
        *(_result("guardrail", result) for result in verdict.guardrails),
    ]


def _result(kind: str, one: CriterionResult) -> Sequence[Cell]:
    low, high = one.interval or (None, None)
    return (
        *(kind, one.metric.value, one.segment.value, one.direction.value, one.threshold),
        *(one.answers, one.missing, one.planned, one.observed, low, high, one.weighted),
        *(one.crossed.value, one.crossed_up_at, one.crossed_down_at),
    )


def _themes(material: Material) -> Rows:
    header = ("theme", "is_values", "texts", "of", "mean_tone", "loyal", "of_loyal")
    found = material.voices.themes if material.voices else ()
    return [
        header,
        *(
            (
                *(one.name, one.is_values, one.share.count, one.share.n, one.tone.polarity),
                *(one.loyal.count, one.loyal.n),
            )
            for one in found
        ),
    ]


def _verbatims(material: Material) -> Rows:
    header = ("answer", "segment", "loyal", "offended", "polarity", "text")
    return [
        header,
        *(
            (one.answer_id, one.segment, one.loyal, one.offended, one.polarity, one.text)
            for one in material.verbatims
        ),
    ]


def _funnel(material: Material) -> Rows:
    header = ("activity", "kind", "step", "reached", "of", "waiting", "lost")
    return [
        header,
        *(
            (
                funnel.name,
                funnel.kind.value,
                one.step.value,
                one.reached,
                one.of,
                one.waiting,
                one.lost,
            )
            for funnel in material.funnels
            for one in funnel.steps
        ),
    ]


def _gates(material: Material) -> Rows:
    header = ("gate", "what", "by", "at", "text", "change")
    states = [
        (gate.name, "clear" if gate.clear else "open", None, None, gate.detail, None)
        for gate in material.verdict.gates
    ]
    reviews = [
        (
            one.gate.value,
            "review",
            one.reviewer,
            one.reviewed_at.isoformat(),
            one.reason,
            one.change,
        )
        for one in material.reviews
    ]
    return [header, *states, *reviews]


def _decisions(material: Material) -> Rows:
    header = (
        *("decided_at", "build", "decision", "outcome", "differs", "reason", "decider"),
        *("risk_acceptor", "halt_trigger", "recheck_on", "forecast", "in_force", "went_well"),
        *("what_happened", "verdict_digest", "digest"),
    )
    return [header, *(_decision(one) for one in material.decisions)]


def _decision(one: Decided) -> Sequence[Cell]:
    record, result = one.record, one.result
    return (
        *(record.decided_at.isoformat(), record.build, record.decision.value),
        *(record.outcome.value, record.differs, record.reason, record.decider),
        *(record.risk_acceptor, record.halt_trigger, record.recheck_on.isoformat()),
        *(record.forecast, one.in_force, result.went_well if result else None),
        result.what_happened if result else None,
        *(record.verdict_digest, record.digest),
    )


def _sign_offs(material: Material) -> Rows:
    header = ("decided_at", "name", "role", "at")
    return [
        header,
        *(
            (one.record.decided_at.isoformat(), signed.name, signed.role, signed.at.isoformat())
            for one in material.decisions
            for signed in one.sign_offs
        ),
    ]


def _issues(material: Material) -> Rows:
    header = ("severity", "kind", "answer")
    return [
        header,
        *(
            (
                one.severity.value if one.severity else None,
                one.kind.value if one.kind else None,
                answer,
            )
            for one in material.issues
            for answer in one.answers
        ),
    ]
