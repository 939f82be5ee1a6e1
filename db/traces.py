"""From an answer to the launch criteria whose figures it entered, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from casework.criteria import Metric
from casework.roles import Actor
from db import verdicts
from db.feedback import FeedbackRow
from db.studies import StudyRow
from db.verdicts import Counted


@dataclass(frozen=True)
class Trace:
    """The version of a tester's answer that counts, and the criteria it entered."""

    answer_id: int
    criteria: tuple[Metric, ...]


def of_answers(
    session: Session,
    actor: Actor,
    study: StudyRow,
    shown: Sequence[FeedbackRow],
    builds: Sequence[str],
    *,
    now: datetime,
) -> dict[int, Trace]:
    """What became of each answer shown about one of these builds; those not counted are left out.

    The first valid version counts, also where a later one is shown. Raises: NotAllowed, NotFound.
    """
    entered: dict[int, tuple[Metric, ...]] = {}
    versions = _versions(session, shown)
    wanted = np.array([one for ids in versions.values() for one in ids], dtype=np.int64)
    for build in builds:
        counted = verdicts.evidence(session, actor, study, build, now=now)
        entered |= _entered(counted, wanted)
    return {
        row.id or 0: Trace(answer_id=one, criteria=entered[one])
        for row in shown
        for one in versions[row.participant_id, row.build_id]
        if one in entered
    }


def _versions(session: Session, shown: Sequence[FeedbackRow]) -> dict[tuple[int, int], list[int]]:
    """Every version of the answers shown, by tester and build."""
    query = select(FeedbackRow.participant_id, FeedbackRow.build_id, FeedbackRow.id).where(
        col(FeedbackRow.participant_id).in_({row.participant_id for row in shown})
    )
    found: dict[tuple[int, int], list[int]] = {}
    for participant_id, build_id, one in session.exec(query.order_by(col(FeedbackRow.id))):
        found.setdefault((participant_id, build_id), []).append(one or 0)
    return found


def _entered(counted: Counted, wanted: NDArray[np.int64]) -> dict[int, tuple[Metric, ...]]:
    if counted.criteria is None:
        return {}
    counts = wanted[np.isin(wanted, counted.counted_ids)].tolist()
    found: dict[int, tuple[Metric, ...]] = dict.fromkeys(counts, ())
    pairs = zip(counted.criteria.criteria, counted.ids_by_criterion(), strict=True)
    for criterion, ids in pairs:
        for one in wanted[np.isin(wanted, ids)].tolist():
            if criterion.metric not in found[one]:
                found[one] += (criterion.metric,)
    return found
