"""Facts about steps noted for many, and about thank-yous that are the same for everybody."""

import csv
import io

import pytest
from sqlmodel import Session

from casework.activities import IncentiveKind
from casework.errors import Invalid, NotAllowed
from casework.funnel import Step, count_steps
from casework.incentives import as_csv
from db import following, incentives, invitations, participants, recruiting
from db.activities import ActivityRow
from db.table import change
from tests.betas import NOW, OWNER, a_beta, a_study, a_tester
from tests.draws import a_drawn_group
from tests.recruits import (
    Group,
    a_group,
    an_activity_for,
    as_guest,
    say_yes,
    seat,
    some_customers,
)

VOUCHER = IncentiveKind.VOUCHER


@pytest.fixture
def group(session: Session) -> Group:
    return a_group(session, 3)


def test_a_step_is_noted_for_everybody_ticked_or_for_nobody(session: Session, group: Group) -> None:
    following.mark(session, OWNER, group.activity, group.people, Step.ATTENDED, now=NOW)
    assert {one.step for one in group.people} == {Step.ATTENDED}
    with pytest.raises(Invalid, match=r"Person 0: .* Nothing was noted\."):
        following.mark(session, OWNER, group.activity, group.people, Step.EXPIRED, now=NOW)


@pytest.mark.parametrize("step", [Step.ACCEPTED, Step.WITHDRAWN, Step.ANSWERED, Step.OPENED])
def test_the_customers_own_steps_are_nobody_elses(
    session: Session, group: Group, step: Step
) -> None:
    with pytest.raises(Invalid, match="Only the customer"):
        following.mark(session, OWNER, group.activity, group.people, step, now=NOW)


def test_a_customer_notes_nothing(session: Session, group: Group) -> None:
    guest = as_guest(group.people[0])
    with pytest.raises(NotAllowed):
        following.mark(session, guest, group.activity, group.people, Step.ATTENDED, now=NOW)


def test_freed_seats_are_filled_and_their_consent_ends(session: Session) -> None:
    drawn = a_drawn_group(session)
    gone = drawn.people[:2]
    came = following.mark(session, OWNER, drawn.group, gone, Step.DECLINED, now=NOW)
    assert came == 2
    assert recruiting.seats_left(session, drawn.group) == 0
    assert participants.consent_of(session, gone[0].id) is None


def test_everybodys_way_is_told_in_order(session: Session, group: Group) -> None:
    first = following.journeys(session, group.activity)[0]
    assert [event.step for event in first.events] == [Step.DRAWN, Step.INVITED, Step.ACCEPTED]
    assert len(following.journeys(session, group.activity)) == 3


def test_the_same_is_promised_to_everybody(session: Session, group: Group) -> None:
    incentives.promise(session, OWNER, group.activity, "a game", kind=VOUCHER, now=NOW)
    assert {one.incentive_promised for one in group.people} == {"a game"}
    assert (group.activity.incentive, group.activity.incentive_kind) == ("a game", VOUCHER)


def test_once_somebody_got_theirs_the_promise_stays(session: Session, group: Group) -> None:
    incentives.record_sent(session, OWNER, group.people[0], now=NOW)
    incentives.record_sent(session, OWNER, group.people[0], now=NOW.replace(day=9))
    assert group.people[0].incentive_sent_at == NOW
    with pytest.raises(Invalid, match="everybody gets the same"):
        incentives.promise(session, OWNER, group.activity, "two games", kind=VOUCHER, now=NOW)


def test_it_is_earned_by_coming_whatever_was_said_and_sent_once(
    session: Session, group: Group
) -> None:
    came, silent, left = group.people
    for one in (came, left):
        participants.advance(session, one, Step.ATTENDED, now=NOW)
    participants.withdraw(session, as_guest(left), left, now=NOW)
    assert incentives.record_all_sent(session, OWNER, group.activity, now=NOW) == 2
    assert incentives.record_all_sent(session, OWNER, group.activity, now=NOW) == 0
    assert silent.incentive_sent_at is None
    lines = list(csv.DictReader(io.StringIO(as_csv(incentives.owed(session, group.activity)))))
    assert [(line["promised"], line["earned"], bool(line["sent at"])) for line in lines] == [
        ("500 gems", "yes", True),
        ("500 gems", "no", False),
        ("500 gems", "yes", True),
    ]


def test_nothing_is_sent_that_was_not_promised(session: Session, group: Group) -> None:
    change(group.people[0], incentive_promised="")
    with pytest.raises(Invalid, match="Nothing was promised"):
        incentives.record_sent(session, OWNER, group.people[0], now=NOW)


def test_the_funnel_of_an_activity_counts_every_step_anybody_reached(session: Session) -> None:
    group = an_activity_for(session, a_study(session))
    first, second, _ = seat(session, group, *some_customers(session, 3))
    say_yes(session, first)
    invitations.issue(session, OWNER, second, now=NOW, base_url="https://example.org")
    participants.decline(session, as_guest(second), second, now=NOW)
    counts = following.funnel(session, group, now=NOW)
    assert [(c.reached, c.of) for c in counts] == [(3, 3), (2, 3), (1, 2), (1, 1), (0, 1), (0, 0)]
    assert [c.waiting for c in counts] == [0, 1, 0, 0, 1, 0]
    assert [c.lost for c in counts] == [0, 0, 1, 0, 0, 0]


def test_the_funnel_counted_by_the_database_is_the_one_counted_from_every_history(
    session: Session,
) -> None:
    beta = a_beta(session)
    a_tester(session, beta.activity, "Bo", agreed=False)
    a_tester(session, beta.activity, "Cy")
    talk = an_activity_for(session, beta.study)
    stayed_away, taken_back, came, waiting = seat(session, talk, *some_customers(session, 4))
    for person in (stayed_away, taken_back, came, waiting):
        say_yes(session, person)
    for person, steps in (
        (stayed_away, (Step.NO_SHOW, Step.THANKED)),
        (taken_back, (Step.ATTENDED, Step.NO_SHOW)),
        (came, (Step.NO_SHOW, Step.ATTENDED, Step.THANKED)),
    ):
        for step in steps:
            participants.advance(session, person, step, now=NOW)
    session.flush()
    for activity in (beta.activity, talk):
        for now in (NOW, activity.closes_at):
            ways = following.journeys(session, activity)
            histories = [[event.step for event in way.events] for way in ways]
            by_hand = count_steps(activity.kind, histories, is_open=now < activity.closes_at)
            assert following.funnel(session, activity, now=now) == by_hand
    empty = ActivityRow.model_validate(talk, update={"id": 999})
    assert following.funnel(session, empty, now=NOW) == count_steps(talk.kind, [])


def test_a_letter_written_is_told_apart_from_a_letter_that_left(session: Session) -> None:
    group = an_activity_for(session, a_study(session))
    people = seat(session, group, *some_customers(session, 3))
    for one in people[:2]:
        invitations.issue(session, OWNER, one, now=NOW, base_url="https://example.org")
    invitations.record_sent(session, OWNER, [people[0].id or 0], now=NOW)
    told = invitations.letters_of(session, group)
    assert (told.written, told.left) == (2, 1)
