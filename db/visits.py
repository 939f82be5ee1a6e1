"""What an invited customer's page shows: everything it needs, read at once."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from casework.builds import Platform
from casework.consent import ConsentText
from casework.errors import NotAllowed, NotFound
from casework.roles import Act, Actor, require
from casework.screener import Question
from casework.visits import Stage, Standing, is_open, stage_of
from db import builds, consent_texts, feedback, meetings, participants, screeners
from db.activities import ActivityRow
from db.builds import BuildRow
from db.downloads import has_got, sign_download
from db.drafts import DraftValue, draft_of, earlier_texts
from db.feedback import FeedbackRow
from db.meetings import IdeaRow, MeetingRow
from db.participants import ConsentRow, ParticipantRow
from db.replies import ReplyRow
from db.studies import StudyRow


class Offer(NamedTuple):
    """One way to get the build: a personal address, and a file's name and size where it is one."""

    platform: Platform
    address: str
    file_name: str | None
    size_bytes: int | None


class Visit(NamedTuple):
    """One participant's page.

    `texts` are the versions of what is agreed to, the last in force; `questions` come before
    joining. `sent` is newest first; `draft` is what is typed and not sent, `earlier_draft` what was
    typed about a build that has been replaced since; `has_build` tells that they opened their link
    to the build that is out now.
    """

    stage: Stage
    study: StudyRow
    activity: ActivityRow
    participant: ParticipantRow
    consent: ConsentRow | None
    texts: tuple[ConsentText, ...]
    questions: tuple[Question, ...]
    build: BuildRow | None
    has_build: bool
    offers: tuple[Offer, ...]
    sent: tuple[FeedbackRow, ...]
    draft: dict[str, DraftValue]
    earlier_draft: dict[str, DraftValue]
    replies: tuple[ReplyRow, ...]
    meetings: tuple[MeetingRow, ...]
    ideas: tuple[IdeaRow, ...]


def visit(session: Session, actor: Actor, *, now: datetime, secret: str) -> Visit:
    """The page of the participant who is here.

    Raises:
        NotAllowed: for somebody who is no participant.
    """
    require(actor, Act.ANSWER)
    if actor.participant_id is None:
        raise NotAllowed("This page belongs to invited customers. Open your invitation link.")
    participant = participants.get(session, actor.participant_id)
    activity = participants.activity_of(session, participant)
    consent = participants.consent_of(session, participant.id)
    build = builds.get(session, activity.build_id) if activity.build_id else None
    everything = feedback.of_participant(session, actor.participant_id)
    about_build = tuple(row for row in everything if build and row.build_id == build.id)
    outdated = is_open(activity, now) and participants.is_outdated(session, participant)
    questions = screeners.to_ask(session, participant)
    standing = Standing(
        step=participant.step,
        consented=consent is not None and not outdated,
        to_screen=bool(questions) and consent is None,
        build_out=build is not None,
        answered=bool(about_build),
        ever_answered=bool(everything),
    )
    return Visit(
        stage=stage_of(activity, standing, now),
        study=_study(session, activity),
        activity=activity,
        participant=participant,
        consent=consent,
        texts=consent_texts.versions(session, activity.kind),
        questions=questions,
        build=build,
        has_build=build is not None and has_got(session, participant, build.id or 0),
        offers=_offers(session, participant, now, secret),
        sent=about_build or tuple(everything),
        draft=draft_of(session, actor.participant_id, build.id or 0) if build else {},
        earlier_draft=earlier_texts(session, actor.participant_id, build.id or 0) if build else {},
        replies=_replies(session, activity.study_id),
        meetings=tuple(meetings.of_activity(session, activity)),
        ideas=_ideas(session, participant),
    )


def _study(session: Session, activity: ActivityRow) -> StudyRow:
    row = session.get(StudyRow, activity.study_id)
    if row is None:
        raise NotFound("This study no longer exists.")
    return row


def _offers(
    session: Session, participant: ParticipantRow, now: datetime, secret: str
) -> tuple[Offer, ...]:
    """Ways to get the build; addresses stay the same within an hour, so that a click meets one."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return tuple(
        Offer(
            row.platform,
            "/download/" + sign_download(participant, row, now=hour, secret=secret),
            row.file_name,
            row.size_bytes,
        )
        for row in builds.artifacts_for(session, participant)
    )


def _replies(session: Session, study_id: int) -> tuple[ReplyRow, ...]:
    query = select(ReplyRow).where(ReplyRow.study_id == study_id).order_by(col(ReplyRow.id))
    return tuple(session.exec(query))


def _ideas(session: Session, participant: ParticipantRow) -> tuple[IdeaRow, ...]:
    query = select(IdeaRow).where(IdeaRow.participant_id == participant.id)
    return tuple(session.exec(query.order_by(col(IdeaRow.id))))
