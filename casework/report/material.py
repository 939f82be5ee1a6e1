"""Everything a launch summary is written from; composing reads nothing else."""

from datetime import date

from casework.attempts import Attempt, Version
from casework.criteria import LaunchCriteria
from casework.decisions import Decided
from casework.feedback import ProblemKind, Severity
from casework.forecasts import Brier
from casework.funnel import ActivityKind, StepCount
from casework.gates import GateReview
from casework.meetings import IdeaStatus
from casework.options import LaunchOption
from casework.record import Moment, Record
from casework.report.courses import Course, Split
from casework.studies import Study
from casework.themes import ThemeFigures, Tone
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
    """Where people of one activity were lost; `likeness` tells whether they are like all others."""

    name: str
    kind: ActivityKind
    steps: tuple[StepCount, ...]
    likeness: str = ""


class Issue(Record):
    """Problems of one kind and weight that testers reported, with the answers they are in."""

    severity: Severity | None
    kind: ProblemKind | None
    answers: tuple[int, ...]


class Voices(Record):
    """What the texts about one build amount to: how they feel, and what they talk about."""

    texts: int
    tone: Tone
    themes: tuple[ThemeFigures, ...]


class Material(Record):
    """What is known when a summary is written; `decide_by` is the last day to decide.

    `asked` people were invited, of whom `answered` did within the attempt; 0 asked is not known.
    `quotable` counted answers may be quoted, of which `verbatims` are those that matter most.
    `as_of` is when any of it last changed. `scorer_error` is how often the scorer was found wrong,
    in a sentence; `expiry` the last day on which the build works. `loyal` of those counted are.
    `not_read` tells in a sentence of answers in another language.
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
    loyal: int = 0
    not_read: str = ""
    quotable: int | None = None
    as_of: Moment | None = None
    versions: tuple[Version, ...] = ()
    issues: tuple[Issue, ...] = ()
    splits: tuple[Split, ...] = ()
    courses: tuple[Course, ...] = ()
    voices: Voices | None = None
    scorer_error: str = ""
    expiry: date | None = None
