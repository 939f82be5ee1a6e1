"""A small Santa Run study, entered by hand through the same acts: what a student looks into."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from casework.builds import Build, Platform
from casework.criteria import LaunchCriteria, Profile, profile_criteria
from casework.feedback import Answer
from casework.funnel import ActivityKind
from casework.meetings import Idea, Meeting, Remark, Tag
from casework.roles import CASE_STUDY
from db import builds, criteria, feedback, meetings
from db.meetings import RemarkRow
from db.participants import ConsentRow, consent_of
from db.studies import StudyRow
from db.table import change
from tests.betas import OWNER, STORE, a_study, a_tester, an_activity

BUILD = "0.9.0"
HURT = "Why must the Grinch catch Santa? My kids cried and Christmas was ruined."
FINE = "Lovely snow and fast sledges. More levels, please!"
ANSWERS, OFFENDED = 30, 12
VETO = "Santa must not be caught. That is not a joke for a family."
IDEA = "Let the village hide Santa"


def a_santa_run(session: Session, now: datetime) -> StudyRow:
    """Build 0.9.0 with 30 answers, of which the first 12 say that something offended them.

    Every other tester may be quoted. The group of two voiced one veto and one idea.
    """
    study = a_study(session, CASE_STUDY)
    _focus_group(session, study, now)
    _register(session, study, now)
    beta = an_activity(session, study, now=now)
    build = builds.add_build(session, OWNER, study, Build(version=BUILD, added_at=now), now=now)
    builds.attach_link(session, OWNER, build, Platform.ANDROID, STORE, now=now)
    builds.release(session, OWNER, beta, build, now=now)
    for number in range(ANSWERS):
        tester, actor = a_tester(session, beta, f"Tester{number}", now=now)
        consent = consent_of(session, tester.id)
        assert consent is not None
        change(consent, may_quote=number % 2 == 0)
        at = now + timedelta(minutes=number + 1)
        feedback.receive(session, actor, tester.id or 0, an_answer(number), now=at)
    return study


def the_group_may_be_quoted(session: Session) -> None:
    """Everybody who spoke in the meeting allows their words to be printed."""
    spoke = [row.participant_id for row in session.exec(select(RemarkRow))]
    for consent in session.exec(select(ConsentRow)):
        if consent.participant_id in spoke:
            change(consent, may_quote=True)
    session.flush()


def an_answer(number: int) -> Answer:
    hurt = number < OFFENDED
    return Answer(
        csat=2 if hurt else 4,
        recommend=2 if hurt else 9,
        crashed=False,
        offended=hurt,
        change_first="" if hurt else FINE,
        offended_by=HURT if hurt else "",
    )


def _register(session: Session, study: StudyRow, now: datetime) -> None:
    plan = LaunchCriteria(
        study=study.slug,
        build=BUILD,
        profile=Profile.staged,
        answers=60,
        closes_at=now + timedelta(days=10),
        criteria=profile_criteria(Profile.staged, 60),
        loyalty_policy="rfm-1",
        scorer_version="1.0",
    )
    criteria.register(session, OWNER, study, plan, now=now)


def _focus_group(session: Session, study: StudyRow, now: datetime) -> None:
    group = an_activity(session, study, ActivityKind.FOCUS_GROUP, now=now)
    first, _ = a_tester(session, group, "Gina", now=now)
    second, _ = a_tester(session, group, "Gus", now=now)
    meeting = meetings.hold(
        session, OWNER, group, Meeting(title="First evening", held_at=now, place="A call"), now=now
    )
    veto = Remark(text=VETO, tag=Tag.VETO, made_at=now)
    meetings.note(session, OWNER, meeting, first, veto)
    meetings.note(
        session, OWNER, meeting, second, Remark(text="I like it.", tag=Tag.LIKE, made_at=now)
    )
    meetings.note_idea(session, OWNER, second, Idea(title=IDEA, made_at=now))
