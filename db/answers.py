"""Reading what testers answered: filters, pages, and figures that the database counts.

Only the newest valid version of each tester's answer about a build is shown, unless asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from casework.roles import Act, Actor, require, require_reading
from db.activities import ActivityRow
from db.answer_search import AnswerSearch as AnswerSearch
from db.answer_search import Kind as Kind
from db.answer_search import conditions, joined
from db.builds import BuildRow
from db.feedback import FeedbackRow
from db.participants import ConsentRow, ParticipantRow, is_taking_part
from db.studies import StudyRow

PER_PAGE = 20
VERBATIMS = 3


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
    which = conditions(study, search)
    found = session.scalar(joined(sa.func.count(col(FeedbackRow.id))).where(*which)) or 0
    pages = max(1, -(-found // PER_PAGE))
    page = min(max(page, 1), pages)
    query = (
        joined(*_SHOWN)
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
    which = conditions(study, AnswerSearch(build_id=build_id))
    polarity = col(FeedbackRow.polarity)
    tone = joined(*_SHOWN).where(*which, polarity.is_not(None)).limit(VERBATIMS)
    worst = session.execute(tone.where(polarity < 0).order_by(polarity, col(FeedbackRow.id)))
    best = session.execute(tone.where(polarity > 0).order_by(polarity.desc(), col(FeedbackRow.id)))
    return tuple(AnswerRead(*row) for row in worst), tuple(AnswerRead(*row) for row in best)


def by_ids(
    session: Session, actor: Actor, study: StudyRow, ids: Sequence[int]
) -> dict[int, AnswerRead]:
    """The answers of a study with these numbers, by number. Raises: NotAllowed."""
    require(actor, Act.READ_FEEDBACK)
    query = joined(*_SHOWN).where(
        col(ActivityRow.study_id) == study.id,
        is_taking_part(),
        col(ConsentRow.withdrawn_at).is_(None),
        col(FeedbackRow.id).in_(ids),
    )
    return {row[0].id: AnswerRead(*row) for row in session.execute(query)}


def tone_by_build(session: Session, actor: Actor, study: StudyRow) -> list[BuildTone]:
    """Each build's answers in figures, in the order of the builds."""
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    query = (
        joined(
            col(BuildRow.version),
            sa.func.count(col(FeedbackRow.id)),
            sa.func.count(col(FeedbackRow.polarity)),
            sa.func.avg(FeedbackRow.polarity),
            _how_many(col(FeedbackRow.offended)),
            sa.func.count(col(FeedbackRow.offended)),
            _how_many(col(FeedbackRow.crashed)),
            sa.func.count(col(FeedbackRow.crashed)),
        )
        .where(*conditions(study, AnswerSearch()))
        .group_by(col(BuildRow.id), col(BuildRow.version))
        .order_by(col(BuildRow.id))
    )
    return [BuildTone(*row) for row in session.execute(query)]


def tone_by_day(session: Session, actor: Actor, study: StudyRow) -> list[DayTone]:
    """The mean tone by build and day of receipt (UTC), oldest first."""
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    day = sa.func.date(FeedbackRow.received_at)
    query = (
        joined(
            col(BuildRow.version),
            day,
            sa.func.count(col(FeedbackRow.polarity)),
            sa.func.avg(FeedbackRow.polarity),
        )
        .where(*conditions(study, AnswerSearch()), col(FeedbackRow.polarity).is_not(None))
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


def _how_many(said_yes: sa.ColumnExpressionArgument[Any]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((said_yes, 1), else_=0)), 0)
