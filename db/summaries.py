"""Gathering what a launch summary is written from; quotes only where quoting was allowed."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, select

from casework import cohort, report
from casework.attempts import Version
from casework.gates import GateReview
from casework.options import LaunchOption
from casework.report import Funnel, Material, Summary, compose
from casework.roles import Act, Actor, may
from casework.schedule import plan
from casework.studies import Study
from db import (
    activities,
    behind_tone,
    cohorts,
    criteria,
    decisions,
    following,
    groups,
    issues,
    options,
    reviews,
    verdicts,
    voices,
)
from db.feedback import FeedbackRow
from db.studies import StudyRow
from db.verdicts import Counted


def summary(
    session: Session, actor: Actor, study: StudyRow, build: str | None = None, *, now: datetime
) -> Summary:
    """The launch summary of a build, by default the newest attempt's. Raises: NotAllowed."""
    return compose(material(session, actor, study, build, now=now))


def material(
    session: Session, actor: Actor, study: StudyRow, build: str | None = None, *, now: datetime
) -> Material:
    """Everything the summary tells. Raises: NotAllowed, NotFound."""
    counted = verdicts.evidence(session, actor, study, build, now=now)
    return completed(
        session, actor, study, counted, material_of(session, actor, study, counted, now=now)
    )


def material_of(
    session: Session, actor: Actor, study: StudyRow, counted: Counted, *, now: datetime
) -> Material:
    """What a page tells about what was counted: all but what has to read every text.

    Raises: NotAllowed.
    """
    quoted, quotable = voices.verbatims(session, counted)
    tone = behind_tone.behind(session, actor, study, counted)
    found = Material(
        study=_plain(study),
        verdict=verdicts.judge(study, counted),
        criteria=counted.criteria,
        asked=counted.evidence.asked,
        answered=counted.evidence.received,
        loyal=int(counted.evidence.loyal[: counted.counted_ids.size].sum()),
        decide_by=plan(study, now.date()).decide_by,
        options=tuple(
            LaunchOption.model_validate(row.model_dump(include=set(LaunchOption.model_fields)))
            for row in options.of_study(session, study.id).values()
        ),
        verbatims=quoted,
        quotable=quotable,
        groups=groups.of_study(session, study),
        funnels=_funnels(session, study, now),
        attempts=criteria.attempts(session, study.id),
        versions=_versions(session, study),
        reviews=tuple(
            GateReview.model_validate(row.model_dump(include=set(GateReview.model_fields)))
            for row in reviews.of_study(session, study.id or 0)
        ),
        decisions=decisions.history(session, actor, study, counted.build),
        forecasts=decisions.brier(session, actor) if may(actor, Act.READ_VERDICT) else None,
        issues=issues.of_build(session, counted.build_id),
        scorer_error=tone.in_words,
        not_read=tone.not_read,
        splits=report.splits(counted.criteria, counted.evidence) if counted.criteria else (),
    )
    return found.model_copy(update={"as_of": _as_of(session, counted, found)})


def completed(
    session: Session, actor: Actor, study: StudyRow, counted: Counted, found: Material
) -> Material:
    """The same with what takes longer: themes, paths of the evidence, who the people are like.

    Raises: NotAllowed.
    """
    plan = counted.criteria
    ways = [report.course(plan, counted.evidence, one) for one in plan.criteria] if plan else []
    unlike = [
        cohort.sentence(cohorts.shares(session, activity))
        for activity in activities.of_study(session, study)
    ]
    return found.model_copy(
        update={
            "courses": tuple(way for way in ways if way is not None),
            "voices": voices.about(session, actor, study, counted.build),
            "funnels": tuple(
                funnel.model_copy(update={"likeness": told})
                for funnel, told in zip(found.funnels, unlike, strict=True)
            ),
        }
    )


def _plain(study: StudyRow) -> Study:
    return Study.model_validate(study.model_dump(include=set(Study.model_fields)))


def _versions(session: Session, study: StudyRow) -> tuple[Version, ...]:
    return tuple(
        Version(build=row.build, registration=criteria.registration_of(row))
        for row in criteria.versions(session, study.id)
    )


def _as_of(session: Session, counted: Counted, found: Material) -> datetime | None:
    """When anything the summary tells last changed; never the time of printing."""
    last = [int(one) for one in counted.counted_ids[-1:]]
    query = select(FeedbackRow.received_at)
    received = [session.exec(query.where(FeedbackRow.id == one)).one() for one in last]
    return max((*received, *_moments(found)), default=None)


def _moments(found: Material) -> Iterator[datetime]:
    yield from (attempt.registration.at for attempt in found.attempts)
    yield from (review.reviewed_at for review in found.reviews)
    yield from (option.entered_at for option in found.options)
    for decided in found.decisions:
        yield decided.record.decided_at
        yield from (one.at for one in decided.sign_offs)
        yield from (one.at for one in decided.results)


def _funnels(session: Session, study: StudyRow, now: datetime) -> tuple[Funnel, ...]:
    return tuple(
        Funnel(
            name=activity.name,
            kind=activity.kind,
            steps=following.funnel(session, activity, now=now),
        )
        for activity in activities.of_study(session, study)
    )
