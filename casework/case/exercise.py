"""What a student hands in: the facts picked, two planned activities, a prediction, a decision."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from casework.case.story import fact
from casework.record import Prose, Record


def _known(keys: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [key for key in keys if fact(key) is None]
    if unknown:
        raise ValueError(f"The case has no fact {', '.join(unknown)}. Pick from the list of facts.")
    return tuple(dict.fromkeys(keys))


FactKeys = Annotated[tuple[str, ...], AfterValidator(_known)]
"""Keys of facts a student may cite, each once, in the order picked."""

Share = Annotated[float, Field(ge=0, le=1)]
"""A part of all answers, 0 to 1."""


class Method(StrEnum):
    """A way to learn from customers; the last is the student's own."""

    FOCUS_GROUP = "focus_group"
    BETA = "beta"
    MARKET_RESEARCH = "market_research"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As shown to people."""
        return _METHOD_LABELS[self]


_METHOD_LABELS = {
    Method.FOCUS_GROUP: "Focus group",
    Method.BETA: "Beta",
    Method.MARKET_RESEARCH: "Market research",
    Method.OTHER: "An idea of my own",
}


class PlannedActivity(Record):
    """One activity as planned so far; `checks` tells what is still missing.

    `weeks_before_release` is negative after the release. `learns` is the question it answers,
    `because` why the cited facts call for it, `rule` what its result means for the launch.
    """

    method: Method
    own_name: Annotated[Prose, Field(max_length=200)] = ""
    who: Prose = ""
    how_many: int = Field(default=0, ge=0, le=1_000_000)
    weeks_before_release: float = Field(default=0, ge=-104, le=104, allow_inf_nan=False)
    learns: Prose = ""
    facts: FactKeys = ()
    because: Prose = ""
    rule: Prose = ""

    @property
    def name(self) -> str:
        """What the student calls it: the listed method, or the name of their own idea."""
        if self.method is Method.OTHER:
            return " ".join(self.own_name.split()) or self.method.label
        return self.method.label

    def is_a(self, method: Method) -> bool:
        """Whether it is this listed method, be it only by the name the student gave it."""
        return self.name.casefold() == method.label.casefold()


class Guess(StrEnum):
    """The verdict a student expects; the words are those of the verdict itself."""

    GO = "GO"
    GO_WITH_CONDITIONS = "GO WITH CONDITIONS"
    HOLD = "HOLD"
    NO_GO = "NO-GO"
    NOT_ENOUGH_EVIDENCE = "NOT ENOUGH EVIDENCE"


class Prediction(Record):
    """What the student expects of the Santa Run answers before reading them."""

    share_offended: Share | None = None
    share_satisfied: Share | None = None
    outcome: Guess | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every question of it has an answer."""
        return None not in (self.share_offended, self.share_satisfied, self.outcome)


class Decision(StrEnum):
    """What the student would tell Nate to do with the build."""

    SHIP = "ship"
    STAGE = "stage"
    FIX_AND_RETEST = "fix_and_retest"
    POSTPONE = "postpone"
    STOP = "stop"

    @property
    def label(self) -> str:
        """As shown to people."""
        return _DECISION_LABELS[self]


_DECISION_LABELS = {
    Decision.SHIP: "Ship it as it is",
    Decision.STAGE: "Release it in stages",
    Decision.FIX_AND_RETEST: "Fix it and test again",
    Decision.POSTPONE: "Postpone the release",
    Decision.STOP: "Stop the project",
}


class Recommendation(Record):
    """The decision, why, the ids of the answers it rests on, and what should change in the game."""

    decision: Decision | None = None
    reason: Prose = ""
    cited: tuple[int, ...] = ()
    change: Prose = ""


class Exercise(Record):
    """A student's work on the case, as far as it has come."""

    facts: FactKeys = ()
    activities: Annotated[tuple[PlannedActivity, ...], Field(max_length=2)] = ()
    prediction: Prediction | None = None
    recommendation: Recommendation | None = None
    submitted: bool = False
