"""What a tester answers in the second visit."""

from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from casework.record import Moment, Prose, Record, keepable

UNHAPPY_STARS, HAPPY_STARS, CLEAR_POLARITY = 2, 4, 0.2


class ProblemKind(StrEnum):
    """What kind of problem a tester reports."""

    CRASH = "crash"
    PERFORMANCE = "performance"
    CONTROLS = "controls"
    CONTENT = "content"
    OTHER = "other"


class Severity(StrEnum):
    """How bad a reported problem is; `critical` opens a gate of the verdict."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Answer(Record):
    """One tester's answer about one build.

    `csat` 1 to 5; `recommend` 0 to 10; `effort` 1 to 7; None where the question was not answered.
    """

    csat: int | None = Field(default=None, ge=1, le=5)
    change_first: Prose = ""
    crashed: bool | None = None
    offended: bool | None = None
    offended_by: Prose = ""
    recommend: int | None = Field(default=None, ge=0, le=10)
    effort: int | None = Field(default=None, ge=1, le=7)
    keep_playing: bool | None = None
    problem_kind: ProblemKind | None = None
    problem_severity: Severity | None = None
    device: str = Field(default="", max_length=200)
    os: str = Field(default="", max_length=100)

    @field_validator("device", "os", mode="before")
    @classmethod
    def _keep(cls, told: object) -> object:
        return keepable(told)

    @property
    def text(self) -> str:
        """Everything this tester wrote, as one text to read."""
        return "\n".join(part for part in (self.change_first, self.offended_by) if part)

    @property
    def is_empty(self) -> bool:
        """Nothing was answered at all."""
        asked = (self.csat, self.crashed, self.offended, self.recommend, self.effort)
        more = (self.keep_playing, self.problem_kind, self.problem_severity)
        return all(value is None for value in (*asked, *more)) and not self.text

    @property
    def is_critical(self) -> bool:
        """Reports a problem that should stop a launch until somebody has looked at it."""
        return self.problem_severity is Severity.CRITICAL


class Feedback(Answer):
    """An answer as filed: when it came, which version it is and whether it counts.

    `version` 1 is the participant's first; `received_at` of version 1 fixes the place in the order
    of receipt. An answer that is not `valid` says why in `invalid_reason`.
    """

    version: int = Field(ge=1)
    received_at: Moment
    valid: bool = True
    invalid_reason: Prose = ""

    @model_validator(mode="after")
    def _check(self) -> "Feedback":
        if self.valid == bool(self.invalid_reason):
            raise ValueError("An answer is either valid, or invalid with a reason.")
        return self


def disagrees(csat: int | None, polarity: float | None) -> bool:
    """Text and stars disagree: stars of 1–2 with praise, or of 4–5 with a complaint.

    `polarity` in [-1, 1], None where the text holds no evidence. Beyond ±.2 counts as clear.
    """
    if csat is None or polarity is None:
        return False
    unhappy, happy = csat <= UNHAPPY_STARS, csat >= HAPPY_STARS
    return (unhappy and polarity > CLEAR_POLARITY) or (happy and polarity < -CLEAR_POLARITY)
