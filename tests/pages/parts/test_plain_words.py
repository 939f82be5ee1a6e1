"""Facts about how pages say sizes, moments and what people typed."""

from datetime import UTC, datetime

import pytest
from streamlit.runtime.context import ContextProxy

from pages.parts.sizes import in_megabytes
from pages.parts.typed import as_typed
from pages.parts.when import day_and_time

MOMENT = datetime(2026, 12, 11, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "0.0 kB"), (1_200, "1.2 kB"), (1_000_000, "1.0 MB"), (1_234_567_890, "1,234.6 MB")],
)
def test_sizes_are_said_in_kilobytes_and_megabytes(size: int, said: str) -> None:
    assert in_megabytes(size) == said


@pytest.mark.parametrize(
    ("timezone", "said"),
    [
        ("Europe/Berlin", "12 Dec 2026, 00:30"),
        (None, "11 Dec 2026, 23:30"),
        ("Moon/Tranquillity", "11 Dec 2026, 23:30"),
        ("../../etc/passwd", "11 Dec 2026, 23:30"),
    ],
)
def test_moments_are_said_on_the_clock_of_the_browser(
    monkeypatch: pytest.MonkeyPatch, timezone: str | None, said: str
) -> None:
    monkeypatch.setattr(ContextProxy, "timezone", timezone)
    assert day_and_time(MOMENT).endswith(said)


def test_typed_lines_stay_lines_and_marks_stay_marks() -> None:
    assert as_typed("# One\n*two*") == "\\# One  \n\\*two\\*"
