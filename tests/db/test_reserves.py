"""Facts about reserves in the database: who comes for whom, in order, by the draw's own list."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from casework.errors import Closed, NotAllowed
from casework.funnel import Step
from db import audit, draws, invitations, leaving, participants, recruiting, reserves, seats
from db.customers import CustomerRow
from db.participants import ParticipantRow
from db.table import change
from tests.betas import NOW, OWNER
from tests.draws import Drawn, a_drawn_group
from tests.recruits import as_guest, say_yes, seat, some_customers

LATER = NOW + timedelta(hours=5)


@pytest.fixture
def drawn(session: Session) -> Drawn:
    return a_drawn_group(session)


def listed_for(session: Session, drawn: Drawn, left: ParticipantRow) -> tuple[int, ...]:
    """The reserves of the same kind, in their order."""
    again = draws.replay(drawn.row, drawn.group)
    place = drawn.row.mixture.profile_of(left.customer_id)
    assert place is not None
    return again.reserves[place]


def decline(session: Session, one: ParticipantRow) -> None:
    participants.advance(session, one, Step.INVITED, now=NOW)
    leaving.decline(session, as_guest(one), one, now=LATER)


def holders(session: Session, drawn: Drawn) -> list[int]:
    return [
        one.customer_id
        for one in participants.of_activity(session, drawn.group.id or 0)
        if one.step is Step.DRAWN
    ]


def test_a_no_seats_the_first_reserve_of_the_same_kind(session: Session, drawn: Drawn) -> None:
    left = drawn.people[0]
    first, second, *_ = listed_for(session, drawn, left)
    decline(session, left)
    assert first in holders(session, drawn)
    assert second not in holders(session, drawn)
    assert recruiting.seats_left(session, drawn.group) == 0
    (told,) = reserves.successors(session, drawn.group)
    names = recruiting.names_of(session, [left.customer_id, first])
    assert (told.left, told.came) == (names[left.customer_id], names[first])
    assert (told.because, told.how) == ("Declined", "reserve 1 of the same kind")
    line = audit.of_study(session, drawn.group.study_id)[-1]
    assert (line.actor, line.act) == ("Casework", "fill seat")
    assert f"participant {left.id}" in line.subject


def test_reserves_who_may_not_be_asked_any_more_are_passed_over(
    session: Session, drawn: Drawn
) -> None:
    left = drawn.people[0]
    first, second, *_ = listed_for(session, drawn, left)
    change(session.get_one(CustomerRow, first), may_contact=False)
    session.flush()
    decline(session, left)
    assert second in holders(session, drawn)
    assert reserves.successors(session, drawn.group)[0].how == "reserve 2 of the same kind"


def test_a_reserve_who_leaves_too_is_followed_by_the_next(session: Session, drawn: Drawn) -> None:
    left = drawn.people[0]
    listed = listed_for(session, drawn, left)
    decline(session, left)
    came = participants.of_activity(session, drawn.group.id or 0)[-1]
    decline(session, came)
    assert came.customer_id == listed[0]
    assert listed[1] in holders(session, drawn)
    assert recruiting.seats_left(session, drawn.group) == 0


def test_quotas_hold_after_every_second_person_has_left(session: Session, drawn: Drawn) -> None:
    for one in drawn.people[::2]:
        decline(session, one)
    rows = [session.get_one(CustomerRow, one) for one in holders(session, drawn)]
    assert len(rows) == 8
    assert 3 <= sum(row.region == "LATAM" for row in rows) <= 4


def test_a_seat_nobody_may_take_stays_free_and_names_the_broken_minimum(session: Session) -> None:
    drawn = a_drawn_group(session, 9)
    latins = [
        one
        for one in drawn.people
        if session.get_one(CustomerRow, one.customer_id).region == "LATAM"
    ]
    waiting = [one for row in draws.replay(drawn.row, drawn.group).reserves for one in row]
    for one in waiting:
        change(session.get_one(CustomerRow, one), may_contact=False)
    session.flush()
    for latin in latins[:2]:
        decline(session, latin)
    said = reserves.vacancies(session, drawn.group)
    assert any("nobody is left for region LATAM (at least 3, now" in one for one in said)
    assert recruiting.seats_left(session, drawn.group) == 2
    # Nothing is tried again by itself; somebody who may be asked again comes on a second look.
    assert reserves.fill(session, drawn.group, now=LATER) == 0
    for one in waiting:
        change(session.get_one(CustomerRow, one), may_contact=True)
    session.flush()
    came = reserves.look_again(session, OWNER, drawn.group, now=LATER)
    assert came == len(waiting)
    assert recruiting.seats_left(session, drawn.group) == 2 - came


def test_only_an_owner_looks_again(session: Session, drawn: Drawn) -> None:
    with pytest.raises(NotAllowed):
        reserves.look_again(session, as_guest(drawn.people[0]), drawn.group, now=NOW)


def test_whoever_was_chosen_by_hand_has_no_reserve(session: Session, drawn: Drawn) -> None:
    decline(session, drawn.people[0])
    assert reserves.fill(session, drawn.group, now=LATER) == 0
    change(drawn.group, seats=10)
    session.flush()
    (by_hand,) = seat(session, drawn.group, *some_customers(session, 1))
    decline(session, by_hand)
    assert len(reserves.successors(session, drawn.group)) == 1


def test_an_invitation_expires_by_the_clock_and_a_reserve_takes_the_seat(
    session: Session, drawn: Drawn
) -> None:
    silent, willing = drawn.people[:2]
    participants.advance(session, silent, Step.INVITED, now=NOW)
    say_yes(session, willing, now=NOW)
    almost, over = NOW + timedelta(days=7, seconds=-1), NOW + timedelta(days=7)
    assert seats.keep(session, drawn.group, now=almost) == (0, 0)
    assert seats.activities_with_work(session, now=over) == [drawn.group.id]
    assert seats.keep(session, drawn.group, now=over) == (1, 1)
    assert (silent.step, willing.step) == (Step.EXPIRED, Step.ACCEPTED)
    assert reserves.successors(session, drawn.group)[0].because == "Expired"
    assert seats.keep(session, drawn.group, now=over) == (0, 0)


def test_without_a_term_an_invitation_waits_until_the_end(session: Session) -> None:
    drawn = a_drawn_group(session, reply_days=None)
    silent = drawn.people[0]
    participants.advance(session, silent, Step.INVITED, now=NOW)
    assert seats.activities_with_work(session, now=NOW + timedelta(days=9)) == []
    assert seats.keep(session, drawn.group, now=NOW + timedelta(days=9)) == (0, 0)
    end = drawn.group.closes_at
    assert seats.activities_with_work(session, now=end) == [drawn.group.id]
    # After the end nobody comes any more.
    assert seats.keep(session, drawn.group, now=end) == (1, 0)


def test_whoever_comes_late_finds_their_seat_taken(session: Session, drawn: Drawn) -> None:
    silent = drawn.people[0]
    participants.advance(session, silent, Step.INVITED, now=NOW)
    over = NOW + timedelta(days=7)
    seats.keep(session, drawn.group, now=over)
    with pytest.raises(Closed, match="seat went to somebody else"):
        invitations.issue(session, OWNER, silent, now=over, base_url="https://example.org")
