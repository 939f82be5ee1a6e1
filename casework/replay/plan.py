"""What is chosen in a replay: whom to ask, how, when, and what to do about it."""

import json
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from casework.case.exercise import Method
from casework.errors import Invalid
from casework.record import Line, Record

LAST_WEEK = 16
"""Christmas: four weeks after the planned release."""
MOST_ACTIVITIES = 8
MOST = {Method.FOCUS_GROUP: 20, Method.BETA: 1_000, Method.MARKET_RESEARCH: 1_000}
"""The most people in one group, one beta, one survey."""


class Whom(StrEnum):
    """Who is asked."""

    FRIENDS = "friends"
    FANS = "fans"
    MIX = "mix"

    @property
    def label(self) -> str:
        """As shown to people."""
        return _WHOM_LABELS[self]

    @property
    def short(self) -> str:
        """Within a sentence."""
        return _WHOM_SHORT[self]


_WHOM_LABELS = {
    Whom.FRIENDS: "Friends of the team",
    Whom.FANS: "Loyal Clash fans only",
    Whom.MIX: "A quota mix: newcomers, regulars and fans in equal parts",
}
_WHOM_SHORT = {
    Whom.FRIENDS: "friends of the team",
    Whom.FANS: "loyal fans only",
    Whom.MIX: "a quota mix",
}


class Findings(StrEnum):
    """What happens with what was heard."""

    ACT = "act"
    IGNORE = "ignore"


class Complaints(StrEnum):
    """What happens with complaints after the release."""

    ANSWER = "answer"
    LEAVE = "leave"


class Asking(Record):
    """One activity. `how_many` people in each group, testers of a beta, or answers of a survey.

    `week` counts from the idea, 0 to 16: the release is planned for week 12, Christmas is week 16.
    `groups` follow each other, one a week. `asks_directly`: the form of a beta or survey asks
    whether anything upset or offended; otherwise whoever is hurt has to write it unprompted.
    """

    method: Method
    whom: Whom = Whom.MIX
    how_many: int = Field(ge=1, le=1_000)
    groups: int = Field(default=1, ge=1, le=8)
    week: float = Field(ge=0, le=LAST_WEEK, allow_inf_nan=False)
    asks_directly: bool = True

    @field_validator("method")
    @classmethod
    def _can_be_replayed(cls, method: Method) -> Method:
        if method is Method.OTHER:
            raise ValueError(
                "An idea of your own has no rules in this world. Choose the nearest of "
                "focus_group, beta and market_research."
            )
        return method

    @model_validator(mode="after")
    def _fits_its_method(self) -> Self:
        if self.how_many > MOST[self.method]:
            raise ValueError(f"how_many: a focus group has at most {MOST[self.method]} seats.")
        if self.groups > 1 and self.method is not Method.FOCUS_GROUP:
            raise ValueError("groups: only a focus group can be held several times. Leave it out.")
        return self

    @property
    def people(self) -> int:
        """How many are asked in all."""
        return self.how_many * self.groups


class Plan(Record):
    """Everything that is chosen; the rest is the world's."""

    name: Line = "My plan"
    activities: Annotated[tuple[Asking, ...], Field(max_length=MOST_ACTIVITIES)] = ()
    findings: Findings = Findings.ACT
    complaints: Complaints = Complaints.LEAVE


EXAMPLE = Plan(
    name="A mixed group, then a beta",
    activities=(
        Asking(method=Method.FOCUS_GROUP, whom=Whom.MIX, how_many=9, week=1),
        Asking(method=Method.BETA, whom=Whom.MIX, how_many=120, week=8),
    ),
)
"""The plan the course suggests."""


def read_plan(text: str | bytes) -> Plan:
    """The plan a JSON text describes.

    Raises:
        Invalid: with every field that is wrong and what would be right.
    """
    try:
        return Plan.model_validate_json(text)
    except ValidationError as wrong:
        said = [_said(each["loc"], each["type"], each["msg"]) for each in wrong.errors()]
        raise Invalid(f"This plan cannot be replayed. {' '.join(said)}") from None


def as_json(plan: Plan) -> str:
    """A plan as its file holds it."""
    return json.dumps(plan.model_dump(mode="json"), indent=2, ensure_ascii=False)


def _said(place: tuple[int | str, ...], kind: str, message: str) -> str:
    if kind == "json_invalid":
        return f"It is not JSON: {message.removeprefix('Invalid JSON: ')}."
    where = ""
    for part in place:
        where += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    field = where.removeprefix(".")
    what = {
        "missing": "is missing",
        "extra_forbidden": "is not a choice of a plan",
        "model_type": "must be an object in braces",
    }.get(kind, message.removeprefix("Value error, ").removeprefix("Input ").rstrip("."))
    return f"{field}: {what}." if field else f"{what}."
