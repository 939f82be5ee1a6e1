"""A study: one product, one question, one release date."""

import re
import unicodedata
from datetime import date, datetime

from pydantic import Field, ValidationError

from casework.errors import Invalid
from casework.record import Line, Moment, Prose, Record, Slug


class Study(Record):
    """What is to be launched, when, and how long a fix would take.

    `fix_weeks` in weeks (0 to 52), `store_review_days` in days (0 to 60).
    """

    slug: Slug
    title: Line
    product: Line
    hypothesis: Prose = ""
    owner_name: Line
    release_on: date
    fix_weeks: float = Field(default=2, ge=0, le=52)
    store_review_days: int = Field(default=7, ge=0, le=60)
    players: int = Field(default=100_000, ge=1, le=1_000_000_000)
    created_at: Moment


_MENDING = {
    "title": "Give the study a title of one line.",
    "product": "Name the product that is to be launched.",
    "owner_name": "Say who owns the study.",
    "hypothesis": "Keep the hypothesis under 5,000 characters.",
    "fix_weeks": "A fix takes between 0 and 52 weeks.",
    "store_review_days": "A store review takes between 0 and 60 days.",
    "players": "Say how many players the launch reaches: 1 to 1,000,000,000.",
}


def drafted(
    *,
    slug: str,
    title: str,
    product: str,
    hypothesis: str,
    owner_name: str,
    release_on: date | None,
    fix_weeks: float,
    store_review_days: int,
    players: int,
    created_at: datetime,
) -> Study:
    """A study from what somebody typed. Raises: Invalid naming the first field to mend."""
    if release_on is None:
        raise Invalid("Choose a release date; it can be moved later.")
    try:
        return Study(
            slug=slug,
            title=title,
            product=product,
            hypothesis=hypothesis,
            owner_name=owner_name,
            release_on=release_on,
            fix_weeks=fix_weeks,
            store_review_days=store_review_days,
            players=players,
            created_at=created_at,
        )
    except ValidationError as wrong:
        field = str(wrong.errors()[0]["loc"][0])
        raise Invalid(_MENDING.get(field, f"Check {field.replace('_', ' ')}.")) from wrong


def slug_for(title: str, taken: frozenset[str] = frozenset()) -> str:
    """The name of a study in addresses, from its title: “Santa Run!” becomes santa-run.

    A title without Latin letters or figures becomes “study”; a taken name gets a number.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "study"
    numbered = (base if i == 1 else f"{base}-{i}" for i in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)
