"""Facts about seating people: who is offered, what is kept of them, and never twice."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from casework.errors import Closed, Invalid, NotAllowed, NotEnough
from casework.funnel import ActivityKind, Step
from casework.recruiting import Candidate, Refusal
from db import audit, invitations, participants, recruiting
from db.table import change
from tests.betas import NOW, OWNER, a_study
from tests.recruits import (
    all_loyal,
    an_activity_for,
    as_guest,
    choose,
    known,
    picked,
    seat,
    some_customers,
)

URL = "https://example.org"


def refused(found: list[Candidate]) -> list[tuple[Refusal, ...]]:
    return [candidate.refusals for candidate in found]


def test_each_customer_is_listed_with_what_speaks_against_asking_them(session: Session) -> None:
    rows = some_customers(session, 6)
    study = a_study(session)
    other = an_activity_for(session, study, ActivityKind.BETA, "Beta")
    group = an_activity_for(session, study)
    change(rows[0], may_contact=False)
    session.add(rows[0])
    seat(session, other, rows[1])
    seat(session, group, rows[2])
    loyalties = all_loyal(rows)
    loyalties[rows[3].id or 0] = known(0.2, loyal=False)
    del loyalties[rows[4].id or 0]
    found = recruiting.candidates(session, group, loyalties, now=NOW)
    assert refused(found) == [
        (Refusal.LEFT_ALONE,),
        (Refusal.BUSY,),
        (Refusal.ALREADY_HERE,),
        (Refusal.NOT_LOYAL,),
        (Refusal.NOT_LOYAL,),
        (),
    ]
    assert (found[4].score, found[5].score) == (0.0, 0.9)


def test_an_invitation_keeps_a_customer_out_for_thirty_days_also_when_they_declined(
    session: Session,
) -> None:
    (row,) = some_customers(session, 1)
    study = a_study(session)
    (asked,) = seat(session, an_activity_for(session, study), row)
    invitations.issue(session, OWNER, asked, now=NOW, base_url=URL)
    participants.decline(session, as_guest(asked), asked, now=NOW)
    second = an_activity_for(session, study, name="Second", closes_at=NOW + timedelta(days=90))
    for days, reasons in ((29, (Refusal.CONTACTED,)), (30, ())):
        later = NOW + timedelta(days=days)
        found = recruiting.candidates(session, second, all_loyal([row]), now=later)
        assert refused(found) == [reasons]


def test_an_activity_that_is_over_keeps_nobody_busy(session: Session) -> None:
    (row,) = some_customers(session, 1)
    study = a_study(session)
    seat(session, an_activity_for(session, study), row)
    later = an_activity_for(session, study, name="Later", closes_at=NOW + timedelta(days=90))
    after = NOW + timedelta(days=10)
    assert refused(recruiting.candidates(session, later, all_loyal([row]), now=after)) == [()]


def test_the_chosen_are_kept_as_they_were_whatever_a_later_import_says(session: Session) -> None:
    rows = some_customers(session)
    group = an_activity_for(session, a_study(session))
    found = recruiting.candidates(session, group, all_loyal(rows), now=NOW)
    (chosen,) = recruiting.recruit(session, OWNER, group, choose(found, rows[3]), now=NOW)
    change(rows[3], segment="lapsed", platform="ios")
    session.add(rows[3])
    session.flush()
    (shown,) = recruiting.roster_of(session, group)
    assert (shown.segment, shown.platform, shown.loyalty, shown.loyal) == (
        "fan",
        "android",
        0.9,
        True,
    )
    assert (shown.name, shown.email) == ("Person 3", "person3@example.com")
    assert (shown.step, shown.since, shown.chosen_by) == (Step.DRAWN, NOW, "by hand")
    assert shown.incentive_promised == "500 gems"
    (event,) = participants.history(session, chosen.id or 0)
    assert (event.step, event.at, event.detail) == (Step.DRAWN, NOW, "by hand")


def test_nobody_is_seated_twice_by_a_second_click_or_a_double_in_the_list(
    session: Session,
) -> None:
    rows = some_customers(session)
    group = an_activity_for(session, a_study(session))
    twice = [picked(rows[0]), picked(rows[0]), picked(rows[1])]
    assert len(recruiting.recruit(session, OWNER, group, twice, now=NOW)) == 2
    assert recruiting.recruit(session, OWNER, group, twice, now=NOW) == []
    assert len(recruiting.roster_of(session, group)) == 2


def test_a_focus_group_takes_no_more_than_its_seats_and_a_refused_batch_seats_nobody(
    session: Session,
) -> None:
    rows = some_customers(session)
    group = an_activity_for(session, a_study(session), seats=5)
    with pytest.raises(NotEnough, match="6 people chosen for 5 free seats"):
        seat(session, group, *rows[:6])
    assert recruiting.roster_of(session, group) == []
    seat(session, group, *rows[:5])
    assert recruiting.seats_left(session, group) == 0


def test_a_seat_that_somebody_declined_goes_to_a_reserve(session: Session) -> None:
    rows = some_customers(session)
    group = an_activity_for(session, a_study(session), seats=5)
    first, *_ = seat(session, group, *rows[:5])
    participants.decline(session, as_guest(first), first, reason="no time", now=NOW)
    assert recruiting.seats_left(session, group) == 1
    seat(session, group, rows[5])
    with pytest.raises(NotEnough):
        seat(session, group, rows[6])


def test_a_beta_may_ask_more_people_than_it_needs(session: Session) -> None:
    beta = an_activity_for(session, a_study(session), ActivityKind.BETA, seats=2)
    assert len(seat(session, beta, *some_customers(session, 4))) == 4


def test_somebody_taken_meanwhile_by_another_activity_is_refused_with_the_reason(
    session: Session,
) -> None:
    rows = some_customers(session)
    study = a_study(session)
    group = an_activity_for(session, study)
    found = recruiting.candidates(session, group, all_loyal(rows), now=NOW)
    seat(session, an_activity_for(session, study, ActivityKind.BETA, "Beta"), rows[0])
    with pytest.raises(Invalid, match="in another activity that is still running"):
        recruiting.recruit(session, OWNER, group, choose(found, rows[0], rows[1]), now=NOW)


def test_somebody_who_is_not_loyal_or_does_not_exist_is_refused(session: Session) -> None:
    (row,) = some_customers(session, 1)
    group = an_activity_for(session, a_study(session))
    with pytest.raises(Invalid, match="not loyal by the policy"):
        recruiting.recruit(session, OWNER, group, [picked(row, loyal=False)], now=NOW)
    nobody = picked(row).candidate.model_copy(update={"customer_id": 999})
    ghost = picked(row).model_copy(update={"candidate": nobody})
    with pytest.raises(Invalid, match="no address"):
        recruiting.recruit(session, OWNER, group, [ghost], now=NOW)


def test_nobody_is_chosen_after_the_end_or_by_a_customer(session: Session) -> None:
    rows = some_customers(session)
    group = an_activity_for(session, a_study(session))
    (guest,) = seat(session, group, rows[0])
    with pytest.raises(Closed):
        recruiting.recruit(session, OWNER, group, [picked(rows[1])], now=group.closes_at)
    with pytest.raises(NotAllowed):
        recruiting.recruit(session, as_guest(guest), group, [picked(rows[1])], now=NOW)


def test_the_trail_names_how_people_were_chosen_and_no_person(session: Session) -> None:
    study = a_study(session)
    group = an_activity_for(session, study)
    seat(session, group, *some_customers(session, 3))
    line = audit.of_study(session, study.id or 0)[-1]
    assert (line.act, line.subject, line.detail) == (
        "recruit",
        f"activity {group.id}",
        "3 people: by hand",
    )
