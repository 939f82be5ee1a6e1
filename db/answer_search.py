"""Which answers an owner looks for, as conditions for the database."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casework.feedback import CLEAR_POLARITY, HAPPY_STARS, UNHAPPY_STARS
from casework.record import Record
from db.activities import ActivityRow
from db.builds import BuildRow
from db.feedback import FeedbackRow
from db.participants import ConsentRow, ParticipantRow, is_taking_part
from db.studies import StudyRow

Condition = sa.ColumnExpressionArgument[bool]


class Kind(StrEnum):
    """Which answers to show."""

    ALL = "all"
    WORDS = "with words"
    OFFENDED = "offended"
    CRASHED = "crashed"
    UNHAPPY = "unhappy"
    HAPPY = "happy"
    DISAGREES = "text and stars disagree"
    CORRECTED = "read by a person"
    INVALID = "not counted"


class AnswerSearch(Record):
    """Which answers, and what to look for in their words, any case."""

    build_id: int | None = None
    kind: Kind = Kind.ALL
    text: str = ""
    loyal_only: bool = False


def joined(*what: Any) -> sa.Select[Any]:
    """What is asked of answers, their builds, testers and consent."""
    return (
        sa.select(*what)
        .select_from(FeedbackRow)
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .join(BuildRow, col(BuildRow.id) == FeedbackRow.build_id)
        .join(ConsentRow, col(ConsentRow.participant_id) == ParticipantRow.id)
    )


def conditions(study: StudyRow, search: AnswerSearch) -> list[Condition]:
    """The newest answers of those taking part that are searched for."""
    newest = sa.orm.aliased(FeedbackRow)
    later = (
        select(newest.id)
        .where(
            newest.participant_id == FeedbackRow.participant_id,
            newest.build_id == FeedbackRow.build_id,
            newest.version > FeedbackRow.version,
        )
        .exists()
    )
    found: list[Condition] = [
        col(ActivityRow.study_id) == study.id,
        is_taking_part(),
        col(ConsentRow.withdrawn_at).is_(None),
        ~later,
        *_KINDS[search.kind],
    ]
    if search.build_id is not None:
        found.append(col(FeedbackRow.build_id) == search.build_id)
    if search.loyal_only:
        found.append(col(ParticipantRow.loyal))
    return [*found, *_containing(search.text)]


def _containing(text: str) -> Sequence[Condition]:
    wanted = text.strip()
    if not wanted:
        return ()
    words = (col(FeedbackRow.change_first), col(FeedbackRow.offended_by))
    return (sa.or_(*(column.icontains(wanted, autoescape=True) for column in words)),)


_VALID = col(FeedbackRow.valid)
_STARS, _TONE = col(FeedbackRow.csat), col(FeedbackRow.polarity)
_KINDS: dict[Kind, tuple[Condition, ...]] = {
    Kind.ALL: (_VALID,),
    Kind.WORDS: (
        _VALID,
        sa.or_(col(FeedbackRow.change_first) != "", col(FeedbackRow.offended_by) != ""),
    ),
    Kind.OFFENDED: (_VALID, col(FeedbackRow.offence)),
    Kind.CRASHED: (_VALID, col(FeedbackRow.crashed).is_(True)),
    Kind.UNHAPPY: (_VALID, _STARS <= UNHAPPY_STARS),
    Kind.HAPPY: (_VALID, _STARS >= HAPPY_STARS),
    Kind.DISAGREES: (
        _VALID,
        sa.or_(
            sa.and_(_STARS <= UNHAPPY_STARS, _TONE > CLEAR_POLARITY),
            sa.and_(_STARS >= HAPPY_STARS, _TONE < -CLEAR_POLARITY),
        ),
    ),
    Kind.CORRECTED: (
        _VALID,
        sa.or_(
            col(FeedbackRow.human_label).is_not(None), col(FeedbackRow.human_offence).is_not(None)
        ),
    ),
    Kind.INVALID: (sa.not_(_VALID),),
}
