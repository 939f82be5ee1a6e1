"""Draws of seats: each is logged with all a replay needs, real ones seat people, dry runs never."""

import secrets
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework import lottery, roles
from casework.errors import Invalid, NotFound
from casework.lottery import AuditFile, Draw, Mixture, chosen_by, seed_of
from casework.loyalty import LoyaltyPolicy
from casework.quotas import Quota
from casework.record import Moment
from casework.recruiting import Candidate, Choice
from casework.roles import Act, Actor
from db import audit, recruiting
from db.activities import ActivityRow
from db.customers import CustomerRow
from db.table import Table

LONGEST_NONCE = 200


class AnnouncementRow(Table, table=True):
    """A number made known before a draw, so that nobody can choose the draw's seed."""

    __tablename__ = "draw_announcement"
    activity_id: int = Field(foreign_key="activity.id", index=True)
    nonce: str = Field(min_length=1, max_length=LONGEST_NONCE)
    announced_at: Moment


class DrawRow(Table, table=True):
    """One draw; `nonce` is empty for a dry run, whose seed somebody typed."""

    __tablename__ = "draw"
    activity_id: int = Field(foreign_key="activity.id", index=True)
    announcement_id: int | None = Field(
        default=None, foreign_key="draw_announcement.id", unique=True
    )
    dry_run: bool
    roster_digest: str
    quotas: tuple[Quota, ...]
    mixture: Mixture
    seed: str
    nonce: str = ""
    chances: tuple[float, ...]
    seats: tuple[int, ...]
    loyalty_policy: LoyaltyPolicy
    among: str = ""
    at: Moment


def announce(
    session: Session, actor: Actor, activity: ActivityRow, *, now: datetime, nonce: str = ""
) -> AnnouncementRow:
    """Make a number known for the next draw; one that waits already stays as it is.

    By default nobody chooses it. Raises: Invalid for one that is too long.
    """
    roles.require(actor, Act.RECRUIT)
    if waiting := announced(session, activity):
        return waiting
    said = " ".join(nonce.split()) or secrets.token_hex(8)
    if len(said) > LONGEST_NONCE:
        raise Invalid(f"Announce a number or a phrase of up to {LONGEST_NONCE} characters.")
    row = AnnouncementRow(activity_id=activity.id or 0, nonce=said, announced_at=now)
    session.add(row)
    _note(session, actor, "announce draw", activity, now, detail=said)
    return row


def announced(session: Session, activity: ActivityRow) -> AnnouncementRow | None:
    """What was announced for this activity and not drawn with yet."""
    used = select(DrawRow.announcement_id).where(col(DrawRow.announcement_id).is_not(None))
    query = (
        select(AnnouncementRow)
        .where(AnnouncementRow.activity_id == activity.id)
        .where(col(AnnouncementRow.id).not_in(used))
        .order_by(col(AnnouncementRow.id).desc())
    )
    return session.exec(query).first()


def try_out(
    session: Session,
    actor: Actor,
    activity: ActivityRow,
    mixture: Mixture,
    seed: int,
    *,
    policy: LoyaltyPolicy,
    now: datetime,
    among: str = "",
) -> DrawRow:
    """Draw by a typed seed, seating nobody: it is logged as a dry run."""
    roles.require(actor, Act.RECRUIT)
    row = _drawn(activity, mixture, str(seed), policy=policy, now=now, among=among)
    session.add(row)
    _note(session, actor, "draw, dry run", activity, now, detail=f"seed {seed}")
    return row


def draw_seats(
    session: Session,
    actor: Actor,
    activity: ActivityRow,
    mixture: Mixture,
    pool: Sequence[Candidate],
    *,
    policy: LoyaltyPolicy,
    now: datetime,
    among: str = "",
) -> DrawRow:
    """Draw with the announced number and seat whom it draws; `mixture` was solved from `pool`.

    Raises:
        Invalid: when nothing is announced, or somebody drawn may not be asked any more.
        Closed: after the activity's end. NotEnough: for more people than there are seats left.
    """
    roles.require(actor, Act.RECRUIT)
    # Two tabs drawing at once queue at the activity; the second finds the number used.
    session.exec(select(ActivityRow).where(ActivityRow.id == activity.id).with_for_update()).one()
    waiting = announced(session, activity)
    if waiting is None:
        raise Invalid("Announce the draw first: its number must be known before anybody is drawn.")
    seed = seed_of(mixture, waiting.nonce)
    row = _drawn(activity, mixture, seed, policy=policy, now=now, among=among)
    row.dry_run, row.nonce, row.announcement_id = False, waiting.nonce, waiting.id
    by_id = {one.customer_id: one for one in pool}
    how = chosen_by(seed, mixture.quotas) + (f", among {among}" if among else "")
    choices = [Choice(candidate=by_id[one], chosen_by=how[:200]) for one in row.seats]
    recruiting.recruit(session, actor, activity, choices, now=now)
    session.add(row)
    session.flush()
    _note(session, actor, "draw", activity, now, detail=f"draw {row.id}, seed {seed}")
    return row


def _drawn(
    activity: ActivityRow,
    mixture: Mixture,
    seed: str,
    *,
    policy: LoyaltyPolicy,
    now: datetime,
    among: str,
) -> DrawRow:
    return DrawRow(
        activity_id=activity.id or 0,
        dry_run=True,
        roster_digest=mixture.roster_digest,
        quotas=mixture.quotas,
        mixture=mixture,
        seed=seed,
        chances=mixture.chances,
        seats=lottery.draw(mixture, seed).seats,
        loyalty_policy=policy,
        among=among,
        at=now,
    )


def _note(
    session: Session, actor: Actor, act: str, activity: ActivityRow, now: datetime, *, detail: str
) -> None:
    session.flush()
    subject = f"activity {activity.id}"
    audit.record(session, actor, act, subject, now=now, study_id=activity.study_id, detail=detail)


def of_activity(session: Session, activity: ActivityRow, *, limit: int = 20) -> list[DrawRow]:
    """The latest draws for an activity, dry runs too, the last first."""
    query = (
        select(DrawRow)
        .where(DrawRow.activity_id == activity.id)
        .order_by(col(DrawRow.id).desc())
        .limit(limit)
    )
    return list(session.exec(query))


def find_people(session: Session, actor: Actor, text: str, *, limit: int = 20) -> dict[int, str]:
    """Names by customer id, of whoever's name, e-mail or id contains the text."""
    roles.require(actor, Act.RECRUIT)
    places = (CustomerRow.name, CustomerRow.email, CustomerRow.ref)
    query = (
        select(CustomerRow.id, CustomerRow.name)
        .where(sa.or_(*(col(place).icontains(text, autoescape=True) for place in places)))
        .order_by(CustomerRow.name, col(CustomerRow.id))
        .limit(limit)
    )
    return {customer_id: name for customer_id, name in session.exec(query) if customer_id}


def get(session: Session, actor: Actor, draw_id: int) -> DrawRow:
    """One draw. Raises: NotFound."""
    roles.require(actor, Act.RECRUIT)
    row = session.get(DrawRow, draw_id)
    if row is None:
        raise NotFound("There is no such draw. Choose one from the list.")
    return row


def published(row: DrawRow, activity: ActivityRow) -> AuditFile:
    """The draw as anybody may see it: customers by number, no names."""
    return AuditFile(
        activity=activity.name,
        drawn_at=row.at,
        dry_run=row.dry_run,
        nonce=row.nonce,
        seed=row.seed,
        roster_digest=row.roster_digest,
        mixture=row.mixture,
        chances=row.chances,
        seats=row.seats,
    )


def replay(row: DrawRow, activity: ActivityRow) -> Draw:
    """Draw again from what is stored. Raises: Invalid when it does not give the stored seats."""
    return lottery.replay(published(row, activity))
