"""The loyalty policy of this studio: whoever changes it adds a version; earlier ones stay."""

from datetime import datetime

from sqlmodel import Field, Session, col, select

from casework import roles
from casework.loyalty import LoyaltyPolicy
from casework.record import Moment
from casework.roles import Act, Actor
from db import audit
from db.table import Table


class LoyaltyPolicyRow(Table, table=True):
    """One version; it counts from when it was set until the next."""

    __tablename__ = "loyalty_policy"
    cut: float = Field(gt=0, lt=1)
    window_days: int | None = None
    weights: tuple[float, float, float]
    set_at: Moment
    set_by: str


def current(session: Session, *, now: datetime) -> LoyaltyPolicy:
    """Who counts as loyal now: the latest version, or the tool's own where nobody set one."""
    row = session.exec(select(LoyaltyPolicyRow).order_by(col(LoyaltyPolicyRow.id).desc())).first()
    if row is None:
        return LoyaltyPolicy(as_of=now)
    return LoyaltyPolicy(cut=row.cut, as_of=now, window_days=row.window_days, weights=row.weights)


def set_policy(
    session: Session, actor: Actor, policy: LoyaltyPolicy, *, now: datetime
) -> LoyaltyPolicyRow | None:
    """Let this policy count from now on; the same one again changes nothing."""
    roles.require(actor, Act.RECRUIT)
    before = current(session, now=now)
    parts = {"cut", "window_days", "weights"}
    if before.model_dump(include=parts) == policy.model_dump(include=parts):
        return None
    row = LoyaltyPolicyRow(
        cut=policy.cut,
        window_days=policy.window_days,
        weights=policy.weights,
        set_at=now,
        set_by=actor.name,
    )
    session.add(row)
    session.flush()
    subject = f"loyalty policy {row.id}"
    audit.record(session, actor, "set loyalty policy", subject, now=now, detail=policy.described)
    return row
