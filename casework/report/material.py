"""Everything a launch summary is written from; composing reads nothing else."""

from datetime import date

from casework.attempts import Attempt
from casework.criteria import LaunchCriteria
from casework.decisions import Decided
from casework.forecasts import Brier
from casework.funnel import ActivityKind, StepCount
from casework.gates import GateReview
from casework.meetings import IdeaStatus
from casework.options import LaunchOption
from casework.record import Record
from casework.studies import Study
from casework.verdict import Verdict


class Verbatim(Record):
    """One answer's words, from somebody who allowed quoting; `answer_id` leads back to it."""

    answer_id: int
    text: str
    segment: str
    loyal: bool
    offended: bool
    polarity: float | None

    @property
    def source(self) -> str:
        """Whose words these are, without naming anybody."""
        loyalty = "loyal " if self.loyal else ""
        return f"{loyalty}{self.segment}, answer {self.answer_id}"


class Veto(Record):
    """A values concern raised in a meeting; `text` is None where quoting was not allowed."""

    text: str | None
    segment: str
    loyal: bool


class GroupIdea(Record):
    """A customer's own idea and what the team does with it."""

    title: str
    text: str
    status: IdeaStatus


class Group(Record):
    """What a focus group leaves behind.

    `ideas_withheld` counts those of people who do not want to be quoted.
    """

    name: str
    people: int
    remarks: int
    vetoes: tuple[Veto, ...]
    ideas: tuple[GroupIdea, ...]
    ideas_withheld: int = 0


class Funnel(Record):
    """Where people of one activity were lost."""

    name: str
    kind: ActivityKind
    steps: tuple[StepCount, ...]


class Material(Record):
    """What is known when a summary is written; `decide_by` is the last day to decide.

    `asked` people were invited, of whom `answered` did within the attempt; 0 asked is not known.
    """

    study: Study
    verdict: Verdict
    criteria: LaunchCriteria | None
    decide_by: date
    options: tuple[LaunchOption, ...]
    verbatims: tuple[Verbatim, ...]
    groups: tuple[Group, ...]
    funnels: tuple[Funnel, ...]
    attempts: tuple[Attempt, ...]
    reviews: tuple[GateReview, ...]
    decisions: tuple[Decided, ...] = ()
    forecasts: Brier | None = None
    asked: int = 0
    answered: int = 0
