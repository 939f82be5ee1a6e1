"""A study: one product, one question, one release date."""

from datetime import date

from pydantic import Field

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
