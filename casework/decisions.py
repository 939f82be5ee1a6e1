"""What people decided, who answers for it, and whether it went as they foretold.

A decision may differ from the verdict; then it carries a reason. Nothing here is edited: a later
record replaces an earlier one, and both stay.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from pydantic import Field, model_validator

from casework.criteria import Profile, digest
from casework.errors import Invalid
from casework.record import Line, Moment, Prose, Record
from casework.risks import Risk
from casework.verdict import Outcome
from casework.verdict.kept import require_intact

DAYS_TO_JUDGE = 7
"""Days after the launch at which it is known how it went. Source: the usual T+7 review."""


class Decision(StrEnum):
    """What can be decided about a build."""

    SHIP = "ship"
    STAGE = "stage"
    FIX_AND_RETEST = "fix_and_retest"
    POSTPONE = "postpone"
    STOP = "stop"

    @property
    def label(self) -> str:
        """As shown to people."""
        return _LABELS[self]

    @property
    def launches(self) -> bool:
        """Whether players get the build."""
        return self in (Decision.SHIP, Decision.STAGE)


_LABELS = {
    Decision.SHIP: "Ship to everybody",
    Decision.STAGE: "Stage the release",
    Decision.FIX_AND_RETEST: "Fix and test again",
    Decision.POSTPONE: "Postpone",
    Decision.STOP: "Stop the project",
}

_FOLLOWS: Mapping[Outcome, frozenset[Decision]] = MappingProxyType(
    {
        Outcome.GO: frozenset({Decision.SHIP, Decision.STAGE}),
        Outcome.GO_WITH_CONDITIONS: frozenset({Decision.STAGE}),
        Outcome.HOLD: frozenset({Decision.POSTPONE, Decision.FIX_AND_RETEST}),
        Outcome.NO_GO: frozenset({Decision.FIX_AND_RETEST, Decision.POSTPONE, Decision.STOP}),
        Outcome.NOT_ENOUGH_EVIDENCE: frozenset({Decision.POSTPONE, Decision.FIX_AND_RETEST}),
        Outcome.INVALID: frozenset({Decision.POSTPONE, Decision.FIX_AND_RETEST}),
    }
)
"""What follows from each outcome; anything else is decided against it, or beyond it."""


def follows(decision: Decision, outcome: Outcome, profile: Profile | None) -> bool:
    """Whether a decision keeps to the verdict; a staged study's GO is no GO for everybody."""
    if decision is Decision.SHIP and profile is Profile.staged:
        return False
    return decision in _FOLLOWS[outcome]


class Intent(Record):
    """A decision as somebody enters it.

    `halt_trigger` says what would halt or roll back the release; `recheck_on` is the day to look
    again; `forecast` the stated chance in [0, 1] that the launch goes well.
    """

    decision: Decision
    reason: Prose = ""
    decider: Line
    risk_acceptor: Line | None = None
    halt_trigger: Prose = ""
    recheck_on: date
    forecast: float | None = Field(default=None, ge=0.0, le=1.0)
    risks: tuple[Risk, ...] = ()

    @model_validator(mode="after")
    def _launches_with_care(self) -> Self:
        if not self.decision.launches:
            return self
        missing = {
            "Say what would halt the release or roll it back.": not self.halt_trigger,
            "Name who accepts the risk of the release.": self.risk_acceptor is None,
            "Say how likely you think it is that the launch goes well.": self.forecast is None,
        }
        for message, lacks in missing.items():
            if lacks:
                raise ValueError(message)
        return self


class DecisionRecord(Intent):
    """A decision as it was recorded, with the verdict it was taken on.

    `differs` means it does not follow from that verdict; then `reason` says why. `verdict_text` is
    that verdict's canonical JSON; `digest` the SHA-256 of all the rest. Both are empty in records
    from before they were kept.
    """

    build: Line
    outcome: Outcome
    verdict_digest: str
    differs: bool
    decided_at: Moment
    verdict_text: str = ""
    digest: str = ""


def recorded(
    intent: Intent,
    *,
    build: str,
    outcome: Outcome,
    verdict_digest: str,
    verdict_text: str = "",
    profile: Profile | None,
    now: Moment,
) -> DecisionRecord:
    """The decision with the verdict of that moment, sealed by its digest.

    Raises:
        Invalid: it differs from the verdict without a reason, or is to be re-checked in the past.
    """
    differs = not follows(intent.decision, outcome, profile)
    if differs and not intent.reason:
        raise Invalid(
            f"“{intent.decision.label}” differs from the verdict, {outcome.value}: give the reason."
        )
    if intent.recheck_on < now.date():
        raise Invalid("The day to look again has passed; choose one to come.")
    record = DecisionRecord(
        **intent.model_dump(),
        build=build,
        outcome=outcome,
        verdict_digest=verdict_digest,
        verdict_text=verdict_text,
        differs=differs,
        decided_at=now,
    )
    return record.model_copy(update={"digest": seal(record)})


def seal(record: DecisionRecord) -> str:
    """The SHA-256 of a decision: of its JSON with sorted keys, without the digest itself."""
    facts = record.model_dump(mode="json", exclude={"digest"})
    return digest(json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def changes_afterwards(record: DecisionRecord) -> tuple[str, ...]:
    """What is not as it was recorded, in sentences; empty where all digests hold."""
    found = []
    if record.digest and record.digest != seal(record):
        found.append("This decision was changed after it was recorded: its digest does not match.")
    if record.verdict_text:
        try:
            require_intact(record.verdict_text, record.verdict_digest)
        except Invalid as fault:
            found.append(str(fault))
    return tuple(found)


class SignOff(Record):
    """A named person stands behind a decision, in their role."""

    name: Line
    role: Line
    at: Moment


def signed(
    record: DecisionRecord, before: Sequence[SignOff], name: str, role: str, now: Moment
) -> SignOff:
    """A reviewer's sign-off. Raises: Invalid for the decider's own, or a second one."""
    wanted = SignOff(name=name, role=role, at=now)
    if _same(wanted.name, record.decider):
        raise Invalid("Whoever decided cannot sign off their own decision; ask somebody else.")
    if any(_same(wanted.name, one.name) for one in before):
        raise Invalid(f"{wanted.name} has signed off already.")
    return wanted


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


class LaunchResult(Record):
    """How the launch went, entered seven days after it."""

    went_well: bool
    what_happened: Prose
    entered_by: Line
    at: Moment


def judged_from(record: DecisionRecord, release_on: date) -> date:
    """The first day on which it can be said how the launch went."""
    return max(record.decided_at.date(), release_on) + timedelta(days=DAYS_TO_JUDGE)


def require_result(record: DecisionRecord, result: LaunchResult, release_on: date) -> None:
    """Stop unless this result can be entered for this decision.

    Raises:
        Invalid: nothing was launched, it is too early, or it is not said what happened.
    """
    if not record.decision.launches:
        raise Invalid("Nothing was launched by this decision, so there is no launch to judge.")
    if result.at.date() < (due := judged_from(record, release_on)):
        raise Invalid(
            f"A launch is judged {DAYS_TO_JUDGE} days after the release, from {due:%Y-%m-%d} on. "
            "If it was released earlier, change the release date of the study first."
        )
    if not result.what_happened:
        raise Invalid("Say in a sentence what happened.")


class Decided(Record):
    """One decision with everything that came after it; `in_force` unless a later one replaced it.

    `results` may hold several: the last one counts.
    """

    record: DecisionRecord
    sign_offs: tuple[SignOff, ...] = ()
    results: tuple[LaunchResult, ...] = ()
    in_force: bool = True

    @property
    def result(self) -> LaunchResult | None:
        """How the launch went, as last entered."""
        return next(reversed(self.results), None)


def in_force(decisions: Sequence[Decided]) -> Decided | None:
    """The decision on one build that no later one has replaced."""
    return next((one for one in reversed(decisions) if one.in_force), None)
