"""Facts about drafting an activity from what somebody typed."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.activities import Activity, drafted
from casework.errors import Invalid
from casework.funnel import ActivityKind

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


def draft(
    name: str = "Evening group", seats: int = 8, days: int = 3, incentive: str = ""
) -> Activity:
    return drafted(
        kind=ActivityKind.FOCUS_GROUP,
        name=name,
        purpose="",
        seats=seats,
        starts_at=NOW,
        closes_at=NOW + timedelta(days=days),
        incentive=incentive,
    )


def test_what_was_typed_becomes_an_activity() -> None:
    assert draft("  Evening group ").name == "Evening group"


def test_each_field_that_cannot_be_used_says_how_to_mend_it() -> None:
    with pytest.raises(Invalid, match="name of one line"):
        draft("   ")
    with pytest.raises(Invalid, match="1 to 100,000 seats"):
        draft(seats=0)
    with pytest.raises(Invalid, match="must end after it starts"):
        draft(days=-1)
    with pytest.raises(Invalid, match="200 characters"):
        draft(incentive="x" * 201)
