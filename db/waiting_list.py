"""The waiting list: a public link, requests by whoever finds it, and their double confirmation."""

import secrets
from datetime import datetime

from sqlmodel import Field, Session, col, select

from casework import roles
from casework.errors import Closed, NotFound
from casework.record import Moment
from casework.roles import Act, Actor
from casework.waiting_list import WaitingList, WaitingRequest
from db import audit
from db.studies import StudyRow
from db.table import Table, change


class WaitingListRow(WaitingList, Table, table=True):
    """One public page: the workspace's where `study_id` is None, else a study's."""

    __tablename__ = "waiting_list"
    code: str = Field(unique=True, index=True)
    study_id: int | None = Field(default=None, foreign_key="study.id", unique=True)
    changed_at: Moment


class WaitingRequestRow(WaitingRequest, Table, table=True):
    """One request; `letter_id` is the letter by which it is confirmed."""

    __tablename__ = "waiting_request"
    email: str = Field(index=True)
    waiting_list_id: int = Field(foreign_key="waiting_list.id", index=True)
    letter_id: int | None = Field(default=None, foreign_key="outbox_message.id", index=True)
    customer_id: int | None = Field(default=None, foreign_key="customer.id", index=True)


class WaitingKnockRow(Table, table=True):
    """One request from one place; `subject` is a keyed digest of it, kept while it counts."""

    __tablename__ = "waiting_knock"
    subject: str = Field(index=True)
    at: Moment


def find(session: Session, study: StudyRow | None = None) -> WaitingListRow | None:
    """The list of the workspace, or of a study; None where there never was one."""
    wanted = None if study is None else study.id
    query = select(WaitingListRow).where(col(WaitingListRow.study_id).is_not_distinct_from(wanted))
    return session.exec(query).first()


def set_list(
    session: Session,
    actor: Actor,
    wanted: WaitingList,
    *,
    study: StudyRow | None = None,
    now: datetime,
) -> WaitingListRow:
    """Word a list and switch it on or off; its link stays the same."""
    roles.require(actor, Act.RECRUIT)
    row, study_id = find(session, study), None if study is None else study.id
    if row is None:
        update = {"code": secrets.token_urlsafe(9), "study_id": study_id, "changed_at": now}
        row = WaitingListRow.model_validate(wanted, update=update)
    else:
        change(row, **wanted.model_dump(), changed_at=now)
    session.add(row)
    session.flush()
    act = "open waiting list" if row.open else "close waiting list"
    subject = f"waiting list {row.id}"
    audit.record(session, actor, act, subject, now=now, study_id=study_id)
    return row


def by_code(session: Session, code: str) -> WaitingListRow:
    """The open list behind a public link. Raises: NotFound, Closed."""
    row = session.exec(select(WaitingListRow).where(WaitingListRow.code == code)).first()
    if row is None:
        raise NotFound("We do not know this link. Please copy it whole.")
    require_open(row)
    return row


def require_open(row: WaitingListRow) -> None:
    """Refuse a list that is switched off. Raises: Closed."""
    if not row.open:
        raise Closed("This list is closed at the moment. Thank you for thinking of us.")


def link_of(row: WaitingListRow, base_url: str) -> str:
    """The public address of a list."""
    return f"{base_url.rstrip('/')}/w/{row.code}"


def counts(session: Session, row: WaitingListRow) -> tuple[int, int, int]:
    """People who wait for their own confirmation, are on the list, and have left it."""
    query = select(WaitingRequestRow).where(WaitingRequestRow.waiting_list_id == row.id)
    standing: dict[str, int] = {}
    for one in session.exec(query.order_by(col(WaitingRequestRow.id))):
        standing[one.email] = max(_rank(one), standing.get(one.email, 0) if not one.left_at else 0)
    found = list(standing.values())
    return found.count(1), found.count(2), found.count(0)


def _rank(one: WaitingRequestRow) -> int:
    if one.left_at is not None:
        return 0
    return 2 if one.confirmed_at is not None else 1
