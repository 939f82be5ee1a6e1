"""Testers' answers that the scorer cannot read: counted by language, and taken back one by one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from casework.corrections import Spoken
from casework.errors import Closed
from casework.languages import name_of, tongue_of
from casework.roles import Act, Actor, require, require_reading
from db import audit, heard_texts, own_terms
from db.activities import ActivityRow
from db.feedback import FeedbackRow
from db.kept_aside import LanguageCount
from db.participants import ParticipantRow, is_taking_part
from db.studies import StudyRow

LOOKED_AT = 100


@dataclass(frozen=True)
class Unread:
    """How many answers have words without a tone, and the languages of the newest of them."""

    answers: int
    languages: tuple[LanguageCount, ...]

    @property
    def all_named(self) -> bool:
        """Whether the languages are those of every unread answer."""
        return sum(one.voices for one in self.languages) == self.answers


def of_study(session: Session, actor: Actor, study: StudyRow) -> Unread:
    """A study's unread answers: all counted, the newest told apart by language, frequent first.

    Telling a language apart takes a fifth of a millisecond a text, too long for all of them
    whenever a page is drawn. Raises: NotAllowed.
    """
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    unread = (col(ActivityRow.study_id) == study.id, *_without_tone())
    answers = session.scalar(_among(func.count(col(FeedbackRow.id))).where(*unread)) or 0
    newest = _among(FeedbackRow).where(*unread).order_by(col(FeedbackRow.id).desc())
    looked_at = session.scalars(newest.limit(LOOKED_AT)) if answers else ()
    return Unread(answers=answers, languages=_languages(looked_at))


def _among(*what: Any) -> sa.Select[Any]:
    return (
        sa.select(*what)
        .select_from(FeedbackRow)
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
    )


def _languages(rows: Iterable[FeedbackRow]) -> tuple[LanguageCount, ...]:
    found = Counter(tongue_of(row.text).language for row in rows)
    return tuple(LanguageCount(*one) for one in found.most_common())


def about_build(session: Session, build_id: int | None) -> int:
    """How many valid answers about a build have words that were not read."""
    query = (
        select(func.count(col(FeedbackRow.id)))
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .where(FeedbackRow.build_id == build_id, col(FeedbackRow.valid), *_without_tone())
    )
    return session.exec(query).one()


def _without_tone() -> tuple[sa.ColumnElement[bool], ...]:
    wrote = sa.or_(col(FeedbackRow.change_first) != "", col(FeedbackRow.offended_by) != "")
    return col(FeedbackRow.read_by) == "", wrote, is_taking_part()


def read_as_english(
    session: Session, actor: Actor, feedback_id: int, *, now: datetime
) -> FeedbackRow:
    """Score an answer that was left unread. A verdict that is read later takes its tone in.

    Raises:
        Closed: when there is no such answer, it is read already, or it has no words.
    """
    require(actor, Act.MARK_FEEDBACK)
    row = session.get(FeedbackRow, feedback_id, with_for_update=True, populate_existing=True)
    if row is None or row.reading is not None or not row.text:
        raise Closed("This answer is read already, or there are no words in it to read.")
    reader = own_terms.reader(session)
    heard_texts.read_anew(row, reader.read(row.text), reader.read_by)
    session.add(row)
    session.flush()
    was = name_of(tongue_of(row.text).language)
    study_id = heard_texts.study_id_of(session, row)
    audit.record(
        session,
        actor,
        "read as English",
        f"{Spoken.ANSWER.value} {feedback_id}",
        now=now,
        study_id=study_id,
        detail=f"was kept aside as {was}",
    )
    return row
