"""The one clock of the product; everything else is told what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one clock
