"""A running beta with one tester who agreed to take part: where most of these tests begin."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, TypeVar

from sqlmodel import Session

from casework.activities import Activity, Participant
from casework.builds import Build, Platform
from casework.consent import CURRENT, Consent
from casework.customers import Customer
from casework.funnel import ActivityKind, Step
from casework.roles import Actor, Role
from casework.studies import Study
from db import builds, participants
from db.activities import ActivityRow
from db.builds import ArtifactRow, BuildRow
from db.customers import CustomerRow
from db.participants import ConsentRow, ParticipantRow
from db.studies import StudyRow

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
CLOSES = NOW + timedelta(days=14)
OWNER = Actor(role=Role.OWNER, name="Nora", account_id=None)
Row = TypeVar("Row")
STORE = "https://play.google.com/apps/testing/com.example.run"


class Beta(NamedTuple):
    """A study's beta, its released build and one tester."""

    study: StudyRow
    activity: ActivityRow
    build: BuildRow
    artifact: ArtifactRow
    tester: ParticipantRow
    actor: Actor


def a_study(session: Session, slug: str = "santa-run") -> StudyRow:
    study = Study(
        slug=slug,
        title="Santa Run",
        product="Santa Run",
        owner_name="Nora",
        release_on=date(2026, 12, 1),
        created_at=NOW,
    )
    return _kept(session, StudyRow.model_validate(study))


def an_activity(
    session: Session, study: StudyRow, kind: ActivityKind = ActivityKind.BETA, now: datetime = NOW
) -> ActivityRow:
    activity = Activity(
        kind=kind,
        name=f"{kind.label} {study.slug}",
        purpose="We want to know what you would change before anybody else plays it.",
        seats=10,
        starts_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=14),
        incentive="500 gems",
    )
    return _kept(session, ActivityRow.model_validate(activity, update={"study_id": study.id}))


def a_tester(
    session: Session,
    activity: ActivityRow,
    name: str = "Ada",
    platform: str = "android",
    *,
    agreed: bool = True,
    now: datetime = NOW,
) -> tuple[ParticipantRow, Actor]:
    """Somebody invited who opened their link, and agreed unless told otherwise."""
    customer = _kept(
        session,
        CustomerRow.model_validate(
            Customer(ref=f"{activity.id}-{name}", name=name, email=f"{name.lower()}@example.com")
        ),
    )
    draft = Participant(
        loyalty=0.8,
        loyal=True,
        segment="fan",
        platform=platform,
        chosen_by="by hand",
        incentive_promised="500 gems",
    )
    ids = {"activity_id": activity.id, "customer_id": customer.id}
    row = _kept(session, ParticipantRow.model_validate(draft, update=ids))
    for step in (Step.INVITED, Step.OPENED, *((Step.ACCEPTED,) if agreed else ())):
        participants.advance(session, row, step, now=now)
    if agreed:
        consent = Consent(version=CURRENT.version, accepted_at=now, is_adult=True)
        _kept(session, ConsentRow.model_validate(consent, update={"participant_id": row.id}))
    return row, Actor(role=Role.CUSTOMER, name=name, participant_id=row.id)


def a_beta(session: Session, now: datetime = NOW) -> Beta:
    """A beta whose testers get 0.9.0 for Android by a link."""
    study = a_study(session)
    activity = an_activity(session, study, now=now)
    build = builds.add_build(session, OWNER, study, Build(version="0.9.0", added_at=now), now=now)
    artifact = builds.attach_link(session, OWNER, build, Platform.ANDROID, STORE, now=now)
    builds.release(session, OWNER, activity, build, now=now)
    tester, actor = a_tester(session, activity, now=now)
    return Beta(study, activity, build, artifact, tester, actor)


def _kept(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
