"""Where a study stands: the counts its next step depends on, and activities that end too late."""

from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from casework.attempts import Attempt
from casework.criteria import LaunchCriteria, read
from casework.errors import Invalid
from casework.funnel import ActivityKind, Step
from casework.standing import StudyFacts
from db import activities, builds, criteria, customers, decisions, loyalty_policies
from db.activities import ActivityRow
from db.builds import BuildRow
from db.feedback import FeedbackRow
from db.participants import FunnelEventRow, ParticipantRow
from db.replies import ReplyRow
from db.studies import StudyRow


class People(NamedTuple):
    """How many customers there are and how many of them are loyal, the same for every study."""

    customers: int
    loyal: int


def people(session: Session, *, now: datetime) -> People:
    """Everybody who could be asked, by the standard loyalty policy."""
    ranked = customers.loyalties(session, loyalty_policies.current(session, now=now))
    return People(customers=len(ranked), loyal=int(ranked.ranked.loyal.sum()))


def facts(
    session: Session, study: StudyRow, *, now: datetime, known: People | None = None
) -> StudyFacts:
    """What is done in a study so far, in counts; the answers are the current attempt's.

    `known` saves ranking everybody again where several studies are asked about.
    """
    asked = known or people(session, now=now)
    versions = criteria.versions(session, study.id)
    kinds = [row.kind for row in activities.of_study(session, study)]
    newest = next(iter(builds.of_study(session, study.id)), None)
    return StudyFacts(
        customers=asked.customers,
        loyal=asked.loyal,
        criteria_versions=len(versions),
        judged_builds=tuple(dict.fromkeys(row.build for row in versions)),
        activities=len(kinds),
        betas=kinds.count(ActivityKind.BETA),
        chosen=_chosen(session, study),
        invited=_invited(session, study),
        newest_build=newest.version if newest else None,
        deliverable=newest is not None and bool(builds.artifacts_of(session, newest.id)),
        replies=_replies(session, study),
        **_so_far(session, study, now)._asdict(),
    )


class _SoFar(NamedTuple):
    """How far the current attempt has come."""

    answers: int = 0
    planned: int = 0
    closes_at: datetime | None = None
    closed: bool = False
    decided: bool = False


def _so_far(session: Session, study: StudyRow, now: datetime) -> _SoFar:
    attempt = criteria.attempt(session, study)
    if attempt is None:
        return _SoFar()
    answers = _valid_answers(session, study, attempt)
    decided = _decided(session, study, attempt)
    plan = planned_by(attempt)
    if plan is None:
        return _SoFar(answers=answers, decided=decided)
    closed = plan.closes_at <= now or answers >= plan.answers
    return _SoFar(answers, plan.answers, plan.closes_at, closed, decided)


def _replies(session: Session, study: StudyRow) -> int:
    query = select(func.count(col(ReplyRow.id))).where(ReplyRow.study_id == study.id)
    return session.exec(query).one()


def planned_by(attempt: Attempt | None) -> LaunchCriteria | None:
    """The criteria of an attempt; None without one, or where the stored text was changed."""
    try:
        return read(attempt.registration) if attempt else None
    except Invalid:
        return None


def ending_after(session: Session, study: StudyRow, last_day: date) -> list[ActivityRow]:
    """Activities of a study that still run after a day, such as the decision day."""
    found = activities.of_study(session, study)
    return [row for row in found if row.closes_at.date() > last_day]


def _chosen(session: Session, study: StudyRow) -> int:
    query = (
        select(func.count(col(ParticipantRow.id)))
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .where(ActivityRow.study_id == study.id)
    )
    return session.exec(query).one()


def _invited(session: Session, study: StudyRow) -> int:
    query = (
        select(func.count(col(FunnelEventRow.participant_id).distinct()))
        .join(ParticipantRow, col(ParticipantRow.id) == FunnelEventRow.participant_id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .where(ActivityRow.study_id == study.id, FunnelEventRow.step == Step.INVITED)
    )
    return session.exec(query).one()


def _valid_answers(session: Session, study: StudyRow, attempt: Attempt) -> int:
    """Participants whose first valid answer to the build came within the attempt."""
    first = func.min(FeedbackRow.received_at)
    query = (
        select(FeedbackRow.participant_id)
        .join(BuildRow, col(BuildRow.id) == FeedbackRow.build_id)
        .where(
            BuildRow.study_id == study.id, BuildRow.version == attempt.build, col(FeedbackRow.valid)
        )
        .group_by(col(FeedbackRow.participant_id))
        .having(first > attempt.since, first <= attempt.closes_at)
    )
    return session.exec(select(func.count()).select_from(query.subquery())).one()


def _decided(session: Session, study: StudyRow, attempt: Attempt) -> bool:
    """Whether a decision on this attempt's build is in force that came after its criteria."""
    taken = decisions.in_force(session, study.id, attempt.build)
    return taken is not None and taken.decided_at > attempt.since
