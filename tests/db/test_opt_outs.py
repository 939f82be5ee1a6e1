"""Facts about being left alone: at once, everywhere, for good."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from casework.customers import Customer
from casework.errors import Closed, Invalid, NotAllowed, NotFound
from casework.funnel import Step
from casework.messages import PostState
from casework.recruiting import Refusal
from db import customers, invitations, letters, opt_outs, outbox, recruiting, sending
from db.audit import AuditRow
from db.customers import CustomerRow
from db.outbox import OutboxRow
from db.participants import ParticipantRow
from db.table import change
from tests.betas import NOW, OWNER, a_study
from tests.letters import BASE, SECRET, a_letter, a_post, queue, states
from tests.recruits import all_loyal, an_activity_for, picked, say_yes, seat, some_customers


@pytest.fixture
def ada(session: Session) -> CustomerRow:
    return some_customers(session, 1)[0]


def leave_alone(session: Session, customer: CustomerRow) -> None:
    opt_outs.opt_out(session, opt_outs.BY_LINK, customer, now=NOW)


def test_the_link_in_a_letter_names_its_reader_and_cannot_be_made_up(
    session: Session, ada: CustomerRow
) -> None:
    link = opt_outs.link_to(ada.id or 0, secret=SECRET, base_url=f"{BASE}/")
    assert link.startswith(f"{BASE}/o/")
    token = link.rpartition("/")[2]
    assert opt_outs.customer_of(session, token, secret=SECRET).id == ada.id
    for wrong in (f"{token}x", "x", "", token.replace(".", "")):
        with pytest.raises(NotFound, match="do not know this link"):
            opt_outs.customer_of(session, wrong, secret=SECRET)
    with pytest.raises(NotFound):
        opt_outs.customer_of(session, token, secret="another secret")
    other = opt_outs.link_to(999, secret=SECRET, base_url=BASE).rpartition("/")[2]
    with pytest.raises(NotFound):
        opt_outs.customer_of(session, other, secret=SECRET)


def test_whatever_waits_is_dropped_with_its_reason_and_later_letters_too(
    session: Session, ada: CustomerRow
) -> None:
    queue(session, ada)
    leave_alone(session, ada)
    queue(session, ada, key="later")
    assert states(session) == [PostState.DROPPED, PostState.DROPPED]
    reasons = set(session.exec(select(OutboxRow.reason)))
    assert reasons == {"They asked to be left alone."}
    assert sending.claim(session, a_post("h"), now=NOW) is None


def test_a_letter_queued_at_the_same_moment_is_stopped_when_it_would_leave(
    session: Session, ada: CustomerRow
) -> None:
    queue(session, ada)
    change(ada, opted_out_at=NOW)
    session.add(ada)
    assert sending.claim(session, a_post("h"), now=NOW) is None
    assert states(session) == [PostState.DROPPED]


def test_a_seat_not_taken_is_free_and_a_part_taken_goes_on(session: Session) -> None:
    study = a_study(session)
    rows = some_customers(session, 3)
    drawn, asked, took = seat(session, an_activity_for(session, study), *rows)
    letters.invite(session, OWNER, [asked], a_post(), now=NOW)
    say_yes(session, took)
    for row in rows:
        leave_alone(session, row)
    steps = [session.get_one(ParticipantRow, one.id).step for one in (drawn, asked, took)]
    assert steps == [Step.DECLINED, Step.DECLINED, Step.ACCEPTED]


def test_nobody_draws_seats_or_invites_them(session: Session, ada: CustomerRow) -> None:
    study = a_study(session)
    (person,) = seat(session, an_activity_for(session, study), ada)
    leave_alone(session, ada)
    with pytest.raises(Closed):
        invitations.issue(session, OWNER, person, now=NOW, base_url=BASE)
    group = an_activity_for(session, study, name="Second")
    (found,) = recruiting.candidates(session, group, all_loyal([ada]), now=NOW)
    assert Refusal.LEFT_ALONE in found.refusals
    with pytest.raises(Invalid, match="asked to be left alone"):
        recruiting.recruit(session, OWNER, group, [picked(ada)], now=NOW)


def test_no_import_takes_it_back(session: Session, ada: CustomerRow) -> None:
    leave_alone(session, ada)
    again = Customer(ref=ada.ref, name=ada.name, email="new@example.com", may_contact=True)
    customers.import_customers(session, OWNER, [again], now=NOW)
    session.expire_all()
    kept = session.get_one(CustomerRow, ada.id)
    assert kept.may_contact
    assert (kept.left_alone, kept.reachable) == (True, False)
    queue(session, kept, key="after the import")
    assert states(session) == [PostState.DROPPED]


def test_a_second_click_changes_nothing_and_only_the_first_is_on_record(
    session: Session, ada: CustomerRow
) -> None:
    for hours in (0, 5):
        opt_outs.opt_out(session, opt_outs.BY_LINK, ada, now=NOW + timedelta(hours=hours))
    assert ada.opted_out_at == NOW
    subjects = session.exec(select(AuditRow.subject).where(col(AuditRow.act) == "opt out")).all()
    assert subjects == [f"customer {ada.id}"]


def test_an_owner_does_not_do_it_in_a_customers_place(session: Session, ada: CustomerRow) -> None:
    with pytest.raises(NotAllowed):
        opt_outs.opt_out(session, OWNER, ada, now=NOW)


def test_what_was_sent_stays_as_it_was(session: Session, ada: CustomerRow) -> None:
    row = outbox.enqueue(session, a_letter(ada), key="k", now=NOW)
    change(row, state=PostState.SENT, sent_at=NOW)
    session.add(row)
    leave_alone(session, ada)
    assert states(session) == [PostState.SENT]
