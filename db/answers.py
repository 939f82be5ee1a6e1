"""Reading what testers answered: filters, pages, and figures that the database counts.

Only the newest valid version of each tester's answer about a build is shown, unless asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casework.feedback import CLEAR_POLARITY, HAPPY_STARS, UNHAPPY_STARS
from casework.record import Record
from casework.roles import Act, Actor, require_reading
from db.activities import ActivityRow
from db.builds import BuildRow
from db.feedback import FeedbackRow
from db.participants import ConsentRow, ParticipantRow, is_taking_part
from db.studies import StudyRow

Condition = sa.ColumnExpressionArgument[bool]
PER_PAGE = 20
VERBATIMS = 3


class Kind(StrEnum):
    """Which answers to show."""

    ALL = "all"
    WORDS = "with words"
    OFFENDED = "offended"
    CRASHED = "crashed"
    UNHAPPY = "unhappy"
    HAPPY = "happy"
    DISAGREES = "text and stars disagree"
    INVALID = "not counted"


class AnswerSearch(Record):
    """Which answers, and what to look for in their words, any case."""

    build_id: int | None = None
    kind: Kind = Kind.ALL
    text: str = ""
    loyal_only: bool = False


@dataclass(frozen=True)
class AnswerRead:
    """One answer with what is known of its tester; never who they are."""

    feedback: FeedbackRow
    build: str
    segment: str
    platform: str
    loyal: bool
    may_quote: bool


@dataclass(frozen=True)
class AnswerPage:
    """One page of those found; `page` counts from 1 and is never beyond the last."""

    answers: tuple[AnswerRead, ...]
    found: int
    page: int
    pages: int


@dataclass(frozen=True)
class DayTone:
    """The mean tone of one build's answers on one day; `answers` counts those with a tone."""

    build: str
    day: str
    answers: int
    polarity: float


@dataclass(frozen=True)
class BuildTone:
    """The answers about one build in figures; `polarity` is None where no text has a tone.

    `offended` and `crashed` said yes, of those who answered that question at all.
    """

    build: str
    answers: int
    with_tone: int
    polarity: float | None
    offended: int
    asked_offence: int
    crashed: int
    asked_crash: int


def find(
    session: Session, actor: Actor, study: StudyRow, search: AnswerSearch, *, page: int = 1
) -> AnswerPage:
    """One page of the answers found, the newest first. Raises: NotAllowed."""
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    which = _conditions(study, search)
    found = session.scalar(_joined(sa.func.count(col(FeedbackRow.id))).where(*which)) or 0
    pages = max(1, -(-found // PER_PAGE))
    page = min(max(page, 1), pages)
    query = (
        _joined(*_SHOWN)
        .where(*which)
        .order_by(col(FeedbackRow.received_at).desc(), col(FeedbackRow.id).desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    answers = tuple(AnswerRead(*row) for row in session.execute(query))
    return AnswerPage(answers=answers, found=found, page=page, pages=pages)


def extremes(
    session: Session, actor: Actor, study: StudyRow, build_id: int | None
) -> tuple[tuple[AnswerRead, ...], tuple[AnswerRead, ...]]:
    """The answers whose words are the harshest, and those whose words are the warmest."""
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    which = _conditions(study, AnswerSearch(build_id=build_id))
    polarity = col(FeedbackRow.polarity)
    tone = _joined(*_SHOWN).where(*which, polarity.is_not(None)).limit(VERBATIMS)
    worst = session.execute(tone.where(polarity < 0).order_by(polarity, col(FeedbackRow.id)))
    best = session.execute(tone.where(polarity > 0).order_by(polarity.desc(), col(FeedbackRow.id)))
    return tuple(AnswerRead(*row) for row in worst), tuple(AnswerRead(*row) for row in best)


def tone_by_build(session: Session, actor: Actor, study: StudyRow) -> list[BuildTone]:
    """Each build's answers in figures, in the order of the builds."""
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    query = (
        _joined(
            col(BuildRow.version),
            sa.func.count(col(FeedbackRow.id)),
            sa.func.count(col(FeedbackRow.polarity)),
            sa.func.avg(FeedbackRow.polarity),
            _how_many(col(FeedbackRow.offended)),
            sa.func.count(col(FeedbackRow.offended)),
            _how_many(col(FeedbackRow.crashed)),
            sa.func.count(col(FeedbackRow.crashed)),
        )
        .where(*_conditions(study, AnswerSearch()))
        .group_by(col(BuildRow.id), col(BuildRow.version))
        .order_by(col(BuildRow.id))
    )
    return [BuildTone(*row) for row in session.execute(query)]


def tone_by_day(session: Session, actor: Actor, study: StudyRow) -> list[DayTone]:
    """The mean tone by build and day of receipt (UTC), oldest first."""
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    day = sa.func.date(FeedbackRow.received_at)
    query = (
        _joined(
            col(BuildRow.version),
            day,
            sa.func.count(col(FeedbackRow.polarity)),
            sa.func.avg(FeedbackRow.polarity),
        )
        .where(*_conditions(study, AnswerSearch()), col(FeedbackRow.polarity).is_not(None))
        .group_by(col(BuildRow.version), day)
        .order_by(day)
    )
    return [
        DayTone(build=build, day=str(on), answers=answers, polarity=float(polarity))
        for build, on, answers, polarity in session.execute(query)
    ]


_SHOWN = (
    FeedbackRow,
    col(BuildRow.version),
    col(ParticipantRow.segment),
    col(ParticipantRow.platform),
    col(ParticipantRow.loyal),
    col(ConsentRow.may_quote),
)


def _joined(*what: Any) -> sa.Select[Any]:
    return (
        sa.select(*what)
        .select_from(FeedbackRow)
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .join(BuildRow, col(BuildRow.id) == FeedbackRow.build_id)
        .join(ConsentRow, col(ConsentRow.participant_id) == ParticipantRow.id)
    )


def _how_many(said_yes: sa.ColumnExpressionArgument[Any]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((said_yes, 1), else_=0)), 0)


def _conditions(study: StudyRow, search: AnswerSearch) -> list[Condition]:
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
    Kind.INVALID: (sa.not_(_VALID),),
}
