"""The answers to a build as columns of numbers, each joined into one text by the database.

Rows of Python objects would cost ten times as much as the decision itself; here one text a column
comes back and NumPy reads it. Words, names and whole rows never leave the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlmodel import Session, col

from casework.criteria import Margin
from casework.funnel import Step
from db import tester_columns
from db.feedback import FeedbackRow
from db.joined import Floats, Integers, Times, instant, integers, joined, moments, times
from db.participants import FunnelEventRow
from db.tester_columns import Texts

TICKED = {
    "csat": 5,
    "recommend": 10,
    "effort": 7,
    "keep_playing": 1,
    "crashed": 1,
    "offended": 1,
}
"""The questions with a ticked answer, each with its highest value."""

_FINENESS = 10**15
"""Parts of one in which a polarity is read: all the digits a double has between −1 and 1."""

_NO_TONE = 2 * _FINENESS

_SHIFTED = 1
"""Added to every ticked value, so that 0 stands for none given."""


@dataclass(frozen=True)
class Columns:
    """Each customer's first valid answer, in order of receipt; all arrays have one length.

    Attributes:
        ids: of the answers.
        participants: of their testers.
        received: UTC, to the microsecond.
        loyal: whether the tester is.
        ticked: by question, with `polarity`; NaN where no value was given.
        attributes: for each margin asked for, the part of the base a tester belongs to; "" unknown.
        asked: people invited to the betas in which the build is or was tested.
        ahead: answers left out because their receipt lies in the future.
    """

    ids: Integers
    participants: Integers
    received: Times
    loyal: NDArray[np.bool_]
    ticked: dict[str, Floats]
    attributes: dict[str, Texts]
    asked: int
    ahead: int


def of_build(
    session: Session,
    build_id: int | None,
    *,
    since: datetime | None,
    until: datetime | None,
    base: Sequence[Margin],
    now: datetime,
) -> Columns:
    """Everything a verdict counts: first valid answers received after `since` and up to `until`.

    A customer whose first answer lies outside has none; one in two betas of the build answers once.
    Answers of one moment stand in the order of the digest of their customer's number.
    """
    answers = _answers(session, build_id)
    people = tester_columns.of_build(session, build_id, base)
    at = tester_columns.places_of(people.ids, answers.participants)
    chosen = (at >= 0) & (answers.received <= instant(now))
    ahead = int((at >= 0).sum() - chosen.sum())
    kept = np.flatnonzero(chosen)
    customers = people.customers[at[kept]]
    first = kept[_first_of_each(customers, answers.received[kept], answers.ids[kept])]
    first = first[_within(answers.received[first], since, until)]
    first = first[_in_order(answers.received[first], people.customers[at[first]])]
    who = at[first]
    return Columns(
        ids=answers.ids[first],
        participants=answers.participants[first],
        received=answers.received[first],
        loyal=people.loyal[who],
        ticked=_unpacked(answers.codes[first]) | {"polarity": answers.polarity[first]},
        attributes={name: column[who] for name, column in people.attributes.items()},
        asked=people.asked,
        ahead=ahead,
    )


def got_at(session: Session, build_id: int | None, participants: Integers) -> Times:
    """When each of these testers first had the whole build; NaT where that is not on file."""
    query = sa.select(
        joined(col(FunnelEventRow.participant_id)), joined(moments(col(FunnelEventRow.at)))
    )
    query = query.where(
        col(FunnelEventRow.step) == Step.DOWNLOADED,
        col(FunnelEventRow.detail) == f"build {build_id}",
    )
    who, at = session.execute(query).one()
    found, moment = integers(who), times(at)
    early_first = np.argsort(moment, kind="stable")
    known, place = np.unique(found[early_first], return_index=True)
    return _taken(moment[early_first][place], tester_columns.places_of(known, participants))


def _taken(known: Times, places: Integers) -> Times:
    taken = np.full(places.size, np.datetime64("NaT"), dtype="datetime64[us]")
    taken[places >= 0] = known[places[places >= 0]]
    return taken


@dataclass(frozen=True)
class _Answers:
    ids: Integers
    participants: Integers
    received: Times
    codes: Integers
    polarity: Floats


def _answers(session: Session, build_id: int | None) -> _Answers:
    """Every valid answer to a build, in no order."""
    query = sa.select(
        joined(col(FeedbackRow.id)),
        joined(col(FeedbackRow.participant_id)),
        joined(moments(col(FeedbackRow.received_at))),
        joined(_packed()),
        joined(_tone()),
    ).where(col(FeedbackRow.build_id) == build_id, col(FeedbackRow.valid))
    ids, participants, received, codes, polarity = session.execute(query).one()
    return _Answers(
        ids=integers(ids),
        participants=integers(participants),
        received=times(received),
        codes=integers(codes),
        polarity=_in_full(integers(polarity)),
    )


def _tone() -> sa.ColumnElement[int]:
    """The polarity in whole numbers, which are read ten times as fast as fractions."""
    whole = sa.func.round(col(FeedbackRow.polarity) * float(_FINENESS))
    return sa.func.coalesce(sa.cast(whole, sa.BigInteger), _NO_TONE)


def _in_full(tones: Integers) -> Floats:
    return np.where(tones == _NO_TONE, np.nan, tones / _FINENESS)


def _packed() -> sa.ColumnElement[int]:
    """All ticked values of an answer as one number, the first question in the lowest place."""
    code: sa.ColumnElement[int] = sa.literal(0, sa.BigInteger)
    for name, highest in reversed(TICKED.items()):
        value = sa.cast(getattr(FeedbackRow, name), sa.Integer) + _SHIFTED
        code = code * (highest + 1 + _SHIFTED) + sa.func.coalesce(value, 0)
    return code


def _unpacked(codes: Integers) -> dict[str, Floats]:
    columns: dict[str, Floats] = {}
    for name, highest in TICKED.items():
        codes, value = np.divmod(codes, highest + 1 + _SHIFTED)
        columns[name] = np.where(value == 0, np.nan, value - _SHIFTED)
    return columns


def _first_of_each(customers: Integers, received: Times, ids: Integers) -> Integers:
    """The place of each customer's first answer, in order of receipt."""
    order = np.lexsort((ids, received))
    _, first = np.unique(customers[order], return_index=True)
    return order[np.sort(first)]


def _within(received: Times, since: datetime | None, until: datetime | None) -> NDArray[np.bool_]:
    inside = np.ones(received.size, dtype=np.bool_)
    if since is not None:
        inside &= received > instant(since)
    if until is not None:
        inside &= received <= instant(until)
    return inside


def _in_order(received: Times, customers: Integers) -> Integers:
    """By receipt; what came at the same moment by the digest of the customer's number."""
    same = received[1:] == received[:-1]
    if not same.any():
        return np.arange(received.size)
    tied = np.concatenate((same, [False])) | np.concatenate(([False], same))
    key = np.zeros(received.size, dtype="S32")
    key[tied] = [sha256(str(one).encode()).digest() for one in customers[tied].tolist()]
    return np.lexsort((key, received))
