"""Joining the waiting list by a letter's link, and leaving it: what the public page asks for."""

import hmac
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from itsdangerous import BadSignature, URLSafeSerializer
from sqlmodel import Session, col, select

from casework import roles, waiting_list
from casework.customers import Customer
from casework.errors import NotEnough, NotFound
from casework.messages import PostState
from casework.panel import MOST_INTERESTS, CameBy
from casework.roles import Act, Actor, Role
from casework.waiting_list import LINK_LIFE, PLACE_WINDOW, WaitingRequest, require_fresh
from db import audit, opt_outs, outbox, panelists
from db import waiting_list as lists
from db.customers import CustomerRow
from db.outbox import OutboxRow
from db.table import change
from db.waiting_list import WaitingKnockRow, WaitingListRow, WaitingRequestRow

BY_LINK = Actor(role=Role.CUSTOMER, name="a customer, by the public page")
_CONFIRM, _LEAVE = "waiting-list-confirm", "waiting-list-leave"


def ask(
    session: Session,
    actor: Actor,
    code: str,
    wanted: WaitingRequest,
    *,
    place: str,
    secret: str,
    now: datetime,
) -> None:
    """Write to an address that it can be confirmed; whoever asks learns nothing about it.

    An address that has had its letters for today gets no other one, and the answer is the same.

    Raises:
        NotFound: for an unknown list. Closed: for one that is switched off.
        NotEnough: after too many requests from one network address.
    """
    roles.require(actor, Act.JOIN_PANEL)
    row = lists.by_code(session, code)
    _require_patience(session, place, secret, now)
    forget_unconfirmed(session, now=now)
    if _had_letters(session, wanted.email, now):
        return
    entry = WaitingRequestRow.model_validate(wanted, update={"waiting_list_id": row.id})
    session.add(entry)
    session.flush()
    letter = waiting_list.letter(wanted, row.title, study_id=row.study_id)
    key = f"waiting list {entry.id} {now.isoformat()}"
    change(entry, letter_id=outbox.enqueue(session, letter, key=key, now=now).id)
    session.add(entry)
    session.flush()


def _require_patience(session: Session, place: str, secret: str, now: datetime) -> None:
    """Count requests by a keyed digest of where they come from; the address is never kept."""
    known = waiting_list.place_of(place).encode()
    subject = hmac.new(secret.encode(), known, sha256).hexdigest()
    session.exec(sa.delete(WaitingKnockRow).where(col(WaitingKnockRow.at) <= now - PLACE_WINDOW))
    query = select(WaitingKnockRow.at).where(WaitingKnockRow.subject == subject)
    limit = waiting_list.REQUESTS_PER_PLACE
    if waiting_list.is_too_often(session.exec(query).all(), limit, PLACE_WINDOW, now):
        raise NotEnough("Too many requests came from your network. Please try again in an hour.")
    session.add(WaitingKnockRow(subject=subject, at=now))
    session.flush()


def _had_letters(session: Session, email: str, now: datetime) -> bool:
    query = select(WaitingRequestRow.asked_at).where(WaitingRequestRow.email == email)
    limit = waiting_list.LETTERS_PER_ADDRESS
    return waiting_list.is_too_often(session.exec(query).all(), limit, waiting_list.WINDOW, now)


def forget_unconfirmed(session: Session, *, now: datetime) -> int:
    """Delete what nobody confirmed in time, with its letter; returns how many requests."""
    query = select(WaitingRequestRow).where(
        col(WaitingRequestRow.confirmed_at).is_(None),
        col(WaitingRequestRow.asked_at) <= now - LINK_LIFE,
    )
    found = session.exec(query).all()
    _forget(session, found)
    return len(found)


def _forget(session: Session, rows: Sequence[WaitingRequestRow]) -> None:
    letters = [row.letter_id for row in rows]
    for row in rows:
        session.delete(row)
    session.flush()
    session.exec(
        sa.delete(OutboxRow).where(
            col(OutboxRow.id).in_(letters), col(OutboxRow.state) != PostState.SENDING
        )
    )


def links_of(session: Session, letter: OutboxRow, *, secret: str, base_url: str) -> dict[str, str]:
    """The links of a letter that confirms, by the marks they replace."""
    row = session.exec(
        select(WaitingRequestRow).where(WaitingRequestRow.letter_id == letter.id)
    ).first()
    if row is None:
        return {}
    base = f"{base_url.rstrip('/')}/w"
    return {
        waiting_list.CONFIRM: f"{base}/confirm/{_token(row, _CONFIRM, secret)}",
        waiting_list.LEAVE: f"{base}/leave/{_token(row, _LEAVE, secret)}",
    }


def leave_token(row: WaitingRequestRow, *, secret: str) -> str:
    """The signed last part of the address by which somebody leaves; it never expires."""
    return _token(row, _LEAVE, secret)


def _token(row: WaitingRequestRow, salt: str, secret: str) -> str:
    # The moment tells apart requests whose number a database gives twice.
    return URLSafeSerializer(secret, salt=salt).dumps([row.id, row.asked_at.timestamp()])


def _named(session: Session, token: str, salt: str, secret: str) -> WaitingRequestRow | None:
    """The request of a signed link, None when it was forgotten. Raises: NotFound."""
    try:
        number, moment = URLSafeSerializer(secret, salt=salt).loads(token)
    except BadSignature:
        raise NotFound("We do not know this link. Please copy it whole from your letter.") from None
    row = session.get(WaitingRequestRow, number)
    return row if row is not None and row.asked_at.timestamp() == moment else None


def to_confirm(session: Session, token: str, *, secret: str, now: datetime) -> WaitingRequestRow:
    """The request a link confirms, or confirmed before.

    Raises:
        NotFound: for a link we did not make, or whose request was forgotten.
        Closed: when it has expired, was used before leaving, or the list is switched off.
    """
    row = _named(session, token, _CONFIRM, secret)
    if row is None:
        raise NotFound("This link has expired. Ask for a new one on the page of the list.")
    require_fresh(row, now=now)
    if row.confirmed_at is None:
        lists.require_open(session.get_one(WaitingListRow, row.waiting_list_id))
    return row


def to_leave(session: Session, token: str, *, secret: str) -> WaitingRequestRow | None:
    """The request a link takes back; None when nothing is kept of it. Raises: NotFound."""
    return _named(session, token, _LEAVE, secret)


def confirm(session: Session, actor: Actor, row: WaitingRequestRow, *, now: datetime) -> None:
    """Take somebody into the panel; a second press changes nothing.

    It is their own word, so it lifts an earlier wish to be left alone.
    """
    roles.require(actor, Act.JOIN_PANEL)
    query = select(WaitingListRow).where(WaitingListRow.id == row.waiting_list_id)
    of = session.exec(query.with_for_update()).one()
    if row.confirmed_at is not None:
        return
    customer, knew = _customer_of(session, row)
    change(customer, may_contact=True, opted_out_at=None, bounced_email=None, bounced_at=None)
    change(row, confirmed_at=now, customer_id=customer.id, knew_contact=knew)
    session.add_all([customer, row])
    session.flush()
    kept = panelists.of_customer(session, customer.id or 0)
    told = {
        "interests": tuple(sorted({*kept.interests, *row.interests}))[:MOST_INTERESTS],
        "came_by": CameBy.WAITING_LIST,
        "consented_at": now,
        "consent_source": f"{of.title[:150]}, confirmed by letter",
    }
    panelists.put(session, customer.id or 0, told)
    subject = f"customer {customer.id}"
    audit.record(session, actor, "join waiting list", subject, now=now, study_id=of.study_id)


def _customer_of(session: Session, row: WaitingRequestRow) -> tuple[CustomerRow, bool]:
    """Whose address it is, a new customer where we know nobody; and whether we might write."""
    known = session.exec(
        select(CustomerRow)
        .where(sa.func.lower(CustomerRow.email) == row.email)
        .order_by(col(CustomerRow.id))
    ).first()
    if known is not None:
        earlier = _confirmed(session, row.email)
        return known, earlier[0].knew_contact if earlier else not known.left_alone
    draft = Customer(ref=f"waiting-list-{row.id}", name=row.name, email=row.email)
    made = CustomerRow.model_validate(draft)
    session.add(made)
    session.flush()
    return made, False


def _confirmed(session: Session, email: str) -> list[WaitingRequestRow]:
    query = select(WaitingRequestRow).where(
        WaitingRequestRow.email == email,
        col(WaitingRequestRow.confirmed_at).is_not(None),
        col(WaitingRequestRow.left_at).is_(None),
    )
    return list(session.exec(query.order_by(col(WaitingRequestRow.id))))


def leave(session: Session, actor: Actor, row: WaitingRequestRow | None, *, now: datetime) -> None:
    """Take somebody off every waiting list; what was not confirmed is deleted.

    Whom we might write to before goes on as a customer like any other; nobody else is written to.
    """
    roles.require(actor, Act.JOIN_PANEL)
    if row is None or row.left_at is not None:
        return
    if row.confirmed_at is None:
        _forget(session, [row])
        return
    here = _confirmed(session, row.email)
    for one in here:
        change(one, left_at=now)
        session.add(one)
    customer = session.get_one(CustomerRow, row.customer_id)
    gone = {"came_by": CameBy.HAND, "consented_at": None, "consent_source": "left the list"}
    panelists.put(session, customer.id or 0, gone)
    if not here[0].knew_contact:
        opt_outs.opt_out(session, opt_outs.BY_LINK, customer, now=now)
    audit.record(session, actor, "leave waiting list", f"customer {customer.id}", now=now)
