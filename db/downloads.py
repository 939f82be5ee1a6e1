"""Personal, expiring download links, and the two steps of the funnel they stand for."""

from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import ValidationError
from sqlmodel import Session, select

from casework.builds import DownloadGrant
from casework.errors import Closed, NotAllowed
from casework.funnel import LEFT, Step, may_follow
from casework.record import Record
from casework.roles import Act, Actor, require
from casework.visits import is_open
from db import participants
from db.builds import ArtifactRow, artifacts_for, get
from db.participants import (
    FunnelEventRow,
    ParticipantRow,
    activity_of,
    advance,
    consent_of,
    history,
    is_outdated,
)

LINK_HOURS = 24
FRESH = "Open your invitation link again for a fresh one."


class Redeemed(Record):
    """A download link that holds: what to send, and to whom."""

    participant_id: int
    artifact_id: int
    url: str | None
    file_name: str | None
    storage_key: str | None
    size_bytes: int | None


def sign_download(
    participant: ParticipantRow,
    artifact: ArtifactRow,
    *,
    now: datetime,
    secret: str,
    hours: int = LINK_HOURS,
) -> str:
    """The last part of one tester's address of one artifact, good for some hours."""
    grant = DownloadGrant.model_validate(
        {
            "participant_id": participant.id,
            "artifact_id": artifact.id,
            "expires_at": now + timedelta(hours=hours),
        }
    )
    return _signer(secret).dumps(grant.model_dump(mode="json"))


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="download")


def redeem(session: Session, actor: Actor, signed: str, *, now: datetime, secret: str) -> Redeemed:
    """Open a download link for the tester it was made for; they reach “link opened”.

    Raises:
        NotAllowed: when it is another tester's, or this one has not agreed to take part.
        Closed: when it is not ours, expired, or the beta, the build or the tester has moved on.
    """
    require(actor, Act.DOWNLOAD_BUILD)
    grant = _read(signed, secret)
    if grant.participant_id != actor.participant_id:
        raise NotAllowed("This download belongs to another tester. Use your own invitation link.")
    if now >= grant.expires_at:
        raise Closed(f"This download link has expired. {FRESH}")
    participant = participants.hold(session, grant.participant_id)
    _require_taking_part(session, participant, now)
    artifact = _still_offered(session, participant, grant.artifact_id)
    reach(session, participant, Step.LINK_OPENED, artifact, now=now)
    kept = artifact.model_dump(include=set(Redeemed.model_fields))
    return Redeemed(participant_id=grant.participant_id, artifact_id=grant.artifact_id, **kept)


def complete(session: Session, redeemed: Redeemed, *, now: datetime) -> None:
    """The last byte was sent or the link-out followed: the tester reaches “downloaded”."""
    participant = participants.hold(session, redeemed.participant_id)
    artifact = session.get(ArtifactRow, redeemed.artifact_id)
    if artifact is not None and participant.step not in LEFT:
        reach(session, participant, Step.DOWNLOADED, artifact, now=now)


def _read(signed: str, secret: str) -> DownloadGrant:
    try:
        return DownloadGrant.model_validate(_signer(secret).loads(signed))
    except (BadSignature, ValidationError):
        raise Closed(f"This download link is incomplete or no longer good. {FRESH}") from None


def _require_taking_part(session: Session, participant: ParticipantRow, now: datetime) -> None:
    if participant.step in LEFT:
        raise Closed("You are no longer in this test, so its downloads are closed for you.")
    if consent_of(session, participant.id or 0) is None or is_outdated(session, participant):
        raise NotAllowed("Say first that you want to take part: open your invitation link.")
    activity = activity_of(session, participant)
    if not is_open(activity, now):
        raise Closed("This test has ended; its builds can no longer be downloaded.")


def _still_offered(session: Session, participant: ParticipantRow, artifact_id: int) -> ArtifactRow:
    for row in artifacts_for(session, participant):
        if row.id == artifact_id:
            return row
    raise Closed(f"A newer build has replaced this one. {FRESH}")


def reach(
    session: Session,
    participant: ParticipantRow,
    step: Step,
    artifact: ArtifactRow,
    *,
    now: datetime,
) -> None:
    """Stamp a step once per build; a tester who is further on already stays there."""
    build = _detail(artifact.build_id)
    if step in _steps_with(session, participant, artifact.build_id):
        return
    if may_follow(activity_of(session, participant).kind, participant.step, step):
        advance(session, participant, step, now=now, detail=build)
    else:
        _stamp_only(session, participant, step, build, now)


def _stamp_only(
    session: Session, participant: ParticipantRow, step: Step, build: str, now: datetime
) -> None:
    """Add an event without moving the tester: they take a second build after an answer."""
    event = {"participant_id": participant.id, "step": step, "at": now, "detail": build}
    session.add(FunnelEventRow.model_validate(event))
    session.flush()


def has_got(session: Session, participant: ParticipantRow, build_id: int) -> bool:
    """Whether this tester has opened their link to a build."""
    return Step.LINK_OPENED in _steps_with(session, participant, build_id)


def _detail(build_id: int) -> str:
    return f"build {build_id}"


def _steps_with(session: Session, participant: ParticipantRow, build_id: int) -> set[Step]:
    noted = history(session, participant.id or 0)
    return {event.step for event in noted if event.detail == _detail(build_id)}


class Reach(Record):
    """How many different testers opened a build's link, and how many have it."""

    link_opened: int
    downloaded: int


def reach_of(session: Session, build_id: int) -> Reach:
    """Who has a build, over all betas that ever got it."""
    get(session, build_id)
    query = select(FunnelEventRow.participant_id, FunnelEventRow.step).where(
        FunnelEventRow.detail == _detail(build_id)
    )
    rows = set(session.exec(query))
    return Reach(
        link_opened=sum(step is Step.LINK_OPENED for _, step in rows),
        downloaded=sum(step is Step.DOWNLOADED for _, step in rows),
    )
