"""Personal links: only the hash of a token is kept, and a new one revokes the old."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework import roles
from casework.activities import Activity
from casework.errors import Closed, NotFound
from casework.funnel import ActivityKind, Step
from casework.invitations import (
    TOKEN_BYTES,
    Invitation,
    derive_token,
    expiry_of,
    hash_token,
    is_token,
    link_to,
    require_usable,
)
from casework.record import Record
from casework.roles import Act, Actor
from casework.visits import is_open
from db import participants, recruiting
from db.activities import ActivityRow
from db.customers import CustomerRow
from db.participants import ConsentRow, ParticipantRow
from db.settings import is_loopback
from db.table import Table, change

GONE = frozenset({Step.DECLINED, Step.SCREENED_OUT, Step.WITHDRAWN, Step.THANKED})


class InvitationRow(Invitation, Table, table=True):
    """A participant's personal link; one with a `nonce` can be made again with the key."""

    __tablename__ = "invitation"
    token_hash: str = Field(unique=True, index=True)
    participant_id: int = Field(foreign_key="participant.id", index=True)
    nonce: str | None = None


class IssuedLink(Record):
    """A link at the only moment it is known; afterwards nobody can read it again."""

    participant_id: int
    token: str
    link: str


def issue(
    session: Session,
    actor: Actor,
    participant: ParticipantRow,
    *,
    now: datetime,
    base_url: str,
    secret: str | None = None,
) -> IssuedLink:
    """Make a personal link; an older one of the same participant stops working.

    With the installation's `secret` a letter can be given the same link when it leaves later.

    Raises:
        Closed: after the activity's end, or for somebody who is through or wants no letters.
    """
    roles.require(actor, Act.INVITE)
    activity = participants.activity_of(session, participant)
    _require_invitable(participant, activity, now)
    _require_seat(session, participant, activity)
    _require_wanted(session, participant)
    if participant.step is not Step.DRAWN:
        _revoke(session, participant, now)
    nonce = None if secret is None else secrets.token_urlsafe(TOKEN_BYTES)
    token = derive_token(secret or "", nonce) if nonce else secrets.token_urlsafe(TOKEN_BYTES)
    draft = Invitation(token_hash=hash_token(token), issued_at=now, expires_at=expiry_of(activity))
    kept = {"participant_id": participant.id, "nonce": nonce}
    session.add(InvitationRow.model_validate(draft, update=kept))
    if participant.step in (Step.DRAWN, Step.EXPIRED):
        participants.advance(session, participant, Step.INVITED, now=now)
    participants.note(session, actor, "issue link", participant, now)
    return IssuedLink(
        participant_id=participant.id or 0, token=token, link=link_to(base_url, token)
    )


def _require_invitable(participant: ParticipantRow, activity: Activity, now: datetime) -> None:
    if not is_open(activity, now):
        raise Closed(f"“{activity.name}” has ended; nobody can be invited to it any more.")
    if participant.step in GONE:
        raise Closed(
            f"This participant is “{participant.step.label.lower()}” and is not invited again."
        )


def _require_seat(session: Session, participant: ParticipantRow, activity: ActivityRow) -> None:
    """Whoever let their invitation expire comes back only to a seat that nobody has taken."""
    if participant.step is not Step.EXPIRED or activity.kind is not ActivityKind.FOCUS_GROUP:
        return
    if not recruiting.seats_left(session, activity):
        raise Closed("Their seat went to somebody else when the invitation expired.")


def _require_wanted(session: Session, participant: ParticipantRow) -> None:
    customer = session.get(CustomerRow, participant.customer_id)
    if customer is not None and customer.opted_out_at is not None:
        raise Closed("This person has asked to be left alone and is not invited again.")


def link_in_force(
    session: Session, participant_id: int, *, secret: str, base_url: str, now: datetime
) -> str | None:
    """A participant's personal link made again; None without one in force, or from another key."""
    query = (
        select(InvitationRow)
        .where(
            InvitationRow.participant_id == participant_id,
            col(InvitationRow.revoked_at).is_(None),
            col(InvitationRow.nonce).is_not(None),
            InvitationRow.expires_at > now,
        )
        .order_by(col(InvitationRow.id).desc())
    )
    row = session.exec(query).first()
    token = derive_token(secret, row.nonce or "") if row else ""
    if row is None or hash_token(token) != row.token_hash:
        return None
    return link_to(base_url, token)


def _revoke(session: Session, participant: ParticipantRow, now: datetime) -> None:
    live = select(InvitationRow).where(
        InvitationRow.participant_id == participant.id, col(InvitationRow.revoked_at).is_(None)
    )
    for row in session.exec(live):
        change(row, revoked_at=now)
        session.add(row)
    session.flush()


def open_invitation(session: Session, token: str, *, now: datetime) -> ParticipantRow:
    """Whose link this is; the first opening is noted.

    Raises:
        NotFound: for a token nobody issued.
        Closed: for a replaced or expired link, and after closing for whoever never took part.
    """
    row = _of_token(session, token)
    if row is None:
        raise NotFound("We do not know this link. Please copy it whole from your letter.")
    participant = participants.get(session, row.participant_id)
    activity = participants.activity_of(session, participant)
    took_part = _ever_accepted(session, participant)
    require_usable(row, activity, took_part=took_part, now=now)
    if participant.step is Step.INVITED:
        participants.advance(session, participant, Step.OPENED, now=now)
    return participant


def _of_token(session: Session, token: str) -> InvitationRow | None:
    if not is_token(token):
        return None
    query = select(InvitationRow).where(InvitationRow.token_hash == hash_token(token))
    return session.exec(query).first()


def _ever_accepted(session: Session, participant: ParticipantRow) -> bool:
    query = select(ConsentRow.id).where(ConsentRow.participant_id == participant.id)
    return session.exec(query).first() is not None


class Letters(Record):
    """How many people of an activity have a letter with a link, and how many of these left."""

    written: int
    left: int


def letters_of(session: Session, activity: ActivityRow) -> Letters:
    """The latest letters with links: a link is made when its letter is written, not when sent."""
    query = (
        select(
            sa.func.count(sa.distinct(col(InvitationRow.participant_id))),
            sa.func.count(
                sa.distinct(
                    sa.case((col(InvitationRow.sent_at).is_not(None), InvitationRow.participant_id))
                )
            ),
        )
        .join(ParticipantRow, col(ParticipantRow.id) == InvitationRow.participant_id)
        .where(ParticipantRow.activity_id == activity.id)
    )
    written, left = session.exec(query).one()
    return Letters(written=written, left=left)


def block_reason(base_url: str) -> str | None:
    """Why no letter may leave with links to this address; None when they may."""
    if not is_loopback(urlsplit(base_url).hostname or ""):
        return None
    return (
        f"Links would lead to {base_url}, which opens on this machine only. Set BASE_URL to an "
        "address that your customers can reach, then invite."
    )


def record_sent(
    session: Session, actor: Actor, participant_ids: Sequence[int], *, now: datetime
) -> None:
    """Stamp the links whose letters have left."""
    roles.require(actor, Act.INVITE)
    session.execute(
        sa.update(InvitationRow)
        .where(
            col(InvitationRow.participant_id).in_(participant_ids),
            col(InvitationRow.revoked_at).is_(None),
        )
        .values(sent_at=now)
    )
    session.flush()
