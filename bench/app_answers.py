"""A study with very many answers, multiplied by the database itself from a thousand.

Every copy is another customer with an answer of their own, a minute after the one before.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from casework import sentiment
from casework.consent import CURRENT
from casework.funnel import Step
from db.customers import CustomerRow
from db.feedback import FeedbackRow
from db.participants import ConsentRow, FunnelEventRow, ParticipantRow

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
SAID = (
    "I love the snow, great fun.",
    "It crashed on the third level.",
    "Seeing the Grinch catch Santa hurt my children.",
    "More levels, please.",
    "",
)
COPIED = 1_000
"""Rows of each table that are there already and are multiplied."""

_SHIFTED = {
    "id": "{name} + {shift}",
    "ref": "CAST(id + {shift} AS VARCHAR)",
    "customer_id": "{name} + {shift}",
    "participant_id": "{name} + {shift}",
    "received_at": "strftime('%Y-%m-%d %H:%M:%f000', {name}, '+' || ({shift}) || ' minutes')",
}
TABLES = ("customer", "participant", "consent", "funnel_event", "feedback")


def multiply(session: Session, answers: int) -> None:
    """Bring a SQLite study of a thousand answers to so many: a multiple of a thousand."""
    inspector = sa.inspect(session.connection())
    for table in TABLES:
        names = [column["name"] for column in inspector.get_columns(table)]
        session.execute(sa.text(_copying(table, names)), {"copies": answers // COPIED - 1})
    session.execute(sa.text("ANALYZE"))


def _copying(table: str, names: list[str]) -> str:
    chosen = ", ".join(_values(names))
    # The names come from the database's own tables.
    return (
        f"WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < :copies) "  # noqa: S608
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {chosen} FROM copy, {table} "
        f"WHERE {table}.id <= {COPIED} AND :copies > 0 ORDER BY n, {table}.id"
    )


def _values(names: list[str]) -> Iterator[str]:
    for name in names:
        yield _SHIFTED.get(name, "{name}").format(name=name, shift=f"n * {COPIED}")


Rows = list[dict[str, object]]


def rows(activity_id: int, build_id: int, answers: int) -> dict[type, Rows]:
    """One customer, participant, consent, invitation and answer each, numbered from 1."""
    numbers = range(1, answers + 1)
    readings = [sentiment.read(text) if text else None for text in SAID]
    return {
        CustomerRow: [{"id": n, "ref": str(n), "name": f"Customer {n}"} for n in numbers],
        ParticipantRow: [_participant(n, activity_id) for n in numbers],
        ConsentRow: [
            {
                "participant_id": n,
                "version": CURRENT.version,
                "accepted_at": BEGAN,
                "is_adult": True,
                "may_quote": True,
            }
            for n in numbers
        ],
        FunnelEventRow: [
            {"participant_id": n, "step": Step.INVITED, "at": BEGAN, "detail": ""} for n in numbers
        ],
        FeedbackRow: [_answer(n, build_id, readings[n % len(SAID)]) for n in numbers],
    }


def _participant(number: int, activity_id: int) -> dict[str, object]:
    return {
        "id": number,
        "activity_id": activity_id,
        "customer_id": number,
        "step": Step.VALID,
        "loyalty": 0.5,
        "loyal": number % 2 == 0,
        "segment": "fan",
        "platform": "android",
        "chosen_by": "bench",
    }


def _answer(number: int, build_id: int, reading: sentiment.Reading | None) -> dict[str, object]:
    return {
        "participant_id": number,
        "build_id": build_id,
        "version": 1,
        "received_at": BEGAN + timedelta(minutes=number),
        "csat": 1 + number % 5,
        "recommend": number % 11,
        "crashed": number % 20 == 0,
        "offended": number % 40 == 0,
        "offence": number % 40 == 0,
        "change_first": SAID[number % len(SAID)],
        "reading": reading,
        "polarity": reading.polarity if reading else None,
    }
