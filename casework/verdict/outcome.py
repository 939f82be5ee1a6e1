"""What a verdict says, and the record of it that anybody can check."""

import json
from enum import StrEnum

from casework.criteria import Direction, Metric, Segment
from casework.record import Moment, Record


class Outcome(StrEnum):
    """The six answers to "may we launch?"."""

    GO = "GO"
    GO_WITH_CONDITIONS = "GO WITH CONDITIONS"
    HOLD = "HOLD"
    NO_GO = "NO-GO"
    NOT_ENOUGH_EVIDENCE = "NOT ENOUGH EVIDENCE"
    INVALID = "INVALID"

    @property
    def exit_code(self) -> int:
        """The exit status of a command that prints this outcome."""
        return _EXIT_CODES[self]


_EXIT_CODES = {
    Outcome.GO: 0,
    Outcome.GO_WITH_CONDITIONS: 10,
    Outcome.HOLD: 15,
    Outcome.NO_GO: 20,
    Outcome.NOT_ENOUGH_EVIDENCE: 30,
    Outcome.INVALID: 40,
}


class Crossed(StrEnum):
    """Which boundary a criterion has crossed; down outweighs an earlier up."""

    up = "up"
    down = "down"
    none = "none"


class Gate(Record):
    """Something a person must clear before any GO.

    `name` is "values" or "critical"; `detail` is the sentence to print while it is open: "Do not
    launch until NAME has reviewed: QUOTE."
    """

    name: str
    clear: bool
    detail: str


class CriterionResult(Record):
    """Where one criterion stands.

    `answers` counted participants have a value, `missing` have none; `interval` is the 95 % one;
    `spread` is σ̂ of the means rule (none for shares); `weighted` is the figure weighted to the
    customer base, `confirmed` whether it crosses upward with the weights too (none where that
    cannot be asked); `crossed_up_at` and `crossed_down_at` are answer numbers among those with a
    value.
    """

    metric: Metric
    direction: Direction
    threshold: float
    floor: float | None
    segment: Segment
    answers: int
    missing: int
    planned: int
    observed: float | None
    interval: tuple[float, float] | None
    spread: float | None
    weighted: float | None
    confirmed: bool | None
    crossed: Crossed
    floor_crossed: bool
    crossed_up_at: int | None
    crossed_down_at: int | None


class Reason(Record):
    """One sentence that explains the outcome; it begins with the metric's name."""

    metric: Metric
    segment: Segment
    text: str


class BaseCheck(Record):
    """How far the counted testers had to be weighted to look like the registered customer base.

    `effective` is how many equally weighted testers they are worth, `design_effect` how many of
    them stand for one such; `dropped` names the parts of the base without any answer.
    """

    answers: int
    effective: float
    design_effect: float
    trimmed: int
    dropped: tuple[str, ...]
    dropped_share: float


class Verdict(Record):
    """The outcome for one build, with everything needed to explain and check it.

    `base` is missing where no customer base was registered or nobody has answered.
    `guardrails` are the same criteria watched among loyal testers; they can only stop a launch.
    `answers_needed` is missing where no number of further answers is expected to help, or none
    is known. `digest` is the SHA-256 of `as_json` without the digest itself.
    """

    study: str
    build: str
    outcome: Outcome
    scope: str
    reasons: tuple[Reason, ...] = ()
    conditions: tuple[str, ...] = ()
    answers: int
    answers_needed: int | None = None
    advice: str = ""
    criteria: tuple[CriterionResult, ...] = ()
    guardrails: tuple[CriterionResult, ...] = ()
    gates: tuple[Gate, ...] = ()
    warnings: tuple[str, ...] = ()
    base: BaseCheck | None = None
    registered_version: int | None = None
    registered_digest: str | None = None
    registered_at: Moment | None = None
    digest: str = ""


class _CriterionExport(Record):
    metric: Metric
    direction: Direction
    threshold: float
    floor: float | None
    segment: Segment
    answers: int
    observed: float | None
    interval: tuple[float, float] | None
    crossed: Crossed


class _RegisteredExport(Record):
    version: int | None
    digest: str | None
    at: Moment | None


class Export(Record):
    """The verdict as machines read it: exactly these keys."""

    study: str
    build: str
    outcome: Outcome
    scope: str
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]
    answers: int
    answers_needed: int | None
    criteria: tuple[_CriterionExport, ...]
    gates: tuple[Gate, ...]
    registered: _RegisteredExport
    digest: str


def as_export(verdict: Verdict) -> Export:
    """The verdict with the keys that commands and the API promise."""
    return Export(
        study=verdict.study,
        build=verdict.build,
        outcome=verdict.outcome,
        scope=verdict.scope,
        reasons=tuple(reason.text for reason in verdict.reasons),
        conditions=verdict.conditions,
        answers=verdict.answers,
        answers_needed=verdict.answers_needed,
        criteria=tuple(_exported(result) for result in verdict.criteria),
        gates=verdict.gates,
        registered=_RegisteredExport(
            version=verdict.registered_version,
            digest=verdict.registered_digest,
            at=verdict.registered_at,
        ),
        digest=verdict.digest,
    )


def _exported(result: CriterionResult) -> _CriterionExport:
    return _CriterionExport.model_validate(
        result.model_dump(include=set(_CriterionExport.model_fields))
    )


def as_json(verdict: Verdict) -> str:
    """The verdict in its one canonical spelling: sorted keys, no spaces, no time of printing."""
    return _canonical(as_export(verdict), exclude=set())


def undigested(verdict: Verdict) -> str:
    """The text whose SHA-256 is the verdict's digest: `as_json` without the key `digest`."""
    return _canonical(as_export(verdict), exclude={"digest"})


def _canonical(export: Export, *, exclude: set[str]) -> str:
    return json.dumps(
        export.model_dump(mode="json", exclude=exclude),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
