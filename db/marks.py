"""Has anything come since? One short text that changes with whatever a verdict depends on."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casework.criteria import digest
from db.audit import AuditRow
from db.criteria import CriteriaRow
from db.feedback import FeedbackRow
from db.meetings import RemarkRow
from db.participants import FunnelEventRow
from db.rescoring import RescoringRow

Kept = TypeVar("Kept")
Numbered = sa.Select[int | None, datetime] | sa.Select[int | None, int]


def mark(session: Session, study_id: int | None) -> str:
    """The same as long as no answer, act, remark, step or reading has come and nobody registered.

    Each is the last row of its table, found in one step: answers come with a new row, whatever an
    owner or tester does leaves a line in the trail, texts read anew move the job on. The criteria
    themselves are read, since a text that somebody changed behind our back has to be found.
    """
    last = [
        _last(session, sa.select(col(FeedbackRow.id), col(FeedbackRow.received_at))),
        _last(session, sa.select(col(AuditRow.id), col(AuditRow.at))),
        _last(session, sa.select(col(FunnelEventRow.id), col(FunnelEventRow.at))),
        _last(session, sa.select(col(RemarkRow.id), col(RemarkRow.made_at))),
        _last(session, sa.select(col(RescoringRow.id), col(RescoringRow.done))),
    ]
    query = select(CriteriaRow.text, CriteriaRow.digest).where(CriteriaRow.study_id == study_id)
    registered = [list(row) for row in session.exec(query.order_by(col(CriteriaRow.version)))]
    return digest(f"{study_id} {last} {registered}")


def _last(session: Session, numbered: Numbered) -> str:
    """Number and a fact of the newest row; the fact tells a reloaded table from the one before."""
    newest = numbered.order_by(numbered.selected_columns[0].desc()).limit(1)
    return str(session.execute(newest).first())


class Shelf(Generic[Kept]):
    """A few things that were dear to make, by what they were made from; the oldest goes first."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, key: tuple[str, ...]) -> Kept | None:
        """What was kept under this key, if it is still there."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: tuple[str, ...], made: Kept) -> None:
        """Keep it for the next who asks; never changed afterwards."""
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._places:
                self._kept.popitem(last=False)
