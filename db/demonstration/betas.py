"""A beta: criteria first, then a draw, invitations, downloads and answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from casework.activities import Activity
from casework.builds import Build, Platform
from casework.funnel import ActivityKind, Step
from casework.roles import Actor
from casework.sentiment import SCORER_VERSION
from casework.world import Reactions, Version, World, answer_of, react, turn_out
from casework.world.santa_run import criteria_of, day
from db import (
    activities,
    builds,
    criteria,
    downloads,
    feedback,
    incentives,
    participants,
    recruiting,
)
from db.activities import ActivityRow
from db.builds import BuildRow
from db.customers import Standings
from db.demonstration import seats as seating
from db.demonstration.roster import policy
from db.participants import ParticipantRow
from db.studies import StudyRow

LINKS = {
    Platform.ANDROID: "https://play.google.com/apps/testing/example.boomergames.santarun",
    Platform.IOS: "https://testflight.apple.com/join/example",
}
INCENTIVE = "200 gems in Clash of Armies"


@dataclass(frozen=True)
class Beta:
    """One beta as planned; times in days from loading."""

    version: Version
    notes: str
    invited: int
    answers: int
    added: int
    starts: int
    closes: int
    ends: int


def run(
    session: Session,
    actor: Actor,
    study: StudyRow,
    beta: Beta,
    *,
    people: World,
    loyal: Standings,
    now: datetime,
) -> None:
    """Register, release, invite and receive, in the order of the days."""
    build = _add_build(session, actor, study, beta, now=now)
    _register(session, actor, study, beta, now=now)
    activity = _open(session, actor, study, beta, build, now=now)
    starts = day(now, beta.starts)
    seed = people.seed + beta.added
    drawn = seating.choose(session, activity, loyal, beta.invited, seed=abs(seed), now=starts)
    rows = recruiting.recruit(session, actor, activity, drawn[: beta.invited], now=starts)
    turnout = turn_out(people, f"beta {beta.version.name}", reminded=True)
    felt = react(people, beta.version)
    for person, row in seating.people_of(session, rows).items():
        accepted = seating.answer_invitation(session, actor, row, person, turnout, now=starts)
        if accepted and turnout.answers[person]:
            sent = accepted + timedelta(days=float(turnout.days_to_answer[person]))
            _test(session, row, people, felt, person, accepted=accepted, sent=sent)
    _thank(session, actor, activity, at=day(now, beta.closes + 1))


def _add_build(
    session: Session, actor: Actor, study: StudyRow, beta: Beta, *, now: datetime
) -> BuildRow:
    added = day(now, beta.added)
    draft = Build(version=beta.version.name, notes=beta.notes, added_at=added)
    build = builds.add_build(session, actor, study, draft, now=added)
    for platform, url in LINKS.items():
        builds.attach_link(session, actor, build, platform, url, now=added)
    return build


def _register(
    session: Session,
    actor: Actor,
    study: StudyRow,
    beta: Beta,
    *,
    now: datetime,
) -> None:
    registered = criteria_of(
        beta.version.name,
        beta.answers,
        closes_at=day(now, beta.closes),
        loyalty=policy(now).described,
        scorer=SCORER_VERSION,
    )
    criteria.register(session, actor, study, registered, now=day(now, beta.added + 1))


def _open(
    session: Session,
    actor: Actor,
    study: StudyRow,
    beta: Beta,
    build: BuildRow,
    *,
    now: datetime,
) -> ActivityRow:
    starts = day(now, beta.starts)
    plan = Activity(
        kind=ActivityKind.BETA,
        name=f"Beta {beta.version.name}",
        purpose="Play for a week at home, then tell us what to change.",
        seats=beta.invited,
        starts_at=starts,
        closes_at=day(now, beta.ends),
        incentive=INCENTIVE,
    )
    activity = activities.open_activity(session, actor, study, plan, now=starts)
    builds.release(session, actor, activity, build, now=starts)
    return activity


def _test(
    session: Session,
    participant: ParticipantRow,
    people: World,
    felt: Reactions,
    person: int,
    *,
    accepted: datetime,
    sent: datetime,
) -> None:
    """Fetch the build, play, answer."""
    artifact = builds.artifacts_for(session, participant)[0]
    fetched = accepted + timedelta(minutes=1)
    for step in (Step.LINK_OPENED, Step.DOWNLOADED):
        downloads.reach(session, participant, step, artifact, now=fetched)
    answer = answer_of(people, felt, person, participant.platform)
    actor = seating.customer(participant)
    feedback.receive(session, actor, participant.id or 0, answer, now=sent)


def _thank(session: Session, actor: Actor, activity: ActivityRow, *, at: datetime) -> None:
    """Send what was promised to everybody whose answer is in."""
    for participant in participants.of_activity(session, activity.id or 0):
        if participant.step is Step.VALID:
            incentives.record_sent(session, actor, participant, now=at)
            participants.thank(session, actor, participant, now=at)
