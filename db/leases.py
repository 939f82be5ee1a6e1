"""Which process does what only one of them should do; a dead one's turn ends by itself."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Field, Session, col

from casework.record import Moment
from db.table import Table


class LeaseRow(Table, table=True):
    """Who holds a name, and until when."""

    __tablename__ = "lease"
    name: str = Field(unique=True)
    token: str
    until: Moment


def hold(session: Session, name: str, token: str, *, now: datetime, length: timedelta) -> bool:
    """Take or keep the lease of a name for this holder; False while another has it."""
    kept = sa.update(LeaseRow).where(
        col(LeaseRow.name) == name, sa.or_(col(LeaseRow.token) == token, col(LeaseRow.until) <= now)
    )
    taken = session.execute(kept.values(token=token, until=now + length))
    if isinstance(taken, sa.CursorResult) and taken.rowcount:
        return True
    return _begin(session, name, token, now + length)


def _begin(session: Session, name: str, token: str, until: datetime) -> bool:
    """The first lease of a name; of two processes at once the unique name lets one through."""
    with session.begin_nested() as attempt:
        try:
            session.execute(sa.insert(LeaseRow).values(name=name, token=token, until=until))
        except sa.exc.IntegrityError:
            attempt.rollback()
            return False
    return True


def release(session: Session, name: str, token: str) -> None:
    """Give up a lease, so that another process need not wait for its end."""
    session.execute(
        sa.delete(LeaseRow).where(col(LeaseRow.name) == name, col(LeaseRow.token) == token)
    )
