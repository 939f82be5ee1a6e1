"""The texts about a build: in figures, and in the words of those who may be quoted."""

from dataclasses import replace

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from casework.report import Verbatim, Voices
from casework.roles import Actor
from casework.themes import Heard, assign, figures, tone
from db import themes
from db.feedback import FeedbackRow
from db.participants import ConsentRow, ParticipantRow
from db.studies import StudyRow
from db.verdicts import Counted

READ_AT_MOST = 400
"""The most telling texts; a page that reads itself again must not read a hundred thousand."""


def about(session: Session, actor: Actor, study: StudyRow, build: str) -> Voices:
    """How the texts about one build sound and what they talk about. Raises: NotAllowed."""
    heard = _only(themes.heard(session, actor, study), build)
    found = assign(heard.texts, themes.current(session, study))
    return Voices(texts=len(heard.texts), tone=tone(heard.polarity), themes=figures(heard, found))


def _only(heard: Heard, build: str) -> Heard:
    kept = np.array([one == build for one in heard.build], dtype=np.bool_)
    places = np.flatnonzero(kept)
    return replace(
        heard,
        texts=tuple(heard.texts[place] for place in places),
        polarity=heard.polarity[kept],
        offended=heard.offended[kept],
        loyal=heard.loyal[kept],
        may_quote=heard.may_quote[kept],
        build=tuple(heard.build[place] for place in places),
        day=tuple(heard.day[place] for place in places),
        source=tuple(heard.source[place] for place in places),
    )


def verbatims(session: Session, counted: Counted) -> tuple[tuple[Verbatim, ...], int]:
    """The most telling counted answers whose words may be printed, in order of receipt.

    Offence first, then the strongest tone. With them how many there are in all.
    """
    known = _quotable(session, counted.build_id)
    mine = known[np.isin(known["id"], counted.counted_ids)]
    order = np.lexsort((mine["id"], -mine["strength"], ~mine["offence"]))
    return _read(session, [int(one) for one in mine["id"][order[:READ_AT_MOST]]]), int(mine.size)


_KNOWN = np.dtype([("id", np.int64), ("offence", np.bool_), ("strength", np.float64)])


def _quotable(session: Session, build_id: int | None) -> NDArray[np.void]:
    """The answers about a build that may be quoted, as numbers: no text is read for this."""
    answer = FeedbackRow
    query = (
        sa.select(
            col(answer.id),
            col(answer.offence),
            sa.func.abs(sa.func.coalesce(col(answer.polarity), 0.0)),
        )
        .join(ConsentRow, col(ConsentRow.participant_id) == answer.participant_id)
        .where(col(answer.build_id) == build_id)
        .where(col(ConsentRow.may_quote), col(ConsentRow.withdrawn_at).is_(None))
        .where(sa.or_(col(answer.change_first) != "", col(answer.offended_by) != ""))
    )
    return np.array([tuple(row) for row in session.execute(query)], dtype=_KNOWN)


def _read(session: Session, ids: list[int]) -> tuple[Verbatim, ...]:
    query = (
        select(FeedbackRow, ParticipantRow.segment, ParticipantRow.loyal)
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .where(col(FeedbackRow.id).in_(ids))
        .order_by(col(FeedbackRow.received_at), col(FeedbackRow.id))
    )
    return tuple(
        Verbatim(
            answer_id=row.id or 0,
            text=row.offended_by if row.offended and row.offended_by else row.text,
            segment=segment,
            loyal=loyal,
            offended=row.offence,
            polarity=row.polarity,
        )
        for row, segment, loyal in session.exec(query)
    )
