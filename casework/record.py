"""What every record of the business has in common: it is checked once and then stays as it is."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, StringConstraints

_UNKEEPABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202d\u202e\ud800-\udfff]")
"""Control characters and half surrogate pairs, which PostgreSQL refuses, and the two signs that
turn the letters after them round: no person types them, and they would turn our own words round."""


class Record(BaseModel, frozen=True, extra="forbid"):
    """A frozen, validated value without an identity; `db` gives it one."""


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def keepable(text: object) -> object:
    """What was typed, without signs that no database keeps or no reader sees."""
    return _UNKEEPABLE.sub("", text) if isinstance(text, str) else text


Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A point in time: timezone-aware, kept in UTC; a naive time is refused."""

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    BeforeValidator(keepable),
]
"""One line a person typed, 1 to 200 characters."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""The name of a study in addresses and commands: `santa-run`."""

Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=5_000), BeforeValidator(keepable)
]
"""A paragraph a person typed, up to 5,000 characters; may be empty."""
