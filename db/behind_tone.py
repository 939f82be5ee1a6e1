"""What stands behind the tone that a verdict counts."""

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, func, select

from casework.corrections import Spoken
from casework.corrections.behind import Behind
from casework.criteria import Metric
from casework.errors import NotEnough
from casework.roles import Actor
from db import answers_unread, decisions, heard_texts, own_terms, rescoring, scorer_error
from db.corrections import CorrectionRow
from db.feedback import FeedbackRow
from db.studies import StudyRow
from db.verdicts import Counted

_BATCH = 5_000


def behind(session: Session, actor: Actor, study: StudyRow, counted: Counted) -> Behind:
    """Which scorer read the counted answers, how often it errs, and how many tones are people's.

    Raises: NotAllowed.
    """
    present = own_terms.reader(session).read_by
    job = rescoring.latest(session)
    decided = decisions.in_force(session, study.id, counted.build)
    error, labelled = None, 0
    try:
        error = scorer_error.measured(session, actor, study, Spoken.ANSWER).rate
    except NotEnough:
        labelled = scorer_error.labelled(session, study, Spoken.ANSWER)
    return Behind(
        with_tone=_with_tone(counted),
        by_people=_by_people(session, study, counted.counted_ids),
        read_by=_read_by(session, counted, present),
        present=present,
        registered=counted.criteria.scorer_version if counted.criteria else None,
        error=error,
        labelled=labelled,
        unread=answers_unread.about_build(session, counted.build_id),
        read_anew_at=job.begun_at if job else None,
        decided_at=decided.decided_at if decided else None,
    )


def _with_tone(counted: Counted) -> int:
    tones = counted.evidence.values.get(Metric.sentiment)
    if tones is None:
        return 0
    return int(np.count_nonzero(~np.isnan(tones[: counted.counted_ids.size])))


def _by_people(session: Session, study: StudyRow, counted: NDArray[np.int64]) -> int:
    """The corrected among the counted; corrections are few, so they are asked first."""
    query = select(CorrectionRow.text_id).where(
        CorrectionRow.study_id == study.id, CorrectionRow.spoken == Spoken.ANSWER
    )
    known = np.array(sorted(set(session.exec(query))), dtype=np.int64)
    asked = [int(one) for one in known[np.isin(known, counted)]]
    return sum(
        session.exec(
            select(func.count(col(FeedbackRow.id))).where(
                col(FeedbackRow.id).in_(asked[start : start + _BATCH]),
                col(FeedbackRow.human_label).is_not(None),
            )
        ).one()
        for start in range(0, len(asked), _BATCH)
    )


def _read_by(session: Session, counted: Counted, present: str) -> dict[str, int]:
    """Texts about the build by scorer; only where some are outdated they need to be counted."""
    if not heard_texts.any_outdated(session, present):
        return {}
    query = (
        select(FeedbackRow.read_by, func.count(col(FeedbackRow.id)))
        .where(FeedbackRow.build_id == counted.build_id, FeedbackRow.read_by != "")
        .group_by(col(FeedbackRow.read_by))
    )
    return dict(session.exec(query).all())
