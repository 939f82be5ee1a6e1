"""Which process does what only one of them should do; a dead one's turn ends by itself."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework.record import Moment
from db.table import Table, change


class LeaseRow(Table, table=True):
    """Who holds a name, and until when."""

    __tablename__ = "lease"
    name: str = Field(unique=True)
    token: str
    until: Moment


def hold(session: Session, name: str, token: str, *, now: datetime, length: timedelta) -> bool:
    """Take or keep the lease of a name for this holder; False while another has it."""
    row = session.exec(select(LeaseRow).where(LeaseRow.name == name).with_for_update()).first()
    if row is None:
        return _begin(session, name, token, now + length)
    if row.token != token and row.until > now:
        return False
    change(row, token=token, until=now + length)
    session.add(row)
    session.flush()
    return True


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
