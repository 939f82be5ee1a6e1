"""Gathering what a launch summary is written from; quotes only where quoting was allowed."""

from datetime import datetime

from sqlmodel import Session, col, select

from casework.funnel import ActivityKind
from casework.gates import GateReview
from casework.meetings import Tag
from casework.options import LaunchOption
from casework.report import Funnel, Group, GroupIdea, Material, Summary, Verbatim, Veto, compose
from casework.roles import Act, Actor, may
from casework.schedule import plan
from casework.studies import Study
from db import activities, criteria, decisions, meetings, options, participants, reviews, verdicts
from db.activities import ActivityRow
from db.feedback import FeedbackRow
from db.participants import ConsentRow, ParticipantRow, is_taking_part
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
    return material_of(session, actor, study, counted, now=now)


def material_of(
    session: Session, actor: Actor, study: StudyRow, counted: Counted, *, now: datetime
) -> Material:
    """Everything the summary tells about what was counted. Raises: NotAllowed."""
    return Material(
        study=_plain(study),
        verdict=verdicts.judge(study, counted),
        criteria=counted.criteria,
        asked=counted.evidence.asked,
        answered=counted.evidence.received,
        decide_by=plan(study, now.date()).decide_by,
        options=tuple(
            LaunchOption.model_validate(row.model_dump(include=set(LaunchOption.model_fields)))
            for row in options.of_study(session, study.id).values()
        ),
        verbatims=_verbatims(session, counted),
        groups=_groups(session, study),
        funnels=_funnels(session, study),
        attempts=criteria.attempts(session, study.id),
        reviews=tuple(
            GateReview.model_validate(row.model_dump(include=set(GateReview.model_fields)))
            for row in reviews.of_study(session, study.id or 0)
        ),
        decisions=decisions.history(session, actor, study, counted.build),
        forecasts=decisions.brier(session, actor) if may(actor, Act.READ_VERDICT) else None,
    )


def _plain(study: StudyRow) -> Study:
    return Study.model_validate(study.model_dump(include=set(Study.model_fields)))


def _verbatims(session: Session, counted: Counted) -> tuple[Verbatim, ...]:
    """The counted answers with words, from testers who allowed quoting, in order of receipt."""
    query = (
        select(FeedbackRow, ParticipantRow.segment, ParticipantRow.loyal)
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .join(ConsentRow, col(ConsentRow.participant_id) == ParticipantRow.id)
        .where(col(FeedbackRow.id).in_([int(one) for one in counted.counted_ids]))
        .where(col(ConsentRow.may_quote), col(ConsentRow.withdrawn_at).is_(None))
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
        if row.text
    )


def _groups(session: Session, study: StudyRow) -> tuple[Group, ...]:
    ideas = meetings.ideas_of(session, study.id or 0)
    return tuple(
        _group(session, activity, ideas)
        for activity in activities.of_study(session, study)
        if activity.kind is ActivityKind.FOCUS_GROUP
    )


def _group(session: Session, activity: ActivityRow, ideas: list[meetings.IdeaRow]) -> Group:
    people = {row.id: row for row in participants.of_activity(session, activity.id or 0)}
    remarks = [
        remark
        for meeting in meetings.of_activity(session, activity)
        for remark in meetings.remarks_of(session, meeting.id or 0)
    ]
    quotable = _quotable(session, activity)
    own = [idea for idea in ideas if idea.participant_id in people]
    return Group(
        name=activity.name,
        people=len({remark.participant_id for remark in remarks}),
        remarks=len(remarks),
        vetoes=tuple(
            _veto(people[remark.participant_id], remark.text, quotable)
            for remark in remarks
            if remark.tag is Tag.VETO
        ),
        ideas=tuple(
            GroupIdea(title=idea.title, text=idea.text, status=idea.status)
            for idea in own
            if idea.participant_id in quotable
        ),
        ideas_withheld=sum(idea.participant_id not in quotable for idea in own),
    )


def _veto(who: ParticipantRow, text: str, quotable: frozenset[int]) -> Veto:
    shown = text if who.id in quotable else None
    return Veto(text=shown, segment=who.segment, loyal=who.loyal)


def _quotable(session: Session, activity: ActivityRow) -> frozenset[int]:
    """The participants of an activity whose words may be printed."""
    query = (
        select(ConsentRow.participant_id)
        .join(ParticipantRow, col(ParticipantRow.id) == ConsentRow.participant_id)
        .where(ParticipantRow.activity_id == activity.id, is_taking_part())
        .where(col(ConsentRow.may_quote), col(ConsentRow.withdrawn_at).is_(None))
    )
    return frozenset(session.exec(query))


def _funnels(session: Session, study: StudyRow) -> tuple[Funnel, ...]:
    return tuple(
        Funnel(
            name=activity.name,
            kind=activity.kind,
            steps=participants.funnel(session, activity.id or 0, activity.kind),
        )
        for activity in activities.of_study(session, study)
    )
